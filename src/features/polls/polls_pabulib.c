/* polls_pabulib.c: a counted poll as a Pabulib file. */
#include "features/polls/polls_stored.h"
#include "tally/pabulib.h"

#define META_ROWS 7

/* Words of the columns in English: the file is for programs all over the world. */
static Str kind_word(int64_t kind)
{
    static const Str words[] = {STR_INIT("other"), STR_INIT("engineering"), STR_INIT("service"),
                                STR_INIT("goods"), STR_INIT("other")};
    return words[kind >= 1 && kind <= 4 ? kind : 0];
}

/* An imported file said them itself. */
static PabulibProject project_of(const PollGetRow *poll, const PollOptionsRow *option)
{
    return (PabulibProject){.name = option->title,
                            .category =
                                poll->is_imported ? option->summary : kind_word(option->kind),
                            .target = poll->is_imported ? option->place : STR(""),
                            .selected = STR("0")};
}

static PabulibProject *projects_of(Arena *arena, const Stored *stored,
                                   const ResultOptionsRows *results)
{
    PabulibProject *projects = arena_array(arena, PabulibProject, stored->options.count + 1);
    for (size_t i = 0; i < stored->options.count; i++) {
        projects[i] = project_of(&stored->poll, &stored->options.rows[i]);
    }
    for (size_t i = 0; i < results->count; i++) {
        const ResultOptionsRow *row = &results->rows[i];
        bool known = row->no >= 1 && row->no <= (int64_t)stored->options.count;
        if (known && row->is_selected) {
            projects[row->no - 1].selected = STR("1");
        }
    }
    return projects;
}

static PabulibPair *meta_of(Arena *arena, const Stored *stored)
{
    const PabulibPair rows[META_ROWS] = {
        {STR("description"), stored->poll.title},
        {STR("num_projects"), arena_printf(arena, "%zu", stored->options.count)},
        {STR("num_votes"), arena_printf(arena, "%zu", stored->ballots.count)},
        {STR("vote_type"), STR("approval")},
        {STR("budget"), tally_decimal_text(arena, stored->poll.budget_fen.fen, 2)},
        {STR("max_length"), arena_printf(arena, "%lld", (long long)stored->poll.max_choices)},
        {STR("rule"), stored->poll.rule},
    };
    PabulibPair *meta = arena_array(arena, PabulibPair, META_ROWS);
    memcpy(meta, rows, sizeof rows);
    return meta;
}

Error *polls_pabulib_file(Snapshot *snapshot, int64_t area, int64_t poll, Buf *out)
{
    Arena *arena = snapshot_arena(snapshot);
    Stored stored;
    ResultOptionsRows results;
    PabulibFile file = {.n_meta = META_ROWS};
    Error *err = poll_stored_load_counted(snapshot, area, poll, &stored);
    if (!err) {
        err = sql_result_options(snapshot, area, poll, &results);
    }
    if (!err) {
        err = poll_stored_election(arena, &stored, &file.election);
    }
    if (err) {
        return err;
    }
    file.projects = projects_of(arena, &stored, &results);
    file.meta = meta_of(arena, &stored);
    pabulib_write(arena, &file, out);
    return NULL;
}
