#include "features/programmes/programmes_rules.h"

#include "base/vec.h"

static const struct {
    Str word;
    bool may_be_waived;
} kinds[STAGE_KIND_COUNT] = {
    [STAGE_KIND_NONE] = {STR_INIT(""), false},
    [STAGE_KIND_LAUNCH] = {STR_INIT("launch"), true},
    [STAGE_KIND_COLLECT] = {STR_INIT("collect"), true},
    [STAGE_KIND_QUOTA] = {STR_INIT("quota"), true},
    [STAGE_KIND_PLEDGE] = {STR_INIT("pledge"), true},
    [STAGE_KIND_SHORTLIST] = {STR_INIT("shortlist"), true},
    [STAGE_KIND_VOTE] = {STR_INIT("vote"), false},
    [STAGE_KIND_PUBLISH] = {STR_INIT("publish"), false},
    [STAGE_KIND_REPLY] = {STR_INIT("reply"), false},
    [STAGE_KIND_IMPLEMENT] = {STR_INIT("implement"), true},
    [STAGE_KIND_EVALUATE] = {STR_INIT("evaluate"), true},
    [STAGE_KIND_DISCUSS] = {STR_INIT("discuss"), true},
    [STAGE_KIND_DECIDE] = {STR_INIT("decide"), false},
    [STAGE_KIND_FILE] = {STR_INIT("file"), true},
    [STAGE_KIND_ACCEPT] = {STR_INIT("accept"), true},
};

Str stage_kind_word(StageKind kind)
{
    return kinds[kind].word;
}

StageKind stage_kind_of(Str word)
{
    for (int kind = STAGE_KIND_NONE + 1; kind < STAGE_KIND_COUNT; kind++) {
        if (str_eq(kinds[kind].word, word)) {
            return (StageKind)kind;
        }
    }
    return STAGE_KIND_NONE;
}

bool stage_kind_may_be_waived(StageKind kind)
{
    return kinds[kind].may_be_waived;
}

const StageFact *stage_open(const StageFact *stages, size_t n_stages)
{
    for (size_t i = 0; i < n_stages; i++) {
        if (stages[i].state == STAGE_OPEN) {
            return &stages[i];
        }
    }
    return NULL;
}

static int next_stage_no(const StageFact *stages, size_t n_stages, int after)
{
    for (size_t i = 0; i < n_stages; i++) {
        if (stages[i].no > after && stages[i].state == STAGE_NOT_YET) {
            return stages[i].no;
        }
    }
    return 0;
}

static void count_missing(const Condition *conditions, size_t count, AdvanceVerdict *verdict)
{
    for (size_t i = 0; i < count; i++) {
        if (conditions[i].state == CONDITION_MET) {
            continue;
        }
        verdict->n_missing++;
        if (conditions[i].state == CONDITION_WAITING) {
            verdict->n_waiting++;
            if (conditions[i].met_at.ms > verdict->earliest.ms) {
                verdict->earliest = conditions[i].met_at;
            }
        }
    }
}

AdvanceVerdict advance_decide(const StageFact *stages, size_t n_stages, const Condition *conditions,
                              size_t n_conditions)
{
    AdvanceVerdict verdict = {.answer = ADVANCE_NOT_OPEN};
    const StageFact *open = stage_open(stages, n_stages);
    if (open == NULL) {
        return verdict;
    }
    verdict.from_no = open->no;
    verdict.to_no = next_stage_no(stages, n_stages, open->no);
    count_missing(conditions, n_conditions, &verdict);
    verdict.answer = verdict.n_missing > 0 ? ADVANCE_MISSING : ADVANCE_ALLOWED;
    return verdict;
}

Str *gate_names(Arena *arena, Str gates, size_t *out_count)
{
    struct {
        Str *items;
        size_t count;
        size_t capacity;
    } names = {0};
    Str rest = gates;
    while (rest.len > 0) {
        Str name;
        str_cut(rest, ' ', &name, &rest);
        if (name.len > 0) {
            *vec_push(arena, &names) = name;
        }
    }
    *out_count = names.count;
    return names.items;
}
