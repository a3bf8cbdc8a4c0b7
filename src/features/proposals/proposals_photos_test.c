/* Photos of proposals on both databases. */
#include "features/proposals/proposals_fixture.h"

#include "features/proposals/proposals_photos.h"
#include "files_sql.h"
#include "proposals_photos_sql.h"

#define STRANGER INT64_C(2002)
#define FILES    3 /* of a photo: the original and two copies */

/* As the child would have made it: the database does not look inside. */
static ProposalPhotos photos_of(Fixture *f, size_t count)
{
    PhotoDraft *drafts = arena_array(f->arena, PhotoDraft, count);
    for (size_t i = 0; i < count; i++) {
        PhotoDraft *one = &drafts[i];
        *one = (PhotoDraft){.width = 1600, .height = 900};
        test_ok(file_prepare(f->arena, STR("坡道.png"), STR("image/png"), STR("original"),
                             &one->original));
        test_ok(file_prepare(f->arena, STR("p.jpg"), STR("image/jpeg"), STR("shown"), &one->shown));
        test_ok(file_prepare(f->arena, STR("t.jpg"), STR("image/jpeg"), STR("thumb"), &one->thumb));
    }
    return (ProposalPhotos){.drafts = drafts, .count = count};
}

static int64_t submitted_with(Fixture *f, size_t count)
{
    NewProposal new = wish("给坡道加扶手");
    ProposalSubmitted done;
    new.photos = photos_of(f, count);
    test_ok(try_submit(f, &new, &done));
    return done.id;
}

static ProposalPhotoListRows list_of(Fixture *f, int64_t proposal)
{
    Snapshot *snapshot;
    ProposalPhotoListRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_proposal_photo_list(snapshot, AREA, proposal, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

static PhotoGetRow photo_row(Fixture *f, int64_t photo, bool *found)
{
    Snapshot *snapshot;
    PhotoGetRow row = {0};
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_photo_get(snapshot, AREA, photo, &row, found));
    db_snapshot_end(snapshot);
    return row;
}

static ErrorCode read_code(Fixture *f, int64_t file)
{
    Snapshot *snapshot;
    File read;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    Error *err = file_read(snapshot, AREA, file, &read);
    db_snapshot_end(snapshot);
    return err ? err->code : ERROR_NONE;
}

static void is_gone(Fixture *f, int64_t photo, const PhotoGetRow *was)
{
    bool found = true;
    (void)photo_row(f, photo, &found);
    assert_false(found);
    const int64_t files[FILES] = {was->original_file, was->shown_file, was->thumb_file};
    for (size_t i = 0; i < FILES; i++) {
        assert_int_equal(read_code(f, files[i]), ERROR_NOT_FOUND);
    }
}

static ErrorCode remove_code(Fixture *f, int64_t proposal, int64_t photo, int64_t actor,
                             bool is_staff)
{
    ProposalPhotoRemove remove = {AREA, proposal, photo, actor, is_staff};
    Error *err = db_write(f->db, f->arena, proposals_photo_remove, &remove, NULL, 0);
    return err ? err->code : ERROR_NONE;
}

static void three_photos_stand_with_their_proposal(void **state)
{
    Fixture *f = *state;
    ProposalPhotoListRows rows = list_of(f, submitted_with(f, 3));
    assert_int_equal(rows.count, 3);
    assert_int_equal(rows.rows[0].width, 1600);
    assert_int_equal(rows.rows[0].is_shown, 1);
    assert_int_equal(rows.rows[0].sha256.len, 32);
}

static void a_fourth_photo_is_refused_at_its_field_and_nothing_changes(void **state)
{
    Fixture *f = *state;
    int64_t id = submitted_with(f, 2);
    ProposalEdit edit = {.area = AREA,
                         .id = id,
                         .actor = RESIDENT,
                         .version = 1,
                         .words = wish("给坡道加两道扶手").words,
                         .photos = photos_of(f, 2)};
    Error *err = db_write(f->db, f->arena, proposals_edit, &edit, NULL, 0);
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_PROPOSAL_PHOTOS);
    assert_true(str_eq(err->field, STR("photo1")));
    assert_int_equal(list_of(f, id).count, 2);
    assert_true(str_eq(row_of(f, id).title, STR("给坡道加扶手")));
    edit.photos.count = 1;
    test_ok(db_write(f->db, f->arena, proposals_edit, &edit, NULL, 0));
    assert_int_equal(list_of(f, id).count, 3);
}

static void withdrawing_hides_the_photos_from_the_public(void **state)
{
    Fixture *f = *state;
    int64_t id = submitted_with(f, 1);
    bool found = false;
    ProposalWithdraw withdraw = {AREA, id, RESIDENT, false, 1, false};
    test_ok(db_write(f->db, f->arena, proposals_withdraw, &withdraw, NULL, 0));
    assert_int_equal(photo_row(f, list_of(f, id).rows[0].id, &found).is_shown, 0);
    assert_true(found);
}

static void only_the_proposer_and_staff_take_a_photo_away(void **state)
{
    Fixture *f = *state;
    int64_t id = submitted_with(f, 2);
    int64_t other = submitted_with(f, 1);
    bool found = false;
    ProposalPhotoListRows rows = list_of(f, id);
    PhotoGetRow was = photo_row(f, rows.rows[0].id, &found);
    assert_int_equal(remove_code(f, id, rows.rows[0].id, STRANGER, false), ERROR_NOT_FOUND);
    assert_int_equal(remove_code(f, id, rows.rows[0].id, 0, false), ERROR_NOT_FOUND);
    assert_int_equal(remove_code(f, other, rows.rows[0].id, RESIDENT, false), ERROR_NOT_FOUND);
    assert_int_equal(list_of(f, id).count, 2);
    assert_int_equal(remove_code(f, id, rows.rows[0].id, RESIDENT, false), ERROR_NONE);
    is_gone(f, rows.rows[0].id, &was);
    assert_int_equal(remove_code(f, id, rows.rows[1].id, WORKER, true), ERROR_NONE);
    assert_int_equal(remove_code(f, id, rows.rows[1].id, WORKER, true), ERROR_NOT_FOUND);
    assert_int_equal(list_of(f, id).count, 0);
    assert_int_equal(list_of(f, other).count, 1);
}

static Error *erase(Tx *tx, const void *input, Instant now, void *output)
{
    (void)output;
    return proposals_feature.erase_person(tx, *(const int64_t *)input, now);
}

static void a_person_who_is_erased_takes_the_photos_along(void **state)
{
    Fixture *f = *state;
    int64_t person = RESIDENT, id = submitted_with(f, 1);
    bool found = false;
    Snapshot *snapshot;
    Buf copy;
    buf_init(&copy, LIMIT_RESPONSE_BYTES);
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(proposals_feature.export_person(snapshot, RESIDENT, &copy));
    db_snapshot_end(snapshot);
    assert_true(str_contains(buf_view(&copy), STR("\"photos\":[{")));
    assert_true(str_contains(buf_view(&copy), STR("坡道.png")));
    buf_free(&copy);
    int64_t photo = list_of(f, id).rows[0].id;
    PhotoGetRow was = photo_row(f, photo, &found);
    test_ok(db_write(f->db, f->arena, erase, &person, NULL, 0));
    is_gone(f, photo, &was);
    assert_int_equal(list_of(f, id).count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(three_photos_stand_with_their_proposal),
        ON_BOTH(a_fourth_photo_is_refused_at_its_field_and_nothing_changes),
        ON_BOTH(withdrawing_hides_the_photos_from_the_public),
        ON_BOTH(only_the_proposer_and_staff_take_a_photo_away),
        ON_BOTH(a_person_who_is_erased_takes_the_photos_along),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
