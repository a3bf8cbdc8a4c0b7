/* money.h: money is a whole number of fen (分, 1/100 yuan); nothing here rounds. */
#ifndef BASE_MONEY_H
#define BASE_MONEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

typedef struct Money {
    int64_t fen;
} Money;

/* The largest amount the program accepts: 10^15 fen, ten trillion yuan. */
#define MONEY_MAX_FEN INT64_C(1000000000000000)

/* Sum; false when it would leave ±MONEY_MAX_FEN. */
bool money_add(Money a, Money b, Money *out);
/* An amount in yuan as people type it: "12800", "12,800.50", "1.28万", "12800元", with full-width
 * digits already normalised. At most two decimals of a fen's precision; false otherwise. */
bool money_parse_yuan(Str s, Money *out);
/* "12,800" or "12,800.50" into at least 32 bytes; returns the length. */
size_t money_format_yuan(Money amount, char *out, size_t size);

#endif
