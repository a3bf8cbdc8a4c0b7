'use strict';
// A whole round as the people of it live it, in a browser: a community is made with its own staff and
// roll, joins a programme, and goes from launch to its end. At each step the way on is shut while
// something is missing, and open afterwards. Conditions that no room checks yet are passed by hand.

const { Demo, filledDemo } = require('./lib/demo');
const { Seats } = require('./lib/seats');
const { openBrowser } = require('./lib/browser');
const { must } = require('./lib/visitor');
const { Town, bringPeople, printCodes, formOf, enter, alerts, staysShut, goesOn } = require('./lib/town');
const { areaOf, as, linked, priceAll } = require('./lib/later');
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

/** A wish from a resident's own phone. */
async function propose(town, seat, words) {
  await town.as(seat, async (visitor) => {
    const path = await town.send(visitor, `${town.area}/proposals/new`, '/proposals', words);
    must(/\/proposals\/[0-9A-Z]{13}$/.test(path), `proposing ends at ${path}`);
  });
}

/** A worker answers a wish that waits. */
async function decide(town, title, values) {
  await town.as(town.worker, async (visitor, page) => {
    await visitor.go(`${town.area}/proposals?state=submitted`);
    await visitor.press(`main a:has-text("${title}")`);
    await visitor.press('a[href$="/decide"]');
    await town.send(visitor, visitor.path(), '/decide', values, { isFilled: true });
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

async function moveClock(town, step) {
  await town.as(null, async (visitor) => {
    await visitor.go('/demo/clock');
    await visitor.press(`button[name=step][value=${step}]`);
  });
}

/** The clock goes from closing to closing until a page shows this. */
async function waitFor(town, seat, target, selector) {
  for (let times = 0; times < 8; times++) {
    await moveClock(town, 'closing');
    const isThere = await town.as(seat, async (visitor, page) => {
      await visitor.go(target);
      return await page.locator(selector).count() > 0;
    });
    if (isThere) {
      return;
    }
  }
  must(false, `${target} never shows ${selector}`);
}

async function opensVote(town) {
  await town.as(town.secretary, async (visitor) => {
    await town.send(visitor, `${town.round}/poll`, '/poll', {}, { isFilled: true }); /* as planned */
    await visitor.go(`${town.area}/vote`);
    town.poll = visitor.path();
  });
}

/** The rating of what was finished is announced; the one project there is. */
async function opensRating(town) {
  return town.as(town.secretary, async (visitor, page) => {
    await town.send(visitor, `${town.round}/ratings/console`, '/ratings/open', {}, { isFilled: true }); /* as suggested */
    const link = page.locator('main table a[href*="/ratings/"]').first();
    return (await link.getAttribute('href')).replace(/\/self$/, '');
  });
}

async function rates(town, seat, project, mark) {
  await town.as(seat, async (visitor) => {
    const path = await town.send(visitor, `${project}/rate`, '/rate', { mark1: mark, mark2: mark, mark3: mark });
    must(path === project, `rating ends at ${path}`);
  });
}

/** The last step ends the round. */
async function closes(town) {
  await town.as(town.secretary, async (visitor, page) => {
    await visitor.go(`${town.round}/console`);
    await enter(formOf(page, '/advance'), { note: '评价收完，报告大家都看到了，这一批到此结束。' });
    await visitor.press('main form[action$="/advance"] button');
    must(!(await page.locator('[role=alert]').count()), `cannot close: ${await alerts(page)}`);
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

/** Every waiting answer in the queue is written and brought, by the way the page suggests. */
async function answers(town) {
  await town.as(town.worker, async (visitor, page) => {
    for (let left = 10; left > 0; left--) {
      await visitor.go(`${town.round}/replies`);
      const next = page.locator('main a[href*="/replies/0"]').first();
      if (await next.count() === 0) {
        return;
      }
      await Promise.all([page.waitForNavigation(), next.click()]);
      const form = formOf(page, visitor.path());
      await form.locator('[name=seen]').check({ force: true });
      await form.locator('[name=delivered]').check({ force: true });
      await visitor.press('main form button.weui-btn_primary');
    }
    must(false, 'ten answers and still some wait');
  });
}

/** One chapter of the story; without it the rest cannot be told. */
async function step(name, run) {
  await report.test(name, run);
  must(report.allGood(), 'the story ends here');
}

async function main() {
  const filled = filledDemo();
  const demo = await new Demo(filled).start();
  const seats = new Seats(filled);
  const browser = await openBrowser();
  const town = new Town(browser, demo);
  const street = await areaOf(await as(demo, seats.officer('street_officer')));
  await step('an_administrator_makes_a_community_and_its_staff', async () => {
    await town.found(seats.officer('administrator'), street, '白蘋社区');
    return town.takeHeard();
  });
  let people;
  await step('a_worker_brings_the_roll_and_a_secretary_prints_codes', async () => {
    await bringPeople(town, ROLL);
    people = await printCodes(town, ['白晓棠', '黎长庚', '顾小溪', '温伯年']);
    return town.takeHeard();
  });
  const district = seats.officer('district_officer');
  await step('a_district_officer_copies_a_template_edits_and_publishes_it', async () => {
    const top = await areaOf(await as(demo, district));
    await town.as(district, async (visitor) => {
      town.programme = await town.send(visitor, `${top}/programmes/new`, '/programmes/new', { template: 'first', title: '白蘋里幸福微实事' });
      await town.send(visitor, `${town.programme}/stages/2`, '/stages/2', { days: '10' });
      await town.send(visitor, town.programme, '/publish');
    });
    return town.takeHeard();
  });
  await step('the_community_joins_and_its_round_begins', async () => {
    await town.as(town.secretary, async (visitor, page) => {
      const own = `${town.area}/programmes/${town.programme.slice(-13)}`;
      await visitor.go(own);
      await visitor.press('main a[href$="/join"]');
      town.round = (await town.send(visitor, `${own}/join`, '/join', { title: '白蘋社区第一批幸福微实事', budget: '60000' })).replace(/\/console$/, '');
    });
    return town.takeHeard();
  });
  await step('launch_ends_when_plan_and_rules_are_public', async () => {
    await staysShut(town, /办法/);
    await town.as(town.secretary, async (visitor, page) => {
      await town.send(visitor, `${town.area}/documents/new`, '/documents/new', { kind: 'rules', title: '白蘋社区微实事办法', words: '住在本社区满十五周岁的都能提、都能投；结果公示五个工作日。' });
      await visitor.go(`${town.round}/documents/attach`);
      await page.locator('input[name=documents]').first().check();
      await visitor.press('main form[action$="/documents/attach"] button');
      must((await page.locator('main').innerText()).includes('白蘋社区微实事办法'), 'the round does not show its rules');
    });
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
    await town.as(town.secretary, async (visitor) => {
      town.publication = await town.send(visitor, `${town.round}/publish`, '/publish');
    });
    await town.as(people.温伯年, (visitor) => town.send(visitor, `${town.publication}/object`, '/object', { words: '托管班该先说清楚收不收钱，公示上没有写。' }));
    await waitFor(town, town.secretary, `${town.round}/console`, '.gate.met');
    await staysShut(town, /异议/);
    await town.as(town.worker, async (visitor) => {
      await visitor.press('main a[href$="/answer"]');
      await town.send(visitor, visitor.path(), '/answer', { answer: '托管班不收钱，午饭按成本价，已经补写在公示上。' });
    });
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
    await town.as(town.secretary, async (visitor) => {
      await town.send(visitor, `${town.round}/report/edit`, '/report/edit', { words: '两件里做成一件，扶手雨天好用；托管班物业已经先办了。下一批早点问物业。' });
      const path = await town.send(visitor, `${town.round}/report/edit`, '/report/publish', {}, { isFilled: true });
      must(path === `${town.round}/report`, `publishing ends at ${path}`);
    });
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
