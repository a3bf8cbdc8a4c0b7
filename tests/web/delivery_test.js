'use strict';
// What was chosen is carried out, through the pages' own forms: a grant, three quotes, a contract, the
// work, payments, acceptance; the round cannot leave the works before, and can afterwards.

const { Demo, filledDemo } = require('./lib/demo');
const { Seats } = require('./lib/seats');
const { Client } = require('./lib/client');
const { formOf, submit } = require('./lib/fill');
const { as, linked, advance, moveClock, publishResult } = require('./lib/later');
const { must } = require('./lib/visitor');
const { Site, bought, builtAndPaid } = require('./lib/works');
const report = require('./lib/report');

const DAYS_TO_THE_REPLIES = 14;

/** The objection is answered, the period over, everybody replied to: the round comes to the works. */
async function comeToTheWorks(demo, seats) {
  const { area, round } = await publishResult(demo, seats, async () => {});
  let secretary = await as(demo, seats.officer('community_secretary', 'guizhu'));
  for (const answer of await linked(secretary, `${area}/desk`, /\/objections\/\w{13}\/answer$/)) {
    await submit(secretary, answer, /\/answer$/);
  }
  for (let day = 0; day < DAYS_TO_THE_REPLIES; day++) {
    await moveClock(new Client(() => demo.origin, 'somebody'), 'day');
  }
  secretary = await as(demo, seats.officer('community_secretary', 'guizhu'));
  await advance(secretary, round);
  await answerEverybody(secretary, round);
  await submit(secretary, `${round}/decisions/owners`, /\/owners$/, { needed: [] });
  await advance(secretary, round);
  return { area, round, secretary };
}

async function answerEverybody(secretary, round) {
  for (;;) {
    const [next] = await linked(secretary, `${round}/replies`, /\/replies\/\w{13}$/);
    if (!next) {
      return;
    }
    await submit(secretary, next, /\/replies\//, { on: '', delivered: 'on' });
  }
}

/** A grant with a slip of the pen, taken back. */
async function takenBack(site) {
  await site.money('grant', { city: '1', district: '', street: '' });
  await site.do('reverse', {}, '?no=1');
  const page = await site.text('/ledger');
  must(page.includes('冲销'), 'the ledger does not show what was taken back');
  const again = await formOf(site.client, `${site.project}/reverse?no=1`, /\/reverse/);
  const answer = await site.client.post(again.action, [...again.fields.filter((one) => one.name !== 'reason').map((one) => [one.name, one.value]), ['reason', '再冲一次，看看会怎样。']]);
  must(answer.status === 409, `taken back twice: ${answer.status}`);
}

async function residentFollows(demo, project) {
  const nobody = new Client(() => demo.origin, 'nobody');
  const page = (await nobody.get(project)).text.replace(/<[^>]*>/g, ' ').replace(/&nbsp;|\u00a0/g, ' ').replace(/\s+/g, ' ');
  for (const words of ['22,000 元', '20,000 元', '19,400 元', '600 元', '2,000 元', '演字 transfer', '演示乙队', '演某', '不代替财政部门的账']) {
    must(page.includes(words), `the public page does not say ${words}`);
  }
  must(!page.includes('演甲'), 'a whole name is public');
  for (const format of ['csv', 'xlsx', 'pdf']) {
    const file = await nobody.get(`${project}/ledger?format=${format}`);
    must(file.status === 200 && file.body.length > 100, `the ledger as ${format}: ${file.status}`);
  }
}

/** A form opened twice: the second hand is told. */
async function twoAtOnce(site) {
  const form = await formOf(site.client, `${site.project}/plan`, /\/plan$/);
  const other = await formOf(site.client, `${site.project}/plan`, /\/plan$/);
  const pairs = async (one, title) => [...one.fields.filter((field) => !['title', 'due'].includes(field.name)).map((field) => [field.name, field.value]),
    ['title', title], ['due', await site.days(5)]];
  const first = await site.client.post(form.action, await pairs(form, '先来的'));
  const second = await site.client.post(other.action, await pairs(other, '后到的'));
  must(first.status === 303 && second.status === 409, `${first.status} and ${second.status}`);
  must(second.text.includes('后到的'), 'the words of the second are lost');
}

async function gateIsShut(secretary, round) {
  const page = (await secretary.get(`${round}/console`)).text;
  must(page.includes('每个项目都验收了'), 'the console does not name the gate');
  must(/aria-disabled="true"/.test(page), 'the way on is open');
}

async function main() {
  const demo = await new Demo(filledDemo()).start();
  const seats = new Seats(demo.directory);
  let world = null;
  let sites = [];
  await report.test('a_round_comes_to_the_works', async () => {
    world = await comeToTheWorks(demo, seats);
    const found = await linked(world.secretary, `${world.area}/deliveries`, /\/deliveries\/\w{13}$/);
    sites = found.map((project) => new Site(world.secretary, project));
    must(sites.length > 1, 'no projects');
  });
  await report.test('the_works_cannot_be_left_before_all_is_accepted', () => gateIsShut(world.secretary, world.round));
  await report.test('of_two_who_plan_at_once_the_second_is_told', () => twoAtOnce(sites[1]));
  await report.test('a_wrong_entry_is_taken_back_once', () => takenBack(sites[1]));
  await report.test('a_purchase_goes_from_the_call_to_the_contract', () => bought(sites[0]));
  await report.test('the_work_is_done_accepted_and_paid', () => builtAndPaid(sites[0]));
  await report.test('a_resident_follows_every_yuan', () => residentFollows(demo, sites[0].project));
  await report.test('the_others_are_stopped_with_a_reason_and_the_round_goes_on', async () => {
    for (const site of sites.slice(1)) {
      await site.do('stop', { reason: '物业已经先做好了，不再重复花钱。' });
    }
    await advance(world.secretary, world.round);
  });
  await demo.stop();
}

main().catch((error) => report.fail('the_works_run_to_their_end', [error.stack])).finally(() => {
  process.exit(report.allGood() ? 0 : 1);
});
