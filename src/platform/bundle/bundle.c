#include "platform/bundle/bundle.h"

#include <jansson.h>
#include <sodium.h>

#include "platform/bundle/bundle_parts.h"

Str bundle_sha256(Arena *arena, Str bytes)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, (const unsigned char *)bytes.data, bytes.len);
    char *text = arena_array(arena, char, sizeof(hash) * 2 + 1);
    sodium_bin2hex(text, sizeof(hash) * 2 + 1, hash, sizeof(hash));
    return (Str){text, sizeof(hash) * 2};
}

static json_t *json_text(Str text)
{
    return json_stringn(text.data, text.len);
}

static void set_text(json_t *object, const char *key, Str text)
{
    json_object_set_new(object, key, json_text(text));
}

BundleResult bundle_result(Arena *arena, const TallyElection *election, const TallyResult *result)
{
    int decimals = election->amount_decimals;
    BundleSelected *selected = arena_array(arena, BundleSelected, result->n_selected + 1);
    for (uint32_t i = 0; i < result->n_selected; i++) {
        const TallyProject *project = &election->projects[result->selected[i]];
        selected[i] =
            (BundleSelected){project->name, tally_decimal_text(arena, project->cost, decimals)};
    }
    return (BundleResult){.voters = result->voters,
                          .budget = tally_decimal_text(arena, election->budget, decimals),
                          .total_cost = tally_decimal_text(arena, result->total_cost, decimals),
                          .welfare = result->welfare,
                          .selected = selected,
                          .n_selected = result->n_selected};
}

static json_t *json_result(const BundleResult *published)
{
    json_t *result = json_object();
    json_t *selected = json_array();
    for (size_t i = 0; i < published->n_selected; i++) {
        json_t *one = json_object();
        set_text(one, "project", published->selected[i].project);
        set_text(one, "cost", published->selected[i].cost);
        json_array_append_new(selected, one);
    }
    json_object_set_new(result, "voters", json_integer(published->voters));
    set_text(result, "budget", published->budget);
    set_text(result, "total_cost", published->total_cost);
    if (published->welfare.len > 0) {
        set_text(result, "welfare", published->welfare);
    }
    json_object_set_new(result, "selected", selected);
    return result;
}

/* An option that comes again becomes a list, in the order given. */
static void add_option(Arena *arena, json_t *options, const TallyWord *word)
{
    const char *name = arena_cstr(arena, word->name);
    json_t *before = json_object_get(options, name);
    if (before == NULL) {
        set_text(options, name, word->value);
        return;
    }
    if (!json_is_array(before)) {
        json_t *list = json_array();
        json_array_append(list, before);
        json_object_set_new(options, name, list);
        before = list;
    }
    json_array_append_new(before, json_text(word->value));
}

static json_t *json_bundle(Arena *arena, const BundleFacts *facts)
{
    json_t *bundle = json_object();
    json_t *options = json_object();
    json_t *members = json_object();
    for (size_t i = 0; i < facts->n_options; i++) {
        add_option(arena, options, &facts->options[i]);
    }
    for (size_t i = 0; i < facts->n_members; i++) {
        set_text(members, arena_cstr(arena, facts->members[i].name),
                 bundle_sha256(arena, facts->members[i].bytes));
    }
    set_text(bundle, "format", STR(BUNDLE_FORMAT));
    json_object_set_new(bundle, "version", json_integer(BUNDLE_VERSION));
    json_object_set_new(bundle, "members", members);
    json_object_set_new(bundle, "options", options);
    json_object_set_new(bundle, "result", json_result(&facts->result));
    return bundle;
}

Error *bundle_write(Arena *arena, const BundleFacts *facts, Buf *out)
{
    json_t *bundle = json_bundle(arena, facts);
    char *text = json_dumps(bundle, JSON_INDENT(1));
    json_decref(bundle);
    require(text != NULL);
    ZipMember *members = arena_array(arena, ZipMember, facts->n_members + 1);
    members[0] = (ZipMember){STR(BUNDLE_MAIN), arena_str(arena, str_from(text))};
    free(text);
    for (size_t i = 0; i < facts->n_members; i++) {
        members[i + 1] = facts->members[i];
    }
    return bundle_zip_write(arena, members, facts->n_members + 1, out);
}
