/* demo_acts_rounds.c: rounds, proposals, publications. */
#include "features/demo/demo_fill.h"
#include "features/estimates/estimates.h"
#include "features/programmes/programmes.h"
#include "features/proposals/proposals.h"
#include "features/publicity/publicity.h"

/* A row as it was made: nobody has changed it since. */
#define FIRST_VERSION 1

static int64_t round_area(const DemoFill *fill, int round)
{
    return fill->areas[fill->plan->rounds[round].area];
}

#define YEARS_AROUND 2

Error *demo_work_every_week(DemoFill *fill)
{
    int this_year = date_civil(fill->day0).year;
    Str no_name = STR("");
    Error *err = NULL;
    for (int year = this_year - YEARS_AROUND; !err && year <= this_year + YEARS_AROUND; year++) {
        Date first = date_of((CivilDate){year, 1, 1});
        Holiday sunday = {{first.days + 7 - date_weekday(first)}, false};
        HolidayYear empty = {year, STR("演示"), &sunday, &no_name, 1};
        err = db_write(fill->app->db, fill->arena, holidays_import, &empty, NULL, 0);
    }
    return err;
}

static Error *create_round(Tx *tx, const void *input, Instant now, void *output)
{
    return programmes_create_round(tx, input, now, output);
}

Error *demo_act_round(DemoFill *fill, const DemoEvent *event)
{
    const DemoRound *round = &fill->plan->rounds[event->row];
    const DemoProgramme *programme = &fill->plan->programmes[round->programme];
    NewRound new = {.area = fill->areas[round->area],
                    .actor = demo_staff_id(fill, round->created_by),
                    .template_name = programme->template_name,
                    .title = round->title,
                    .summary = programme->summary,
                    .budget = round->budget,
                    .max_choices = round->poll.max_choices,
                    .minimum_age = round->poll.minimum_age,
                    .first_day = {fill->day0.days + round->created_day}};
    int64_t *id = &fill->rounds[event->row];
    Error *err = db_write(fill->app->db, fill->arena, create_round, &new, id, sizeof(*id));
    return err ? err : demo_attach_documents(fill, round, *id);
}

/* On to this stage, or, from the last one, to the end: through the gates like everybody. */
Error *demo_act_stage(DemoFill *fill, const DemoEvent *event)
{
    const DemoStage *stage = &fill->plan->stages[event->row];
    bool is_end = event->act == DEMO_ACT_FINISH;
    AdvanceRound advance = {.area = round_area(fill, stage->round),
                            .round = fill->rounds[stage->round],
                            .actor =
                                demo_staff_id(fill, is_end ? stage->closed_by : stage->opened_by),
                            .from_no = is_end ? stage->no : stage->no - 1,
                            .rooms = fill->app->features,
                            .n_rooms = fill->app->n_features};
    RoundAdvanced done;
    Error *err = advance.from_no == 1 ? demo_tell_people(fill, stage->round, advance.actor) : NULL;
    if (!err) {
        err = demo_take_down(fill, stage->round, advance.area, advance.actor);
    }
    if (!err) {
        err = demo_answer_proposers(fill, advance.area, advance.round, advance.actor);
    }
    if (!err) {
        err = demo_say_owners(fill, advance.area, advance.round, advance.actor);
    }
    if (!err) {
        err = demo_fix_shortlist(fill, stage->round, advance.actor,
                                 demo_second_signer(fill, fill->plan->rounds[stage->round].area,
                                                    is_end ? stage->closed_by : stage->opened_by));
    }
    if (err) {
        return err;
    }
    return db_write(fill->app->db, fill->arena, programmes_advance, &advance, &done, sizeof(done));
}

/* --- proposals --------------------------------------------------------------------------------
 */

Error *demo_act_submit(DemoFill *fill, const DemoEvent *event)
{
    const DemoProposal *p = &fill->plan->proposals[event->row];
    const DemoPerson *proposer = &fill->plan->people[p->proposer];
    bool is_staff = p->entered_by >= 0;
    NewProposal *new = arena_new(fill->arena, NewProposal);
    *new = (NewProposal){.area = round_area(fill, p->round),
                         .actor = is_staff ? demo_staff_id(fill, p->entered_by)
                                           : fill->people[p->proposer],
                         .is_staff = is_staff,
                         .channel = p->channel,
                         .words = {.title = p->title,
                                   .need = p->need,
                                   .place = p->place,
                                   .beneficiaries = p->beneficiaries,
                                   .kind = p->kind}};
    if (is_staff) {
        new->proposer_name = proposer->name;
        new->proposer_phone = proposer->phone;
    }
    new->photos = demo_photos_of(fill, event->row);
    new->receipt = proposal_new_receipt();
    ProposalSubmitted done;
    Error *err = db_write(fill->app->db, fill->arena, proposals_submit, new, &done, sizeof(done));
    if (!err) {
        fill->proposals[event->row] = done.id;
    }
    return err;
}

/* Rounds that are past pricing have the evidence that opened the way. */
static bool is_priced(const DemoFill *fill, int round)
{
    const DemoStage *quota = demo_plan_stage(fill->plan, round, STR("quota"));
    const DemoStage *discuss = demo_plan_stage(fill->plan, round, STR("discuss"));
    const DemoStage *stage = quota != NULL ? quota : discuss;
    return stage != NULL && stage->state == DEMO_STAGE_DONE;
}

static Error *price(DemoFill *fill, const DemoProposal *p, const ProposalDecide *decided)
{
    NewEstimate *new = arena_new(fill->arena, NewEstimate);
    EstimateEntered done;
    *new =
        (NewEstimate){.area = decided->area,
                      .proposal = decided->id,
                      .actor = decided->actor,
                      .fact = {.cost = p->cost,
                               .basis = ESTIMATE_DEPARTMENT,
                               .source = STR("社区和街道城管办"),
                               .words = STR("按现场量的数量和今年的市场单价估算，含人工和税。")}};
    Error *err = db_write(fill->app->db, fill->arena, estimates_enter, new, &done, sizeof(done));
    EstimateDecide sign = {.area = decided->area, .proposal = decided->id, .is_signed = true};
    if (err || done.needs == 0) {
        return err;
    }
    sign.id = done.id;
    sign.actor = demo_second_signer(fill, fill->plan->rounds[p->round].area, p->decided_by);
    return db_write(fill->app->db, fill->arena, estimates_decide, &sign, NULL, 0);
}

/* A reason that says "第③款" cites clause 3. */
static Finding finding_in(const DemoProposal *p)
{
    static const char *const numbers[] = {"第①款", "第②款", "第③款", "第④款", "第⑤款"};
    Finding finding = {0};
    for (size_t i = 0; i < countof(numbers); i++) {
        bool is_first = finding.ground == GROUND_NONE && p->state == PROPOSAL_REFUSED;
        if (is_first && str_contains(p->reason, str_from(numbers[i]))) {
            finding = (Finding){.ground = GROUND_CLAUSE, .cited_no = (int64_t)i + 1};
        }
    }
    return finding;
}

Error *demo_act_decide(DemoFill *fill, const DemoEvent *event)
{
    const DemoProposal *p = &fill->plan->proposals[event->row];
    ProposalDecide decide = {.area = round_area(fill, p->round),
                             .id = fill->proposals[event->row],
                             .actor = demo_staff_id(fill, p->decided_by),
                             .version = FIRST_VERSION,
                             .decision = {.is_accepted = p->state == PROPOSAL_ACCEPTED,
                                          .cost = p->cost,
                                          .kind = p->kind,
                                          .reason = p->reason},
                             .finding = finding_in(p)};
    ProposalDecided done;
    Error *err =
        db_write(fill->app->db, fill->arena, proposals_decide, &decide, &done, sizeof(done));
    if (!err && done.state == SCREENING_WAITS) {
        ProposalDecide again = decide;
        again.actor = demo_second_signer(fill, fill->plan->rounds[p->round].area, p->decided_by);
        err = db_write(fill->app->db, fill->arena, proposals_decide, &again, &done, sizeof(done));
    }
    return err || !decide.decision.is_accepted || !is_priced(fill, p->round)
               ? err
               : price(fill, p, &decide);
}

Error *demo_act_withdraw(DemoFill *fill, const DemoEvent *event)
{
    const DemoProposal *p = &fill->plan->proposals[event->row];
    bool is_staff = p->entered_by >= 0;
    ProposalWithdraw withdraw = {.area = round_area(fill, p->round),
                                 .id = fill->proposals[event->row],
                                 .actor = is_staff ? demo_staff_id(fill, p->entered_by)
                                                   : fill->people[p->proposer],
                                 .is_staff = is_staff,
                                 .version = FIRST_VERSION};
    return db_write(fill->app->db, fill->arena, proposals_withdraw, &withdraw, NULL, 0);
}

/* --- publicity --------------------------------------------------------------------------------
 */

Error *demo_act_publish(DemoFill *fill, const DemoEvent *event)
{
    const DemoPublication *row = &fill->plan->publications[event->row];
    PublicationNew new = {.area = round_area(fill, row->round),
                          .round = fill->rounds[row->round],
                          .actor = demo_staff_id(fill, row->by),
                          .title = row->title,
                          .words = row->words};
    PublicationDone done;
    Error *err = db_write(fill->app->db, fill->arena, publicity_publish, &new, &done, sizeof(done));
    if (err) {
        return err;
    }
    fill->publications[event->row] = done.id;
    return demo_hang(fill, event->row, new.area, new.actor);
}

/* The round's publication: 0 when the data let somebody object before there is one. */
static int64_t publication_of(const DemoFill *fill, int round)
{
    for (size_t i = 0; i < fill->plan->n_publications; i++) {
        if (fill->plan->publications[i].round == round) {
            return fill->publications[i];
        }
    }
    return 0;
}

Error *demo_act_object(DemoFill *fill, const DemoEvent *event)
{
    const DemoObjection *row = &fill->plan->objections[event->row];
    ObjectionNew new = {.area = round_area(fill, row->round),
                        .publication = publication_of(fill, row->round),
                        .actor = fill->people[row->person],
                        .words = row->words};
    ObjectionDone done;
    Error *err = db_write(fill->app->db, fill->arena, publicity_object, &new, &done, sizeof(done));
    if (!err) {
        fill->objections[event->row] = done.id;
    }
    return err;
}

Error *demo_act_answer(DemoFill *fill, const DemoEvent *event)
{
    const DemoObjection *row = &fill->plan->objections[event->row];
    ObjectionAnswer answer = {.area = round_area(fill, row->round),
                              .objection = fill->objections[event->row],
                              .actor = demo_staff_id(fill, row->answered_by),
                              .version = FIRST_VERSION,
                              .answer = row->answer};
    return db_write(fill->app->db, fill->arena, publicity_answer, &answer, NULL, 0);
}
