'use strict';
// A place and its people, made through the pages: a new community with its own staff and residents,
// who then live a round there. Start reading at Town.

const { Visitor, must, fillEmpty } = require('./visitor');

const DESK = { width: 1366, height: 800 };
const CODE = /\d{4} \d{4} \d{4} \d{4}/;

/** The main form whose action ends like this. */
function formOf(page, action) {
  return page.locator(`main form[action$="${action}"]`).first();
}

/** Puts values into a form by the names of its fields; of boxes exactly these are ticked. */
async function enter(form, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = form.locator(`[name="${name}"]`);
    const type = await field.first().getAttribute('type');
    const tag = await field.first().evaluate((node) => node.tagName);
    if (type === 'radio') {
      await form.locator(`[name="${name}"][value="${value}"]`).check({ force: true });
    } else if (type === 'checkbox') {
      for (const box of await field.all()) {
        await box.setChecked([].concat(value).includes(await box.getAttribute('value')), { force: true });
      }
    } else if (type === 'file') {
      await field.first().setInputFiles(value);
    } else if (tag === 'SELECT') {
      await field.first().selectOption(value);
    } else {
      await field.first().fill(value);
    }
  }
}

/** What stands in the boxes that say what is wrong. */
async function alerts(page) {
  return (await page.locator('[role=alert]').allInnerTexts()).join(' ').replace(/\s+/g, ' ');
}

class Town {
  constructor(browser, demo) {
    this.browser = browser;
    this.demo = demo;
    this.heard = [];
  }

  /** One visit by one person: signs in, does it, leaves. Answers what `what` answers. */
  async as(seat, what, options = {}) {
    const visitor = await new Visitor(this.browser, this.demo).open({ viewport: seat && seat.login ? DESK : undefined, ...options });
    try {
      if (seat) {
        await visitor.signIn(seat);
      }
      return await what(visitor, visitor.page);
    } finally {
      this.heard.push(...await visitor.close());
    }
  }

  /** Opens a page, fills the form whose action ends like this, sends it; the new path. */
  async send(visitor, target, action, values = {}, { isFilled = false } = {}) {
    await visitor.go(target);
    const form = formOf(visitor.page, action);
    must(await form.count() > 0, `${target} has no form for ${action}`);
    await enter(form, values);
    if (!isFilled) {
      await fillEmpty(visitor.page);
    }
    const answer = visitor.page.waitForNavigation();
    await form.locator('button:not([name])').last().click();
    const status = (await answer).status();
    must(status === 200, `${target} ${action}: ${status} ${await alerts(visitor.page)}`);
    must(!(await visitor.page.locator('[role=alert]').count()), `${target} ${action}: ${await alerts(visitor.page)}`);
    return visitor.path();
  }

  /** What the console and other hosts were heard to say, for a test's end. */
  takeHeard() {
    const heard = this.heard;
    this.heard = [];
    return heard;
  }

  /** A community below the street, its secretary, worker and supervisor, with passwords of their own. */
  async found(administrator, street, name) {
    this.name = name;
    await this.as(administrator, async (visitor, page) => {
      const path = await this.send(visitor, `${street}/areas/new`, '/areas/new', { kind: 'community', name, name_en: name, code: '', phone: '80000199', address: '白蘋路 5 号', hours: '周一至周五 8:30—17:30' }, { isFilled: true });
      this.area = path.match(/^\/a\/[0-9A-Z]{13}/)[0];
      this.codes = {
        secretary: await this.appoint(visitor, 'community_secretary', '缪知秋', '15400009101'),
        worker: await this.appoint(visitor, 'community_worker', '司小满', '15400009102'),
        supervisor: await this.appoint(visitor, 'supervisor', '祝听泉', '15400009103'),
      };
      must(await page.title() !== '', 'a page has a title');
    });
    this.secretary = await this.choosePassword(this.codes.secretary, 'zhiqiu');
    this.worker = await this.choosePassword(this.codes.worker, 'xiaoman');
    this.supervisor = await this.choosePassword(this.codes.supervisor, 'tingquan');
  }

  async appoint(visitor, role, name, phone) {
    await this.send(visitor, `${this.area}/staff/new`, '/staff/new', { role, name, phone, ends: '' }, { isFilled: true });
    const shown = (await visitor.page.locator('body').innerText()).match(/[0-9A-Z]{4}[ -][0-9A-Z]{4}[ -][0-9A-Z]{4}([ -][0-9A-Z]{4})?/);
    must(shown, `no one-time code for ${name}: ${visitor.path()}`);
    return shown[0];
  }

  async choosePassword(code, login) {
    const seat = { login, password: '竹影 清风 小巷 长灯', name: login };
    await this.as(null, async (visitor, page) => {
      await visitor.go('/sign-in');
      await page.fill('input[name=code]', code);
      await visitor.press('form[action^="/sign-in/"] button');
      must(visitor.path() === '/me/password', `a one-time code leads to ${visitor.path()}`);
      const form = formOf(page, '/me/password');
      for (const field of await form.locator('input:visible').all()) {
        const fieldName = await field.getAttribute('name');
        await field.fill(/login/.test(fieldName) ? login : seat.password);
      }
      await visitor.press('main form[action$="/me/password"] button');
      must(visitor.path() !== '/me/password', `the password is refused: ${await alerts(page)}`);
    });
    return seat;
  }
}

/** What the console says of each condition: { words, isMet, isByHand }. */
async function gates(visitor, town) {
  await visitor.go(`${town.round}/console`);
  return visitor.page.locator('.gate').evaluateAll((all) => all.map((one) => ({
    words: one.innerText.replace(/\s+/g, ' '), isMet: one.classList.contains('met'), isByHand: one.innerText.includes('程序还不会查'),
  })));
}

/** The way on is shut: the button does nothing, and the console says what is missing. */
async function staysShut(town, words) {
  await town.as(town.secretary, async (visitor, page) => {
    const all = await gates(visitor, town);
    must(all.some((one) => !one.isMet && !one.isByHand && words.test(one.words)), `the console does not miss ${words}: ${JSON.stringify(all)}`);
    must(await page.locator('form[action$="/advance"]').count() === 0, 'the way on is open though a condition is not met');
  });
}

/** Every condition is met and the secretary goes on; the step the round is at then. */
async function goesOn(town, stage) {
  await town.as(town.secretary, async (visitor, page) => {
    const all = await gates(visitor, town);
    must(all.every((one) => one.isMet || one.isByHand), `not met: ${JSON.stringify(all.filter((one) => !one.isMet))}`);
    await enter(formOf(page, '/advance'), { note: '该做的已经做完，大家都知道了，提前往下走。' });
    await visitor.press('main form[action$="/advance"] button');
    must(!(await page.locator('[role=alert]').count()), `cannot go on: ${await alerts(page)}`);
    const heading = await page.locator('.card-head h2').first().innerText();
    must(heading.includes(stage), `the round is at "${heading}", not at ${stage}`);
  });
}

/** Residents put on the roll by a file; two of them get their codes on paper. */
async function bringPeople(town, rows) {
  const text = ['姓名,手机号,楼栋,门牌,出生年月,居住情况', ...rows.map((row) => row.join(','))].join('\n');
  const file = { name: 'roll.csv', mimeType: 'text/csv', buffer: Buffer.from(`${text}\n`) };
  await town.as(town.worker, async (visitor, page) => {
    const preview = await town.send(visitor, `${town.area}/people/import`, '/people/import', { file }, { isFilled: true });
    must(await formOf(page, '/accept').count() === 1, `the roll cannot be taken in: ${await page.locator('main').innerText()}`);
    await town.send(visitor, preview, '/accept');
  });
}

/** A personal code on a slip of paper, for each of these people. */
async function printCodes(town, names) {
  return town.as(town.secretary, async (visitor, page) => {
    const seats = {};
    for (const name of names) {
      await visitor.go(`${town.area}/people?q=${encodeURIComponent(name)}`);
      await visitor.press(`main a:has-text("${name}")`);
      await visitor.press('main form[action$="/code"] button');
      const code = (await page.locator('body').innerText()).match(CODE);
      must(code, `no code for ${name}`);
      seats[name] = { name, code: code[0] };
    }
    return seats;
  });
}

module.exports = { Town, gates, staysShut, goesOn, bringPeople, printCodes, formOf, enter, alerts, CODE };
