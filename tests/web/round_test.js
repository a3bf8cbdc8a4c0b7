'use strict';
// A whole round as the people of it live it, in a browser: a community is made with its own staff and
// roll, joins a programme, and goes from launch to its end. At each step the way on is shut while
// something is missing, and open afterwards. Conditions that no room checks yet are passed by hand.

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
const { Site, bought, builtAndPaid } = require('./lib/works');
const report = require('./lib/report');

const ROLL = [
  ['白晓棠', '15400009201', '1 号楼', '1 单元 101', '1990-03', '户籍'],
  ['黎长庚', '', '1 号楼', '2 单元 202', '1944-07', '户籍'],
  ['顾小溪', '15400009203', '2 号楼', '1 单元 301', '1985-11', '租住'],
  ['温伯年', '15400009204', '2 号楼', '2 单元 402', '1958-01', '户籍'],
  ['纪云舒', '15400009205', '2 号楼', '2 单元 501', '1972-09', '户籍'],
];

/** A worker writes down that people were told; residents read it, without who did it. */
async function tells(town, values) {
  await town.as(town.worker, async (visitor) => {
    const path = await town.send(visitor, `${town.round}/outreach/new`, '/outreach/new', values, { isFilled: true });
    must(path.endsWith('/outreach'), `telling ends at ${path}`);
  });
  await town.as(null, async (visitor, page) => {
    await visitor.go(`${town.round}/launch`);
    const words = await page.locator('main').innerText();
    must(words.includes(values.place), 'residents do not read where people were told');
    must(!values.by_whom || !words.includes(values.by_whom), 'residents read who told them');
  });
}

/** A training is planned and held; residents read of it, and no name of who taught or came. */
async function trains(town) {
  const path = await town.as(town.worker, (visitor) => town.send(visitor, `${town.round}/trainings/new`, '/trainings/new', {
    subject: '怎样写好一条提议', place: '社区活动室', audience: 'residents', trainer: '程讲师',
  }, { isFilled: true }));
  await staysShut(town, /培训/);
  await town.as(town.worker, async (visitor, page) => {
    await town.send(visitor, `${path}/held`, '/held', { present: '9', names: '白晓棠、路过的邻居' }, { isFilled: true });
    const words = await page.locator('main').innerText();
    must(/白晓棠[\s\S]*名册上有/.test(words), 'who signed in is not matched to the roll');
  });
  await town.as(null, async (visitor, page) => {
    await visitor.go(`${town.round}/launch`);
    const words = await page.locator('main').innerText();
    must(words.includes('怎样写好一条提议') && words.includes('9 人'), 'residents do not read of the training');
    must(!/程讲师|白晓棠|路过的邻居/.test(words), 'residents read names');
  });
}

/** From one step to the next while what they ask for is not a page's doing. */
async function passes(town, stages) {
  for (const stage of stages) {
    await goesOn(town, stage);
  }
}

/** The recorder ranks both projects of the table, the second one first. */
async function ranks(town, visitor, page, tables) {
  await visitor.go(tables);
  await visitor.press('main a[href$="/ranking"]');
  const ids = await page.locator('select[name=rank_1] option').evaluateAll((all) => all.map((one) => one.value).filter(Boolean));
  await town.send(visitor, visitor.path(), '/ranking', { rank_1: ids[1], rank_2: ids[0], speaker: '顾小溪' }, { isFilled: true });
}

/** One person's count of the hall. */
async function countsHands(town, seat, second) {
  await town.as(seat, (visitor) => town.send(visitor, `${town.round}/shortlist/hall`, '/hall', { voters: '21', count_1: '18', count_2: second }, { isFilled: true }));
}

async function votes(town, seat, numbers) {
  await town.as(seat, async (visitor) => {
    await visitor.go(`${town.poll}/ballot`);
    await visitor.pick(numbers);
    await visitor.press('.stick button[type=submit]');
    must(visitor.path().endsWith('/receipt'), `no receipt but ${visitor.path()}`);
  });
}

async function opensVote(town) {
  await town.as(town.secretary, async (visitor) => {
    await town.send(visitor, `${town.round}/poll`, '/poll', {}, { isFilled: true }); /* as planned */
    await visitor.go(`${town.area}/vote`);
    town.poll = visitor.path();
  });
}

async function counts(town) {
  await town.as(town.secretary, async (visitor, page) => {
    await visitor.go(town.poll);
    await visitor.press('form[action$="/close"] button');
    await visitor.press('form[action$="/count"] button');
    await visitor.go(`${town.poll}/result`);
    const words = await page.locator('main').innerText();
    must(/扶手/.test(words) && /托管/.test(words), 'the result does not tell of both projects');
  });
}

async function main() {
  const filled = filledDemo();
  const demo = await new Demo(filled).start();
  const seats = new Seats(filled);
  const browser = await openBrowser();
  const town = new Town(browser, demo);
  let people;
  await step('an_administrator_makes_a_community_its_staff_its_roll_and_codes', async () => {
    people = await settle(town, seats, '白蘋社区', ROLL, ['白晓棠', '黎长庚', '顾小溪', '温伯年']);
    return town.takeHeard();
  });
  await step('a_district_officer_copies_a_template_edits_and_publishes_it', async () => {
    await publishProgramme(town, seats.officer('district_officer'), 'first', '白蘋里幸福微实事', { stage: 2, days: '10' });
    return town.takeHeard();
  });
  await step('the_community_joins_and_its_round_begins', async () => {
    await joins(town, '白蘋社区第一批幸福微实事', '60000');
    return town.takeHeard();
  });
  await step('launch_ends_when_plan_and_rules_are_public', async () => {
    await staysShut(town, /办法/);
    await showsRules(town, '白蘋社区微实事办法', '住在本社区满十五周岁的都能提、都能投；结果公示五个工作日。');
    await staysShut(town, /宣传|方式/);
    await tells(town, { channel: 'poster', place: '1 号楼一楼公告栏' });
    await tells(town, { channel: 'poster', place: '2 号楼一楼公告栏' });
    await staysShut(town, /还差 1 种/);
    await tells(town, { channel: 'door', place: '2 号楼', reached: '17', by_whom: '网格员' });
    await staysShut(town, /培训/);
    await trains(town);
    await goesOn(town, '项目征集');
    return town.takeHeard();
  });
  await step('residents_propose_by_phone_and_a_worker_writes_for_an_elder', async () => {
    await propose(town, people.白晓棠, { title: '1 号楼门口添一副扶手', need: '台阶有五级，下雨天滑，老人上下楼只能扶着墙走。', place: '1 号楼 1 单元门口' });
    await propose(town, people.顾小溪, { title: '暑假借活动室办托管班', need: '双职工家庭暑假没人看孩子，活动室白天空着。', place: '社区活动室' });
    await town.as(town.worker, (visitor) => town.send(visitor, `${town.area}/intake`, '/intake', {
      channel: 'door', who: '黎长庚', need: '我家对门那家饭馆油烟太大，想请社区出钱给他家换个风机。',
    }, { isFilled: true }));
    return town.takeHeard();
  });
  await step('collecting_does_not_end_while_a_wish_waits_for_an_answer', async () => {
    await staysShut(town, /提议/);
    await decide(town, '扶手', { decision: 'accept', cost: '18000', kind: 'engineering' });
    await decide(town, '托管', { decision: 'accept', cost: '25000', kind: 'service' });
    await decide(town, '油烟', { decision: 'refuse', reason: '油烟归饭馆自己治，公共资金不能替一家出钱；已经转给城管队，三天内上门。' });
    await goesOn(town, '项目配额');
    return town.takeHeard();
  });
  await step('every_project_is_priced_with_evidence', async () => {
    await staysShut(town, /依据/);
    await priceAll(await as(demo, town.worker), await as(demo, town.secretary));
    return town.takeHeard();
  });
  await step('the_way_leads_to_the_round_tables', async () => {
    await passes(town, ['项目认捐', '项目推选']);
    return town.takeHeard();
  });
  await step('a_table_ranks_its_projects_by_its_own_recorder', async () => {
    await staysShut(town, /圆桌/);
    const tables = `${town.round}/shortlist`;
    await town.as(town.worker, async (visitor) => {
      await town.send(visitor, `${tables}/new`, '/shortlist/new', { head: '纪云舒', recorder: '温伯年' }, { isFilled: true });
      await town.send(visitor, tables, '/deal', {}, { isFilled: true });
    });
    await staysShut(town, /圆桌/);
    await town.as(people.温伯年, (visitor, page) => ranks(town, visitor, page, tables));
    return town.takeHeard();
  });
  await step('two_people_count_the_hall_and_the_secretary_fixes_the_list', async () => {
    await staysShut(town, /候选/);
    await countsHands(town, town.worker, '15');
    await countsHands(town, town.secretary, '14');
    await staysShut(town, /会场/);
    await countsHands(town, town.secretary, '15');
    await staysShut(town, /候选/);
    await town.as(town.secretary, (visitor) => town.send(visitor, `${town.round}/shortlist/fix`, '/fix', { words: '当场数票，当场宣布。', sure: '1' }, { isFilled: true }));
    const nobody = new Client(() => demo.origin, 'nobody');
    must(/候选名单：2 件/.test((await nobody.get(`${town.round}/shortlist`)).text), 'the fixed list is not public');
    await goesOn(town, '项目投票');
    return town.takeHeard();
  });
  await step('residents_vote_and_the_count_explains_itself', async () => {
    await staysShut(town, /计票|投票/);
    await opensVote(town);
    await votes(town, people.白晓棠, [1, 2]);
    await votes(town, people.顾小溪, [2]);
    await votes(town, people.温伯年, [1]);
    await staysShut(town, /计票|投票/);
    await waitFor(town, town.secretary, town.poll, 'form[action$="/close"]');
    await counts(town);
    await goesOn(town, '项目公示');
    return town.takeHeard();
  });
  await step('the_result_is_public_and_an_objection_must_be_answered', async () => {
    await staysShut(town, /公示/);
    town.publication = await publishes(town);
    await town.as(people.温伯年, (visitor) => town.send(visitor, `${town.publication}/object`, '/object', { words: '托管班该先说清楚收不收钱，公示上没有写。' }));
    await waitFor(town, town.secretary, `${town.round}/console`, '.gate.met');
    await staysShut(town, /异议/);
    await answersObjection(town, '托管班不收钱，午饭按成本价，已经补写在公示上。');
    await goesOn(town, '落选提议集中回复');
    return town.takeHeard();
  });
  await step('nobody_is_left_without_an_answer', async () => {
    await staysShut(town, /答复/);
    await answers(town);
    return town.takeHeard();
  });
  await step('works_do_not_begin_before_somebody_says_whether_owners_decide', async () => {
    await staysShut(town, /业主/);
    await town.as(town.worker, (visitor) => town.send(visitor, `${town.round}/decisions/owners`, '/owners', {}, { isFilled: true }));
    await goesOn(town, '项目实施');
    return town.takeHeard();
  });
  await step('the_works_are_bought_done_accepted_and_paid_in_the_open', async () => {
    await staysShut(town, /验收/);
    const secretary = await as(demo, town.secretary);
    const [first, second] = (await linked(secretary, `${town.area}/deliveries`, /\/deliveries\/\w{13}$/)).map((project) => new Site(secretary, project));
    await bought(first);
    await builtAndPaid(first);
    await second.do('stop', { reason: '物业已经先做好了，不再重复花钱。' });
    await town.as(people.顾小溪, async (visitor, page) => {
      await visitor.go(first.project);
      must(/19,400/.test((await page.locator('main').innerText()).replace(/\s/g, '')), 'the page does not tell what was paid');
    });
    await goesOn(town, '项目评价');
    return town.takeHeard();
  });
  await step('what_was_finished_is_rated_by_the_community_and_by_residents', async () => {
    await staysShut(town, /评价/);
    const project = await opensRating(town);
    await staysShut(town, /自评/);
    await town.as(town.worker, (visitor) => town.send(visitor, `${project}/self`, '/self', { mark1: '5', mark2: '4', mark3: '4', words: '扶手装好了，雨天上下台阶稳当；末端漆面要补。' }));
    await rates(town, people.白晓棠, project, '5');
    await rates(town, people.温伯年, project, '4');
    await rates(town, people.温伯年, project, '3'); /* minds change until the end */
    await staysShut(town, /截止/);
    await waitFor(town, town.secretary, `${town.round}/ratings/console`, 'form[action$="/close"]');
    await town.as(town.secretary, (visitor) => town.send(visitor, `${town.round}/ratings/console`, '/ratings/close', {}, { isFilled: true }));
    await town.as(people.顾小溪, async (visitor, page) => {
      await visitor.go(project);
      const words = await page.locator('main').innerText();
      must(/不到 10 人/.test(words) && !/3\.50/.test(words), 'two raters are shown as more than too few');
    });
    return town.takeHeard();
  });
  await step('a_report_of_figures_and_words_is_published', async () => {
    await staysShut(town, /报告/);
    await writesReport(town, '两件里做成一件，扶手雨天好用；托管班物业已经先办了。下一批早点问物业。');
    await town.as(people.黎长庚, async (visitor, page) => {
      await visitor.go(`${town.round}/report`);
      const words = (await page.locator('main').innerText()).replace(/\s/g, '');
      must(/下一批早点问物业/.test(words) && /19,400/.test(words), 'the report does not tell words and money');
    });
    return town.takeHeard();
  });
  await step('the_round_is_closed_and_stays_in_public', async () => {
    await closes(town);
    const nobody = new Client(() => demo.origin, 'nobody');
    const round = await nobody.get(town.round);
    must(round.status === 200 && round.text.includes('白蘋社区第一批幸福微实事'), 'the finished round is not public');
    must((await nobody.get(`${town.poll}/result`)).status === 200, 'the result is not public any more');
    must((await nobody.get(town.publication)).status === 200, 'the publication is not public any more');
    return town.takeHeard();
  });
  await browser.close();
  await demo.stop();
}
main().catch((error) => report.allGood() && report.fail('the_rounds_run_to_their_end', [error.stack])).finally(() => process.exit(report.allGood() ? 0 : 1));
