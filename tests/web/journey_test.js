'use strict';
// The main way through the program as people go it, with eyes on the page: a resident votes, changes
// the ballot, votes without JavaScript; staff take a proposal, open a poll, close, count, publish; a
// resident objects and is answered.

const { Demo, filledDemo } = require('./lib/demo');
const { Seats } = require('./lib/seats');
const { openBrowser } = require('./lib/browser');
const { Visitor, must, fillEmpty } = require('./lib/visitor');
const { areaOf, as } = require('./lib/later');
const report = require('./lib/report');

const RECEIPT = /[0-9A-Z]{4}[ -]?[0-9A-Z]{4}/;

/** From the resident's home to a receipt, and back to change it. */
async function voteAndChange(visitor, seat) {
  await visitor.signIn(seat);
  must(await visitor.page.locator('.now').count() === 1, 'home has no panel that says what is on now');
  await visitor.press('.now a.weui-btn_main');
  if (!visitor.path().endsWith('/ballot')) {
    await visitor.press('a[href$="/ballot"]');
  }
  await visitor.pick([2, 5]);
  await visitor.press('.stick button[type=submit]');
  must(visitor.path().endsWith('/receipt'), `no receipt after the ballot but ${visitor.path()}`);
  const first = await visitor.page.locator('#receipt').innerText();
  must(RECEIPT.test(first), `the receipt is "${first}"`);
  await visitor.press('a[href$="/ballot"]');
  await visitor.pick([1, 3, 4]);
  await visitor.press('.stick button[type=submit]');
  must(visitor.path().endsWith('/receipt'), 'no receipt after the change');
  return visitor.close();
}

async function residentVotes(browser, demo, seats) {
  const visitor = await new Visitor(browser, demo).open();
  return voteAndChange(visitor, seats.resident('guizhu', 'look at the nine projects'));
}

async function residentVotesWithoutScript(browser, demo, seats) {
  const visitor = await new Visitor(browser, demo).open({ hasScript: false, mode: 'care' });
  return voteAndChange(visitor, seats.resident('guizhu', 'vote in care mode'));
}

/** One choice too many is refused with the picks kept. */
async function tooManyChoices(browser, demo, seats) {
  const visitor = await new Visitor(browser, demo).open({ hasScript: false });
  await visitor.signIn(seats.resident('guizhu', 'staff print a code'));
  await visitor.press('.now a.weui-btn_main');
  if (!visitor.path().endsWith('/ballot')) {
    await visitor.press('a[href$="/ballot"]');
  }
  await visitor.pick([1, 2, 3, 4, 5, 6]);
  await visitor.press('.stick button[type=submit]');
  must(await visitor.page.locator('[role=alert]').count() > 0, 'six choices are not refused in words');
  const kept = await visitor.picked();
  await visitor.close();
  must(kept.length === 6, `the refused ballot keeps ${kept.length} of 6 picks`);
}

/** No ballot for people of the other community. */
async function strangerCannotVote(browser, demo, seats, ballot) {
  const visitor = await new Visitor(browser, demo).open();
  await visitor.signIn(seats.resident('yunshan'));
  const answer = await visitor.go(ballot);
  must(answer.status() === 403, `status ${answer.status()}`);
  must(await visitor.page.locator('input[name=options]').count() === 0, 'the ballot is shown');
  must((await visitor.page.locator('main').innerText()).length > 20, 'no sentence says why');
  await visitor.context.close();
}

async function moveClock(browser, demo, step) {
  const visitor = await new Visitor(browser, demo).open();
  await visitor.go('/demo/clock');
  await visitor.press(`button[name=step][value=${step}]`);
  return visitor.close();
}

/** A proposal of yunshan is answered, by a worker at the desk. */
async function workerAccepts(browser, demo, seats) {
  const visitor = await new Visitor(browser, demo).open({ viewport: { width: 1366, height: 800 } });
  await visitor.signIn(seats.officer('community_worker', 'yunshan'));
  must(visitor.path().endsWith('/desk'), `staff land on ${visitor.path()}`);
  await visitor.press('main a[href*="/decide?next=1"]');
  const proposal = visitor.path().replace(/\/decide.*$/, '');
  const accept = visitor.page.locator('form[action*="/decide"] input[type=radio]').first();
  await accept.check({ force: true });
  await fillEmpty(visitor.page);
  await visitor.press('form[action*="/decide"] button.weui-btn_primary');
  must(!visitor.path().startsWith(`${proposal}/`), `not accepted: ${await visitor.page.locator('[role=alert]').allInnerTexts()}`);
  await visitor.go(proposal);
  must(!(await visitor.page.locator('a[href$="/decide"].weui-btn_primary').count()), 'still asks for an answer');
  return visitor.close();
}

/** Closing, counting, the next stage, the publication: the secretary's way through the console. */
async function secretaryPublishes(browser, demo, seats, poll) {
  const visitor = await new Visitor(browser, demo).open({ viewport: { width: 1366, height: 800 } });
  await visitor.signIn(seats.officer('community_secretary', 'guizhu'));
  const desk = visitor.path();
  await visitor.go(poll);
  must(await visitor.page.locator('a[href$="/ballot"].weui-btn_primary').count() === 0, 'the vote is over and the page still asks for ballots');
  await visitor.press('form[action$="/close"] button');
  await visitor.press('form[action$="/count"] button');
  await visitor.go(`${poll}/result`);
  must(/\d/.test(await visitor.page.locator('main').innerText()), 'the result has no figures');
  await visitor.go(desk);
  await visitor.press('a[href$="/console"]');
  const round = visitor.path().replace(/\/console$/, '');
  await visitor.press('form[action$="/advance"] button');
  await visitor.go(`${round}/publish`);
  await fillEmpty(visitor.page);
  await visitor.press('form[action$="/publish"] button.weui-btn_primary');
  const publication = visitor.path();
  must(/\/publications\/\w{13}$/.test(publication), `publishing ends at ${publication}`);
  await visitor.go(`${publication}/notice`);
  must(await visitor.page.locator('.sheet').count() === 1, 'the notice is no sheet');
  const heard = await visitor.close();
  return { publication, heard };
}

async function residentObjects(browser, demo, seats, publication) {
  const visitor = await new Visitor(browser, demo).open();
  await visitor.signIn(seats.resident('guizhu'));
  await visitor.go(publication);
  await visitor.press('a[href$="/object"]');
  await fillEmpty(visitor.page);
  await visitor.press('form[action$="/object"] button');
  must(!(await visitor.page.locator('[role=alert]').count()), `refused: ${await visitor.page.locator('[role=alert]').allInnerTexts()}`);
  return visitor.close();
}

async function staffAnswer(browser, demo, seats, publication) {
  const visitor = await new Visitor(browser, demo).open({ viewport: { width: 1366, height: 800 } });
  await visitor.signIn(seats.officer('community_worker', 'guizhu'));
  await visitor.press('main a[href$="/answer"]');
  await fillEmpty(visitor.page);
  await visitor.press('form[action$="/answer"] button.weui-btn_primary');
  await visitor.go(publication);
  must(await visitor.says('请三家报过价'), 'the answer is not on the publication');
  return visitor.close();
}

async function main() {
  const filled = filledDemo();
  const demo = await new Demo(filled).start();
  const seats = new Seats(filled);
  const browser = await openBrowser();
  const resident = await as(demo, seats.resident('guizhu'));
  const poll = (await resident.get(`${await areaOf(resident)}/vote`)).location;
  let publication = null;
  await report.test('a_resident_votes_sees_a_receipt_and_changes_the_ballot', () => residentVotes(browser, demo, seats));
  await report.test('the_same_in_care_mode_without_JavaScript', () => residentVotesWithoutScript(browser, demo, seats));
  await report.test('one_choice_too_many_is_refused_and_the_picks_are_kept', () => tooManyChoices(browser, demo, seats));
  await report.test('a_resident_of_another_community_cannot_vote_here', () => strangerCannotVote(browser, demo, seats, `${poll}/ballot`));
  await report.test('a_worker_accepts_a_proposal_from_the_desk', () => workerAccepts(browser, demo, seats));
  await report.test('the_clock_of_the_demonstration_moves_to_the_closing', () => moveClock(browser, demo, 'closing'));
  await report.test('a_secretary_closes_counts_and_publishes', async () => {
    const done = await secretaryPublishes(browser, demo, seats, poll);
    publication = done.publication;
    return done.heard;
  });
  await report.test('a_resident_objects', () => residentObjects(browser, demo, seats, publication));
  await report.test('staff_answer_the_objection', () => staffAnswer(browser, demo, seats, publication));
  await browser.close();
  await demo.stop();
}

main().catch((error) => report.fail('the_journey_runs_to_its_end', [error.stack])).finally(() => {
  process.exit(report.allGood() ? 0 : 1);
});
