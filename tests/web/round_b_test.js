'use strict';
// A whole round of 民生微实事 as the people of it live it, in a browser: proposed, discussed and decided
// by a council, published, filed with the street, carried out, accepted, rated. At each step the way on
// is shut while something is missing, and open afterwards; the street returns and receives, it never chooses.

const { Demo, filledDemo } = require('./lib/demo');
const { Seats } = require('./lib/seats');
const { openBrowser } = require('./lib/browser');
const { must } = require('./lib/visitor');
const { Town, staysShut, goesOn } = require('./lib/town');
const { as, linked, priceAll } = require('./lib/later');
const {
  settle, publishProgramme, joins, showsRules, propose, decide, waitFor, publishes, answersObjection, answers,
  opensRating, rates, writesReport, closes, step,
} = require('./lib/round');
const { Client } = require('./lib/client');
const { Site, bought, built, acceptedAndPaid } = require('./lib/works');
const report = require('./lib/report');

const ROLL = [
  ['苗青禾', '15400009301', '1 号楼', '1 单元 101', '1988-03', '户籍'],
  ['古石泉', '', '1 号楼', '2 单元 202', '1943-07', '户籍'],
  ['童小舟', '15400009303', '2 号楼', '1 单元 301', '1991-11', '租住'],
  ['岳长松', '15400009304', '2 号楼', '2 单元 402', '1957-01', '户籍'],
];

const MANDATE = '2025 年由 6 个居民小组推选，任期三年。';
const WORDS = '一件一件念过，提意见的都记下了，举手表决。';

/** A meeting about the projects whose titles hold these words. */
async function meets(town, ofStep, titles, values = {}) {
  return town.as(town.worker, async (visitor, page) => {
    const target = `${town.round}/decisions/new?step=${ofStep}`;
    await visitor.go(target);
    const ids = [];
    for (const title of titles) {
      ids.push(await page.locator(`label.tickbox:has-text("${title}") input`).getAttribute('value'));
    }
    return town.send(visitor, target, '/decisions/new?step=' + ofStep, { projects: ids, officers: '司小满 社区工作者', words: WORDS, present: '12', ...values }, { isFilled: true });
  });
}

/** What the council says: of its 18 members so many came, and so many of them agreed. */
function council(town, titles, present, yes) {
  return meets(town, 'decide', titles, { mandate: MANDATE, members: '18', present: String(present), yes: String(yes), no: String(present - yes) });
}

/** What a resident reads there, without spaces. */
async function reads(town, seat, target) {
  return town.as(seat, async (visitor, page) => {
    await visitor.go(target);
    return (await page.locator('main').innerText()).replace(/\s/g, '');
  });
}

/** From the filing of the round to that of a project. */
async function opensFiling(town, visitor, title) {
  await visitor.go(`${town.round}/filing`);
  await visitor.press(`main a:has-text("${title}")`);
  return visitor.path();
}

/** The street returns a project in writing. */
async function returns(town, officer, title, values) {
  await town.as(officer, async (visitor) => {
    await opensFiling(town, visitor, title);
    await visitor.press('main a[href$="/filing/return"]');
    await town.send(visitor, visitor.path(), '/filing/return', values, { isFilled: true });
  });
}

/** The community answers a return: files again, or withdraws. */
async function answersReturn(town, title, act, words) {
  await town.as(town.secretary, async (visitor) => {
    const project = await opensFiling(town, visitor, title);
    await town.send(visitor, project, `/filing/${act}`, { words }, { isFilled: true });
  });
}

async function receives(town, officer) {
  await town.as(officer, (visitor) => town.send(visitor, `${town.round}/filing`, '/filing/receive', { letter: '演街〔2026〕8 号' }, { isFilled: true }));
}

/** Somebody cannot open an address, or finds no such form there. */
async function mayNot(town, seat, target, action) {
  await town.as(seat, async (visitor, page) => {
    await visitor.go(target);
    must(await page.locator(`form[action$="${action}"]`).count() === 0, `${seat.name} is offered ${action}`);
  });
}

async function main() {
  const filled = filledDemo();
  const demo = await new Demo(filled).start();
  const seats = new Seats(filled);
  const browser = await openBrowser();
  const town = new Town(browser, demo);
  const district = seats.officer('district_officer');
  const street = seats.officer('street_officer');
  let people;
  const tell = (name, run) => step(name, async () => {
    await run();
    return town.takeHeard();
  });
  await tell('a_community_is_made_and_joins_a_programme_of_the_district', async () => {
    people = await settle(town, seats, '青萝社区', ROLL, ['苗青禾', '古石泉', '童小舟', '岳长松']);
    await publishProgramme(town, district, 'minsheng', '青萝里民生微实事', { stage: 2, days: '14' });
    await joins(town, '青萝社区第一批民生微实事', '80000');
  });
  await tell('launch_ends_when_plan_and_rules_are_public', async () => {
    await staysShut(town, /办法/);
    await showsRules(town, '青萝社区民生微实事办法', '居民提，大家商，议事会定；决议、采购、结果都公示五个工作日。');
    await goesOn(town, '征集');
  });
  await tell('residents_propose_by_phone_and_a_worker_writes_for_an_elder', async () => {
    await propose(town, people.苗青禾, { title: '1 号楼门口添一段坡道', need: '婴儿车和轮椅上不来，下雨天台阶也滑。', place: '1 号楼 1 单元门口' });
    await propose(town, people.童小舟, { title: '周末办一个修理铺', need: '小家电坏了没处修，扔了可惜，会修的邻居愿意教。', place: '社区活动室' });
    await propose(town, people.岳长松, { title: '广场添四张长椅', need: '老人遛弯没地方歇脚，只能坐花坛边。', place: '中心广场' });
    await town.as(town.worker, (visitor) => town.send(visitor, `${town.area}/intake`, '/intake', {
      channel: 'door', who: '古石泉', need: '我家卫生间漏水，想请社区出钱给我家重新做防水。',
    }, { isFilled: true }));
  });
  await tell('collecting_ends_when_two_readers_agree_on_every_wish', async () => {
    const found = [
      ['坡道', { decision: 'accept', cost: '24000', kind: 'engineering' }],
      ['修理铺', { decision: 'accept', cost: '15000', kind: 'service' }],
      ['长椅', { decision: 'accept', cost: '9000', kind: 'goods' }],
      ['防水', { decision: 'clause-3', reason: '只有一户受益，公共资金不能用；已经请物业上门看漏点。' }],
    ];
    await staysShut(town, /提议/);
    for (const [title, values] of found) {
      await decide(town, title, values);
    }
    await staysShut(town, /提议/);
    for (const [title, values] of found) {
      await decide(town, title, values, town.secretary);
    }
    await goesOn(town, '评议');
  });
  await tell('the_discussion_ends_when_all_is_priced_proposed_and_talked_over', async () => {
    await staysShut(town, /依据/);
    await priceAll(await as(demo, town.worker), await as(demo, town.secretary));
    await staysShut(town, /提议/);
    await meets(town, 'propose', ['坡道', '修理铺', '长椅'], { residents: '苗青禾、童小舟、岳长松' });
    await staysShut(town, /商议/);
    await meets(town, 'discuss', ['坡道', '修理铺', '长椅']);
    await goesOn(town, '决议');
  });
  await tell('the_council_decides_each_project_and_too_few_decide_nothing', async () => {
    await staysShut(town, /决议|议事会/);
    const tooFew = await council(town, ['坡道'], 7, 7);
    must(/不够|没到|不足|少于/.test(await reads(town, people.苗青禾, tooFew)), 'the record does not say that too few came');
    await staysShut(town, /决议|议事会/);
    await council(town, ['坡道', '修理铺'], 15, 12);
    await staysShut(town, /决议|议事会/);
    await council(town, ['长椅'], 15, 5);
    await goesOn(town, '决议公示');
  });
  await tell('the_decision_is_public_and_an_objection_must_be_answered', async () => {
    await staysShut(town, /公示/);
    town.publication = await publishes(town);
    const words = await reads(town, null, town.publication);
    must(/坡道/.test(words) && /修理铺/.test(words) && /长椅/.test(words), 'the notice does not tell of every project');
    must(/人数不够，没有作决定/.test(words), 'the notice does not tell which meeting decided nothing');
    await town.as(people.岳长松, (visitor) => town.send(visitor, `${town.publication}/object`, '/object', { words: '长椅为什么没过，请把理由也写在公示上。' }));
    await waitFor(town, town.secretary, `${town.round}/console`, '.gate.met');
    await staysShut(town, /异议/);
    await answersObjection(town, '议事会觉得广场先要定停车线，长椅下一批再议，理由已经写进会议记录。');
    await goesOn(town, '答复提议人');
  });
  await tell('nobody_is_left_without_an_answer', async () => {
    await staysShut(town, /答复/);
    await answers(town);
    await goesOn(town, '备案');
  });
  await tell('the_community_files_what_the_council_carried_and_only_that', async () => {
    await staysShut(town, /街道/);
    await mayNot(town, street, `${town.round}/filing`, '/filing');
    await mayNot(town, town.worker, `${town.round}/filing`, '/filing');
    await town.as(town.secretary, (visitor) => town.send(visitor, `${town.round}/filing`, '/filing', { letter: '青社〔2026〕3 号', words: '附会议记录和估价单。' }, { isFilled: true }));
    const words = await reads(town, people.岳长松, `${town.round}/filing`);
    must(/坡道/.test(words) && /修理铺/.test(words) && !/长椅/.test(words), 'what the council did not carry is filed');
    const round = await reads(town, people.岳长松, town.round);
    must(/选上2项/.test(round) && /39,000元/.test(round), 'the round does not tell what the chosen projects cost');
    must(/议事会表决/.test(round) && !/一人一票/.test(round), 'the round tells of ballots it does not have');
    await staysShut(town, /街道/);
  });
  await tell('the_street_returns_only_on_its_three_grounds_and_the_community_answers', async () => {
    const words = '同一批钱里已经排了别的项目，请核对以后再报。';
    await returns(town, street, '坡道', { ground: 'amount', over: '2000', words });
    await returns(town, street, '修理铺', { ground: 'duplicate', other: '街道文化站的周末修理角', words });
    await staysShut(town, /退回/);
    await mayNot(town, street, `${town.round}/filing`, '/filing/receive');
    await answersReturn(town, '坡道', 'resend', '核对过了：扶手由物业出，坡道的钱没有超，报价单附后。');
    await staysShut(town, /街道/);
    await answersReturn(town, '修理铺', 'withdraw', '街道文化站已经有了，邻居可以直接去，这里不再花钱。');
    await staysShut(town, /街道/);
    await receives(town, street);
    const page = await reads(town, people.童小舟, `${town.round}/filing`);
    must(/选上1项/.test(await reads(town, people.童小舟, town.round)), 'what was withdrawn is still counted among the chosen');
    must(/街道已收1项/.test(page) && /撤回1项/.test(page) && /不再花钱/.test(page), 'the filing does not tell what came of each project');
  });
  await tell('works_do_not_begin_before_somebody_says_whether_owners_decide', async () => {
    await staysShut(town, /业主/);
    await town.as(town.worker, (visitor) => town.send(visitor, `${town.round}/decisions/owners`, '/owners', {}, { isFilled: true }));
    await goesOn(town, '实施');
  });
  let site;
  await tell('what_was_withdrawn_is_not_carried_out_and_the_rest_is_bought_and_built', async () => {
    const secretary = await as(demo, town.secretary);
    const projects = await linked(secretary, `${town.area}/deliveries`, /\/deliveries\/\w{13}$/);
    must(projects.length === 1, `${projects.length} projects are carried out`);
    site = new Site(secretary, projects[0]);
    await staysShut(town, /项目/);
    await bought(site);
    await built(site);
    await goesOn(town, '验收');
  });
  await tell('acceptance_is_by_named_people_and_the_money_is_told_to_the_fen', async () => {
    await staysShut(town, /验收/);
    await site.do('visit', { name: '岳长松', what: '居民监督员', words: '坡道坡度合适，轮椅试过能上。' });
    await acceptedAndPaid(site);
    const words = await reads(town, people.苗青禾, site.project);
    must(/19,400/.test(words) && /轮椅试过能上/.test(words), 'the page does not tell what was paid and seen');
    await goesOn(town, '结果公示');
  });
  await tell('the_result_is_public_for_its_period', async () => {
    await staysShut(town, /公示/);
    const result = await publishes(town);
    must(/坡道/.test(await reads(town, null, result)), 'the result does not tell of the project');
    await staysShut(town, /公示/);
    await waitFor(town, town.secretary, `${town.round}/console`, 'form[action$="/advance"]');
    await goesOn(town, '评估');
  });
  await tell('what_was_finished_is_rated_by_the_community_and_by_residents', async () => {
    await staysShut(town, /评价/);
    const project = await opensRating(town);
    await town.as(town.worker, (visitor) => town.send(visitor, `${project}/self`, '/self', { mark1: '5', mark2: '4', mark3: '4', words: '坡道做好了，轮椅和婴儿车都能上；边上的砖要补。' }));
    await rates(town, people.苗青禾, project, '5');
    await rates(town, people.岳长松, project, '4');
    await waitFor(town, town.secretary, `${town.round}/ratings/console`, 'form[action$="/close"]');
    await town.as(town.secretary, (visitor) => town.send(visitor, `${town.round}/ratings/console`, '/ratings/close', {}, { isFilled: true }));
    await staysShut(town, /报告/);
    await writesReport(town, '坡道做成了，天天有人用；修理铺去街道文化站；长椅下一批再议。');
    must(!/上选票/.test(await reads(town, null, `${town.round}/report`)), 'the report counts ballots the round has not');
  });
  await tell('the_round_does_not_close_before_the_purchase_was_published_too', async () => {
    await staysShut(town, /采购/);
    const purchase = await publishes(town, 'purchase');
    must(/演示甲队/.test(await reads(town, null, purchase)), 'the notice does not tell who was chosen');
    await staysShut(town, /采购|公示/);
    await waitFor(town, town.secretary, `${town.round}/console`, 'form[action$="/advance"]');
  });
  await tell('the_round_is_closed_and_stays_in_public', async () => {
    await closes(town);
    const nobody = new Client(() => demo.origin, 'nobody');
    for (const page of [town.round, `${town.round}/decisions`, `${town.round}/filing`, `${town.round}/report`, town.publication, site.project]) {
      must((await nobody.get(page)).status === 200, `${page} is not public any more`);
    }
  });
  await tell('a_supervisor_finds_every_act_in_the_journal', async () => {
    const words = await reads(town, town.supervisor, `${town.area}/journal`);
    for (const act of ['项目报街道备案', '街道书面退回项目', '撤回项目', '街道收到备案']) {
      must(words.includes(act), `the journal does not tell: ${act}`);
    }
  });
  await browser.close();
  await demo.stop();
}
main().catch((error) => report.allGood() && report.fail('the_round_of_the_council_runs_to_its_end', [error.stack])).finally(() => process.exit(report.allGood() ? 0 : 1));
