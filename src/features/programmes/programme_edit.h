/* programme_edit.h: the sections of a draft that an officer changes through forms; for this room
 * only. */
#ifndef FEATURES_PROGRAMMES_PROGRAMME_EDIT_H
#define FEATURES_PROGRAMMES_PROGRAMME_EDIT_H

#include "features/programmes/programme_pages.h"

/* What a section's form does; `at` is the place in its list. */
typedef struct EditSection {
    const Form *form;
    int title; /* TEXT_ number */
    /* How many there are, and whether one more may be added; 0 for what is there once. */
    size_t (*count)(const RoundRules *rules);
    size_t max; /* 0: none can be added */
    void (*fill)(const RoundRules *rules, size_t at, void *input);
    void (*apply)(Arena *arena, RoundRules *rules, size_t at, const void *input);
} EditSection;

extern const EditSection edit_basics, edit_ballot, edit_kind, edit_clause, edit_notice, edit_stage;

#endif
