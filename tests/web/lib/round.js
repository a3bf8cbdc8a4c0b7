'use strict';
// What the people of a round do in a browser, whatever its template: they make the community and its
// programme, propose, read, answer, object, rate and close. Each act goes through the pages' own forms.

const { must } = require('./visitor');
const { bringPeople, printCodes, formOf, enter, alerts } = require('./town');
const { areaOf, as } = require('./later');
const report = require('./report');

/** A new community below the street, with staff, a roll, and codes for some of it. */
async function settle(town, seats, name, roll, withCodes) {
  const street = await areaOf(await as(town.demo, seats.officer('street_officer')));
  await town.found(seats.officer('administrator'), street, name);
  await bringPeople(town, roll);
  return printCodes(town, withCodes);
}

/** A district officer copies a template, gives one of its stages other days, and publishes it. */
async function publishProgramme(town, district, template, title, days) {
  const top = await areaOf(await as(town.demo, district));
  await town.as(district, async (visitor) => {
    town.programme = await town.send(visitor, `${top}/programmes/new`, '/programmes/new', { template, title });
    await town.send(visitor, `${town.programme}/stages/${days.stage}`, `/stages/${days.stage}`, { days: days.days });
    await town.send(visitor, town.programme, '/publish');
  });
}

/** The community takes part: its round begins. */
async function joins(town, title, budget) {
  await town.as(town.secretary, async (visitor) => {
    const own = `${town.area}/programmes/${town.programme.slice(-13)}`;
    await visitor.go(own);
    await visitor.press('main a[href$="/join"]');
    town.round = (await town.send(visitor, `${own}/join`, '/join', { title, budget })).replace(/\/console$/, '');
  });
}

/** The rules are put into the library and hung on the round. */
async function showsRules(town, title, words) {
  await town.as(town.secretary, async (visitor, page) => {
    await town.send(visitor, `${town.area}/documents/new`, '/documents/new', { kind: 'rules', title, words });
    await visitor.go(`${town.round}/documents/attach`);
    await page.locator('input[name=documents]').first().check();
    await visitor.press('main form[action$="/documents/attach"] button');
    must((await page.locator('main').innerText()).includes(title), 'the round does not show its rules');
  });
}

/** A wish from a resident's own phone. */
async function propose(town, seat, words) {
  await town.as(seat, async (visitor) => {
    const path = await town.send(visitor, `${town.area}/proposals/new`, '/proposals', words);
    must(/\/proposals\/[0-9A-Z]{13}$/.test(path), `proposing ends at ${path}`);
  });
}

/** Somebody says what they find of a wish: a worker unless another reads it. */
async function decide(town, title, values, reader = town.worker) {
  await town.as(reader, async (visitor) => {
    await visitor.go(`${town.area}/proposals?state=submitted`);
    await visitor.press(`main a:has-text("${title}")`);
    await visitor.press('a[href$="/decide"]');
    await town.send(visitor, visitor.path(), '/decide', values, { isFilled: true });
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

/** A notice of the round goes out as it is suggested; its address. */
async function publishes(town, notice = '') {
  return town.as(town.secretary, (visitor) => town.send(visitor, `${town.round}/publish${notice && `?of=${notice}`}`, '/publish'));
}

/** From the desk to the objection that waits, and its answer. */
async function answersObjection(town, answer) {
  await town.as(town.worker, async (visitor) => {
    await visitor.press('main a[href$="/answer"]');
    await town.send(visitor, visitor.path(), '/answer', { answer });
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

/** The report on the round, with words of the secretary's, is public. */
async function writesReport(town, words) {
  await town.as(town.secretary, async (visitor) => {
    await town.send(visitor, `${town.round}/report/edit`, '/report/edit', { words });
    const path = await town.send(visitor, `${town.round}/report/edit`, '/report/publish', {}, { isFilled: true });
    must(path === `${town.round}/report`, `publishing ends at ${path}`);
  });
}

/** One chapter of the story; without it the rest cannot be told. */
async function step(name, run) {
  await report.test(name, run);
  must(report.allGood(), 'the story ends here');
}

module.exports = {
  settle, publishProgramme, joins, showsRules, propose, decide, moveClock, waitFor, publishes, answersObjection, answers,
  opensRating, rates, writesReport, closes, step,
};
