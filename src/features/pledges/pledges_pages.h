/* pledges_pages.h: what the page files of this room share; for this room only. */
#ifndef FEATURES_PLEDGES_PLEDGES_PAGES_H
#define FEATURES_PLEDGES_PLEDGES_PAGES_H

#include "features/pledges/pledges.h"
#include "features/pledges/pledges_views.h"
#include "features/programmes/programmes.h"
#include "platform/feature.h"
#include "platform/http/http.h"
#include "platform/list/list.h"
#include "pledges_sql.h"

#define PLEDGE_STATES 4
extern const Choice pledge_states[PLEDGE_STATES];

/* "/a/AREA/pledges/ID" and the rest; the same of a proposal. */
SafeUrl pledge_url(const Page *page, int64_t id, const char *rest);
SafeUrl pledge_project_url(const Page *page, int64_t proposal, const char *rest);
SafeUrl pledge_round_url(const Page *page, int64_t round, const char *rest);
bool pledge_may(const Page *page, Policy policy);
/* 300 元; 长椅两张，约值 800 元; 12 小时，刷墙. */
Text pledge_what_text(int64_t form, Money value, int64_t hours, Str words);
Text pledge_state_text(int64_t state);
/* 桂花邻居, 一位邻居, the unit: as everybody reads it. `name` is whole. */
Text pledge_public_giver(bool is_named, Str unit, Str name);
/* What this page asks of a list under `parent`. */
ListRequest pledge_list_request(Page *page, int64_t parent);
/* The project of the address with its round; NOT_FOUND unless it is accepted and priced. */
MUST_USE Error *pledge_load_project(Page *page, Snapshot *s, PledgeProjectRow *project,
                                    RoundInfo *round);
/* The pledge of the address, for its giver and for staff; else NOT_FOUND. */
MUST_USE Error *pledge_require(Page *page, Snapshot *s, PledgeGetRow *out);

extern const Form pledge_form;
extern const Form pledge_for_form;
extern const Form pledge_confirm_form;
extern const Form pledge_receive_form;
extern const Form pledge_release_form;
/* A form of the steps with the pledge's version and value in it. */
const FormState *pledge_step_form(Page *page, const Form *form, const PledgeGetRow *row);

PageHandler page_pledges_round;
PageHandler page_pledges_project;
PageHandler page_pledges_desk;
PageHandler page_pledge;
PageHandler page_pledge_new;
PageHandler page_pledge_for;
PageHandler page_pledge_slip;
FormHandler submit_pledge;
FormHandler submit_pledge_for;
FormHandler submit_pledge_confirm;
FormHandler submit_pledge_receive;
FormHandler submit_pledge_release;

/* pledges_gates.c */
Error *gate_pledges_settled(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                            GateReport *out);
Error *pledges_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who, DueItems *out);
Error *pledges_mine(Snapshot *snapshot, Arena *arena, int64_t person, MineItems *out);
Error *pledges_export_person(Snapshot *snapshot, int64_t person, Buf *out);
Error *pledges_erase_person(Tx *tx, int64_t person, Instant now);

#endif
