#include "features/proposals/proposals_similar.h"

#include <stdlib.h>

#include "platform/text/search.h"
#include "proposals_similar_sql.h"

static Grams grams_of(Arena *arena, const ProposalWords *words)
{
    Str all = arena_printf(arena, "%.*s\n%.*s\n%.*s", STR_ARG(words->title), STR_ARG(words->need),
                           STR_ARG(words->place));
    return similar_grams(arena, search_words(arena, all), SIMILAR_KEPT);
}

Error *proposals_similar_keep(Tx *tx, int64_t area, int64_t round, int64_t id,
                              const ProposalWords *words)
{
    Grams grams = grams_of(tx_arena(tx), words);
    return sql_proposal_grams_insert(tx, area, round, id, similar_grams_json(tx_arena(tx), &grams),
                                     NULL);
}

Error *proposals_similar_forget(Tx *tx, int64_t area, int64_t round, int64_t id,
                                const ProposalWords *words)
{
    Grams grams = grams_of(tx_arena(tx), words);
    return sql_proposal_grams_delete(tx, area, round, id, similar_grams_json(tx_arena(tx), &grams),
                                     NULL);
}

/* --- looking up ---------------------------------------------------------------------- */

typedef struct Asked {
    Str words;   /* the text, cut */
    Str weights; /* for the statement */
    int64_t weight;
} Asked;

static Error *weigh(Snapshot *snapshot, int64_t area, int64_t round, Str text, Asked *out)
{
    Arena *arena = snapshot_arena(snapshot);
    out->words = search_words(arena, text);
    Grams grams = similar_grams(arena, out->words, SIMILAR_ASKED);
    ProposalGramCountsRows rows = {0};
    Error *err = sql_proposal_gram_counts(snapshot, area, round, similar_grams_json(arena, &grams),
                                          SIMILAR_COMMON, &rows);
    GramCount *counts = arena_array(arena, GramCount, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        counts[i] = (GramCount){rows.rows[i].gram, rows.rows[i].n};
    }
    int64_t total = rows.count > 0 ? rows.rows[0].total : 0;
    out->weights = similar_weights_json(arena, counts, rows.count, total, &out->weight);
    return err;
}

static bool is_there(const SimilarProposal *found, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (found[i].id == id) {
            return true;
        }
    }
    return false;
}

/* A candidate looked at closely: its own words may be of one merged into the one shown. */
typedef struct Candidate {
    const ProposalSimilarRow *row;
    Str words;
    int64_t score;
} Candidate;

static int likest_first(const void *a, const void *b)
{
    const Candidate *left = a;
    const Candidate *right = b;
    if (left->score != right->score) {
        return left->score > right->score ? -1 : 1;
    }
    return left->row->id < right->row->id ? -1 : left->row->id > right->row->id;
}

static Candidate *weigh_candidates(Arena *arena, const ProposalSimilarRows *rows)
{
    Candidate *candidates = arena_array(arena, Candidate, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        const ProposalSimilarRow *row = &rows->rows[i];
        Str own =
            arena_printf(arena, "%.*s\n%.*s", STR_ARG(row->own_title), STR_ARG(row->own_need));
        Str words = search_words(arena, own);
        Grams grams = similar_grams(arena, words, SIMILAR_KEPT);
        candidates[i] = (Candidate){row, words, similar_score(row->score, grams.count)};
    }
    if (rows->count > 0) {
        qsort(candidates, rows->count, sizeof(*candidates), likest_first);
    }
    return candidates;
}

Error *proposals_similar(Snapshot *snapshot, int64_t area, int64_t round, Str text, int64_t except,
                         SimilarProposal **out, size_t *out_count)
{
    Arena *arena = snapshot_arena(snapshot);
    Asked asked;
    ProposalSimilarRows rows = {0};
    *out = arena_array(arena, SimilarProposal, SIMILAR_SHOWN);
    *out_count = 0;
    Error *err = weigh(snapshot, area, round, text, &asked);
    if (!err && asked.weight > 0) {
        err = sql_proposal_similar(snapshot, area, round, asked.weights, except, SIMILAR_CANDIDATES,
                                   &rows);
    }
    const Candidate *candidates = weigh_candidates(arena, &rows);
    for (size_t i = 0; !err && i < rows.count && *out_count < SIMILAR_SHOWN; i++) {
        const Candidate *one = &candidates[i];
        if (similar_is_shown(asked.weight, one->score, one->row->signs) &&
            !is_there(*out, *out_count, one->row->id)) {
            (*out)[(*out_count)++] = (SimilarProposal){
                one->row->id,           one->row->title,
                one->row->place,        one->row->state,
                one->row->submitted_at, similar_is_copy(arena, asked.words, one->words)};
        }
    }
    return err;
}
