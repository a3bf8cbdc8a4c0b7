/* replies_letters.c: see the header. */
#include "features/replies/replies_letters.h"

#include "platform/print/print.h"
#include "publicity_text.h"
#include "replies_deliver_text.h"

static Str say(Arena *arena, const ReplyLetters *all, Text text)
{
    return text_str(arena, all->lang, text);
}

/* For whoever carries it. */
static void write_address(Print *print, const ReplyLetter *letter)
{
    print_paragraph(print, letter->place, PRINT_SANS | PRINT_BOLD);
    print_paragraph(print, letter->name, PRINT_SANS | PRINT_BOLD);
    print_space(print, 10);
}

static void write_foot(Arena *arena, Print *print, const ReplyLetters *all,
                       const ReplyLetter *letter)
{
    print_space(print, 8);
    print_qr(print, letter->link, 30, PRINT_PLACE_LEFT);
    print_paragraph(print, all->area_name, PRINT_RIGHT);
    print_paragraph(print, format_date(arena, all->lang, instant_date(all->made_at), (Instant){0}),
                    PRINT_RIGHT);
    print_text(print, t_notice_seal(), PRINT_RIGHT);
    print_text(print, t_reply_letter_receipt(letter->receipt), PRINT_SMALL | PRINT_SANS);
}

static void write_letter(Arena *arena, Print *print, const ReplyLetters *all,
                         const ReplyLetter *letter)
{
    print_letter(print);
    write_address(print, letter);
    print_heading(print, 1, say(arena, all, t_reply_letter_title(letter->title)));
    print_text(print,
               letter->name.len > 0 ? t_reply_letter_dear(letter->name)
                                    : t_reply_letter_dear_unnamed(),
               0);
    print_paragraph(print, letter->words, PRINT_INDENT);
    if (all->phone.len > 0) {
        print_text(print, t_reply_letter_call(all->phone), PRINT_INDENT);
    }
    write_foot(arena, print, all, letter);
}

Error *reply_letters_print(Arena *arena, const ReplyLetters *letters, Buf *out)
{
    PrintOptions options = {.lang = letters->lang,
                            .title = say(arena, letters, t_reply_letters_file()),
                            .made_at = letters->made_at,
                            .is_large = letters->is_large};
    Print *print = NULL;
    Error *err = print_begin(arena, &options, out, &print);
    if (err) {
        return err;
    }
    for (size_t i = 0; i < letters->count; i++) {
        write_letter(arena, print, letters, &letters->letters[i]);
    }
    if (letters->count == 0) {
        print_text(print, t_reply_letters_none(), 0);
    }
    return print_end(print, NULL);
}
