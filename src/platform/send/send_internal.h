/* send_internal.h: between the files of this folder. */
#ifndef PLATFORM_SEND_SEND_INTERNAL_H
#define PLATFORM_SEND_SEND_INTERNAL_H

#include "platform/send/send.h"

/* The words with the link behind them, for channels that carry plain text. */
Str send_link(Arena *arena, const SendConfig *config, const SendMessage *message);
/* The JSON object of a webhook. */
Str send_json(Arena *arena, const SendConfig *config, const SendMessage *message);

#endif
