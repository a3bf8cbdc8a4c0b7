'use strict';
// Every page that the routes offer, as everybody who may see it, in a browser. Pages are found by
// following links; a new page is walked without an edit here. YZ_FULL=1: the full product of widths,
// modes and languages, and more addresses a route.

const fs = require('fs');
const path = require('path');
const { Demo, filledDemo, root } = require('./lib/demo');
const { Routes, routeName } = require('./lib/routes');
const { Seats, ROLES, signInAll } = require('./lib/seats');
const { openBrowser, openContext, listen, PHONE } = require('./lib/browser');
const { inspectLayout, inspectAxe, inspectFocus } = require('./lib/inspect');
const { findPages } = require('./lib/pages');
const { liveOn } = require('./lib/later');
const report = require('./lib/report');

const IS_FULL = process.env.YZ_FULL === '1';
const AT_ONCE = 2;
const FIRST_VISIT_BYTES = 100 * 1024;
const screens = path.join(root, 'build/screens');

/** What else is looked at once, on a telephone: the dark theme, in both modes. */
const DARK = ['normal', 'care'].map((mode) => ({ mode, lang: 'zh', theme: 'dark', viewport: { width: 320, height: 640 } }));

/** width × mode × language; the shorter list has every width in both modes and English where it is
 * longest: on the narrowest screen. */
function settings() {
  const all = [];
  for (const mode of ['normal', 'care']) {
    for (const lang of ['zh', 'en']) {
      for (const width of [320, 768, 1366]) {
        if (IS_FULL || lang === 'zh' || width === 320) {
          all.push({ mode, lang, viewport: { width, height: width < 500 ? 640 : 800 } });
        }
      }
    }
  }
  return all;
}

function describe(setting) {
  return `${setting.viewport.width} px ${setting.mode} ${setting.lang}${setting.theme === 'dark' ? ' dark' : ''}`;
}

/** One tab that stays open, for one visitor at one setting. */
class Tab {
  static async open(browser, client, setting) {
    const tab = new Tab();
    tab.context = await openContext(browser, client, setting);
    tab.page = await tab.context.newPage();
    tab.heard = listen(tab.page, client.where());
    tab.origin = client.where();
    tab.setting = setting;
    return tab;
  }

  /** Opens an address and looks at it; `more`: axe, focus and a picture besides. */
  async look(visit, more = {}) {
    const care = this.setting.mode === 'care';
    const answer = await this.page.goto(this.origin + visit.target, { waitUntil: 'load' });
    const problems = answer.status() === (visit.status || 200) ? [] : [`status ${answer.status()}`];
    problems.push(...(await inspectLayout(this.page, care)));
    if (more.picture) {
      await this.page.screenshot({ path: more.picture, fullPage: true });
    }
    if (more.axe) {
      problems.push(...(await inspectAxe(this.page, care)));
    }
    if (more.focus) {
      problems.push(...(await inspectFocus(this.page)));
    }
    problems.push(...this.heard());
    return problems.map((problem) => ({ problem, where: `${describe(this.setting)} ${visit.target}` }));
  }

  /** Sends each form of the page that cannot be empty as empty, and looks at the page that says so. */
  async lookAtErrors(visit) {
    const problems = [];
    const count = await this.page.locator(NEEDY_FORM).count();
    for (let i = 0; i < count; i++) {
      await this.page.goto(this.origin + visit.target, { waitUntil: 'load' });
      const [answer] = await Promise.all([
        this.page.waitForNavigation({ waitUntil: 'load' }),
        this.page.locator(NEEDY_FORM).nth(i).evaluate(inSendEmpty),
      ]);
      const where = `${describe(this.setting)} ${visit.target} with errors`;
      const status = answer ? answer.status() : 0;
      const seen = status === 422 ? [] : [`status ${status}`];
      seen.push(...(await inspectLayout(this.page, this.setting.mode === 'care')));
      seen.push(...(await inspectAxe(this.page, this.setting.mode === 'care')));
      seen.push(...this.heard().filter((line) => !/status of 422/.test(line)));
      problems.push(...seen.map((problem) => ({ problem, where })));
    }
    return problems;
  }

  close() {
    return this.context.close();
  }
}

/** A form with something it cannot do without. */
const NEEDY_FORM = 'form[method="post"]:has([aria-required="true"])';

/** In the page: empties the form and sends it. */
function inSendEmpty(form) {
  for (const control of form.querySelectorAll('input:not([type="hidden"]), textarea, select')) {
    if (control.type === 'radio' || control.type === 'checkbox') {
      control.checked = false;
    } else if (control.tagName !== 'SELECT') {
      control.value = '';
    }
  }
  form.submit();
}

/** Runs work on each item, AT_ONCE at a time. */
async function each(items, work) {
  const queue = [...items];
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (queue.length > 0) {
      await work(queue.shift());
    }
  }));
}

function pictureOf(visit, setting) {
  const name = visit.route.pattern.replace(/[{}]/g, '').replace(/^\/$/, '/front').slice(1).replace(/\//g, '-');
  const width = setting.viewport.width;
  const isWanted = setting.lang === 'zh' && (width === 320 || width === 1366);
  return isWanted ? path.join(screens, `${visit.state}-${name}-${width}-${setting.mode}.png`) : undefined;
}

/** One role's way through all settings: the pages where there is most to see. */
async function walkSettings(browser, pages, problems) {
  const byClient = new Map();
  for (const visit of pages) {
    byClient.set(visit.client, [...(byClient.get(visit.client) || []), visit]);
  }
  const all = [...settings(), ...DARK];
  const jobs = [...byClient].flatMap(([client, visits]) => all.map((setting) => ({ client, visits, setting })));
  await each(jobs, async ({ client, visits, setting }) => {
    const tab = await Tab.open(browser, client, setting);
    const isDark = setting.theme === 'dark';
    const isDeep = setting.lang === 'zh' && setting.viewport.width === 320;
    for (const visit of visits) {
      const more = { axe: isDeep, focus: isDeep && !isDark, picture: isDark ? undefined : pictureOf(visit, setting) };
      problems.get(visit.key).push(...(await tab.look(visit, more)));
      if (isDeep && setting.mode === 'normal') {
        problems.get(visit.key).push(...(await tab.lookAtErrors(visit)));
      }
    }
    await tab.close();
  });
}

/** Every role's pages, once. */
async function walkRoles(browser, clients, found, problems) {
  await each([...clients], async ([role, client]) => {
    const tab = await Tab.open(browser, client, { mode: 'normal', lang: 'zh', viewport: PHONE });
    for (const visit of found.onePerRoute(role)) {
      const heard = await tab.look(visit);
      problems.get(visit.key).push(...heard.map((one) => ({ ...one, where: `${role} ${one.where}` })));
    }
    await tab.close();
  });
}

/** All pages of one state of the demonstration. */
async function walkState(browser, demo, state, seats, routes, problems, reached) {
  const clients = await signInAll(demo, seats, 'guizhu', [...ROLES, 'secretary_elsewhere']);
  const found = await findPages(clients, routes, state, IS_FULL ? 3 : 1);
  found.keys().forEach((key) => problems.has(key) || problems.set(key, []));
  found.reached.forEach((pattern) => reached.add(pattern));
  report.check(`no_link_of_the_${state}_demonstration_leads_nowhere`, found.deadLinks);
  const fresh = found.mostToSee().filter((visit) => state === 'fresh' || !problems.get(visit.key).walked);
  await walkSettings(browser, fresh, problems);
  fresh.forEach((visit) => { problems.get(visit.key).walked = true; });
  await walkRoles(browser, clients, found, problems);
}

/** One line for each thing that is wrong, with the first places where it is. */
function summary(list) {
  const places = new Map();
  for (const { problem, where } of list) {
    const kind = problem.replace(/\d+( ×|:1| >)/g, 'N$1').replace(/[×>] \d+/g, '').replace(/ "[^"]*"/g, '');
    const group = places.get(kind) || { problem, where: [] };
    group.where.push(where);
    places.set(kind, group);
  }
  return [...places.values()].map(({ problem, where }) => `${problem}\n(${where.length} ×) ${where.slice(0, 2).join(', ')}`);
}

/** What a first visitor's telephone loads: the front page and all that belongs to it. */
async function firstVisit(browser, origin) {
  const context = await browser.newContext({ viewport: PHONE });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  let bytes = 0;
  await session.send('Network.enable');
  session.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; });
  await page.goto(`${origin}/`, { waitUntil: 'networkidle' });
  const community = await page.locator('a[href^="/a/"]').first().getAttribute('href');
  await page.goto(origin + community, { waitUntil: 'networkidle' });
  await context.close();
  return bytes > 5000 && bytes <= FIRST_VISIT_BYTES ? [] : [`${bytes} bytes came`];
}

async function main() {
  fs.rmSync(screens, { recursive: true, force: true });
  fs.mkdirSync(screens, { recursive: true });
  const filled = filledDemo();
  const demo = await new Demo(filled).start();
  const seats = new Seats(filled);
  const routes = new Routes();
  const browser = await openBrowser();
  const problems = new Map();
  const reached = new Set();
  await report.test('a_first_visit_loads_less_than_100_KB', () => firstVisit(browser, demo.origin));
  await walkState(browser, demo, 'fresh', seats, routes, problems, reached);
  await liveOn(demo, seats);
  await walkState(browser, demo, 'later', seats, routes, problems, reached);
  for (const [key, list] of problems) {
    report.check(`page ${key}`, summary(list));
  }
  report.check('every_GET_route_is_reached_by_somebody',
    routes.with('GET').filter((row) => !reached.has(row.pattern)).map((row) => `nobody reaches ${routeName(row)}`));
  await browser.close();
  await demo.stop();
  report.check('the_server_logged_no_error', demo.logLines().filter((line) => line.level === 'error').map((line) => JSON.stringify(line)));
}

main().catch((error) => report.fail('the_page_walk_runs_to_its_end', [error.stack])).finally(() => {
  process.exit(report.allGood() ? 0 : 1);
});
