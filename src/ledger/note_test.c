/* Keys and signed heads: written, read, and refused when anything is changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ledger/ledger.h"

typedef struct Bench {
    Arena *arena;
    LedgerSigner signer;
    LedgerHead head;
} Bench;

static int set_up(void **state)
{
    static const uint8_t seed[LEDGER_SEED_BYTES] = {7};
    Arena *arena = arena_create(64u << 20);
    Bench *b = arena_new(arena, Bench);
    b->arena = arena;
    assert_null(ledger_signer(arena, STR("guizhu.example/2027"), seed, &b->signer));
    b->head = (LedgerHead){
        .origin = STR("桂竹社区 第三批"), .size = 1200, .root = ledger_leaf(STR("root"))};
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    arena_destroy(((Bench *)*state)->arena);
    return 0;
}

static Str note_of(Bench *b)
{
    Str note;
    assert_null(ledger_note_write(b->arena, &b->head, &b->signer, &note));
    return note;
}

static ErrorCode code_of_reading(Bench *b, Str note, const LedgerKey *key)
{
    LedgerHead head;
    Error *err = ledger_note_read(b->arena, note, key, &head);
    return err ? err->code : ERROR_NONE;
}

static void a_note_states_the_head_that_was_signed(void **state)
{
    Bench *b = *state;
    LedgerHead head;
    assert_null(ledger_note_read(b->arena, note_of(b), &b->signer.key, &head));
    assert_true(str_eq(head.origin, b->head.origin));
    assert_int_equal(head.size, 1200);
    assert_true(ledger_hash_eq(&head.root, &b->head.root));
    assert_true(str_eq(note_of(b), note_of(b)));
}

/* A key of the signed-note specification: the id is worked out from name and key. */
static void a_key_is_passed_on_as_one_line(void **state)
{
    Bench *b = *state;
    static const char *const example =
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    LedgerKey key;
    Str text;
    assert_null(ledger_key_read(b->arena, str_from(example), &key));
    assert_true(str_eq(key.name, STR("PeterNeumann")));
    assert_null(ledger_key_write(b->arena, &key, &text));
    assert_true(str_eq(text, str_from(example)));
    assert_null(ledger_key_write(b->arena, &b->signer.key, &text));
    assert_null(ledger_key_read(b->arena, text, &key));
    assert_memory_equal(key.public_key, b->signer.key.public_key, sizeof key.public_key);
}

static void what_is_no_key_is_refused(void **state)
{
    Bench *b = *state;
    static const char *const wrong[] = {
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWAA==",
        "PeterNeumann+zzzz20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"};
    for (size_t i = 0; i < countof(wrong); i++) {
        LedgerKey key;
        assert_non_null(ledger_key_read(b->arena, str_from(wrong[i]), &key));
    }
}

static void another_key_has_not_signed_it(void **state)
{
    Bench *b = *state;
    static const uint8_t seed[LEDGER_SEED_BYTES] = {8};
    LedgerSigner other;
    assert_null(ledger_signer(b->arena, b->signer.key.name, seed, &other));
    assert_int_equal(code_of_reading(b, note_of(b), &other.key), ERROR_FORBIDDEN);
}

/* Every byte of the text and of the signature counts. */
static void a_changed_byte_is_noticed(void **state)
{
    Bench *b = *state;
    Str note = note_of(b);
    for (size_t i = 0; i < note.len; i++) {
        for (int bit = 0; bit < 8; bit++) {
            char *copy = arena_array(b->arena, char, note.len);
            memcpy(copy, note.data, note.len);
            copy[i] = (char)(copy[i] ^ (1 << bit));
            assert_int_not_equal(code_of_reading(b, str_from_bytes(copy, note.len), &b->signer.key),
                                 ERROR_NONE);
        }
    }
}

static void a_cut_note_is_no_checkpoint(void **state)
{
    Bench *b = *state;
    Str note = note_of(b);
    for (size_t n = 0; n < note.len; n++) {
        assert_int_not_equal(code_of_reading(b, str_slice(note, 0, n), &b->signer.key), ERROR_NONE);
    }
}

static void signatures_of_others_and_more_lines_are_passed_over(void **state)
{
    Bench *b = *state;
    static const uint8_t seed[LEDGER_SEED_BYTES] = {9};
    LedgerSigner witness;
    Str second;
    assert_null(ledger_signer(b->arena, STR("street.example"), seed, &witness));
    assert_null(ledger_note_write(b->arena, &b->head, &witness, &second));
    Str first = note_of(b);
    ptrdiff_t at = str_find(second, STR("\n\n"));
    Str both = arena_printf(b->arena, "%.*s%.*s", STR_ARG(first),
                            STR_ARG(str_slice(second, (size_t)at + 2, second.len)));
    assert_int_equal(code_of_reading(b, both, &b->signer.key), ERROR_NONE);
    assert_int_equal(code_of_reading(b, both, &witness.key), ERROR_NONE);
}

static void a_head_that_is_none_is_not_signed(void **state)
{
    Bench *b = *state;
    Str note;
    LedgerHead head = b->head;
    head.origin = STR("two\nlines");
    assert_non_null(ledger_note_write(b->arena, &head, &b->signer, &note));
    head = b->head;
    head.origin = STR("");
    assert_non_null(ledger_note_write(b->arena, &head, &b->signer, &note));
    head = b->head;
    head.size = -1;
    assert_non_null(ledger_note_write(b->arena, &head, &b->signer, &note));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_note_states_the_head_that_was_signed),
        cmocka_unit_test(a_key_is_passed_on_as_one_line),
        cmocka_unit_test(what_is_no_key_is_refused),
        cmocka_unit_test(another_key_has_not_signed_it),
        cmocka_unit_test(a_changed_byte_is_noticed),
        cmocka_unit_test(a_cut_note_is_no_checkpoint),
        cmocka_unit_test(signatures_of_others_and_more_lines_are_passed_over),
        cmocka_unit_test(a_head_that_is_none_is_not_signed),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
