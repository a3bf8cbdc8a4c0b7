'use strict';
// A person with a browser: signs in, follows links by what they say, fills forms, and keeps what the
// console and the network said on the way. Start reading at Visitor.

const { Client } = require('./client');
const { openContext, listen } = require('./browser');

function must(condition, sentence) {
  if (!condition) {
    throw new Error(sentence);
  }
}

/** What is empty in the page's main form gets words, a sum or the first choice. */
async function fillEmpty(page) {
  for (const list of await page.locator('main form[method=post] select:visible').all()) {
    if (!(await list.inputValue())) {
      await list.selectOption({ index: 1 });
    }
  }
  const radios = await page.locator('main form[method=post] input[type=radio]').all();
  for (const radio of radios) {
    const name = await radio.getAttribute('name');
    if (await page.locator(`input[name="${name}"]:checked`).count() === 0) {
      await radio.check({ force: true });
    }
  }
  for (const field of await page.locator('main form[method=post] input:visible, main form[method=post] textarea:visible').all()) {
    const type = await field.getAttribute('type');
    if (['radio', 'checkbox', 'submit', 'file', 'date'].includes(type) || await field.inputValue()) {
      continue;
    }
    const mode = await field.getAttribute('inputmode');
    await field.fill(mode ? '12000' : '请三家报过价，按中间那家的价钱定，工期十天，物业负责日后养护。');
  }
}

/** A person with a browser. */
class Visitor {
  constructor(browser, demo) {
    this.browser = browser;
    this.demo = demo;
  }

  async open(options = {}) {
    const nobody = new Client(() => this.demo.origin, 'nobody');
    this.context = await openContext(this.browser, nobody, options);
    this.page = await this.context.newPage();
    this.heard = listen(this.page, this.demo.origin);
    return this;
  }

  go(target) {
    return this.page.goto(this.demo.origin + target);
  }

  path() {
    return new URL(this.page.url()).pathname;
  }

  /** Presses what shows these words (or matches a selector) and waits for the next page. */
  async press(what) {
    const place = this.page.locator(what).first();
    await Promise.all([this.page.waitForNavigation(), place.click()]);
  }

  says(words) {
    return this.page.locator('main').innerText().then((text) => text.includes(words));
  }

  async signIn(seat) {
    await this.go(seat.code ? '/sign-in' : '/sign-in?way=staff');
    if (seat.code) {
      await this.page.fill('input[name=code]', seat.code);
    } else {
      await this.page.fill('input[name=login]', seat.login);
      await this.page.fill('input[name=password]', seat.password);
    }
    await this.press('form[action^="/sign-in/"] button');
    must(this.path() !== '/sign-in', `${seat.name} is still at the sign-in page`);
    return this;
  }

  /** Picks the options with these numbers on an open ballot, and only them. */
  async pick(numbers) {
    const boxes = this.page.locator('input[name=options]');
    for (let i = 0; i < await boxes.count(); i++) {
      await boxes.nth(i).setChecked(numbers.includes(i + 1));
    }
  }

  picked() {
    return this.page.locator('input[name=options]').evaluateAll((boxes) =>
      boxes.map((box, i) => (box.checked ? i + 1 : 0)).filter((no) => no > 0));
  }

  /** What the console and the network said on the way. */
  close() {
    return this.context.close().then(() => this.heard());
  }
}

module.exports = { Visitor, must, fillEmpty };
