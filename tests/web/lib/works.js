'use strict';
// A funded project carried out through the pages' own forms: grant, quotes, contract, works, payments,
// acceptance. Start reading at Site.

const { formOf, submit } = require('./fill');
const { must } = require('./visitor');

const PEOPLE = '演甲 居民代表\n演乙 居务监督委员会';

class Site {
  constructor(client, project) {
    this.client = client;
    this.project = project;
  }

  do(act, values = {}, query = '') {
    return submit(this.client, `${this.project}/${act}${query}`, new RegExp(`/deliveries/\\w+/${act}(\\?|$)`), values);
  }

  text(page = '') {
    return this.client.get(this.project + page).then((answer) => answer.text);
  }

  money(kind, values = {}) {
    return this.do('money', { kind, voucher: `演字 ${kind}`, words: '', pledges: '', ...values }, `?kind=${kind}`);
  }

  /** The day of the program, and one some days later. */
  async days(later) {
    const form = await formOf(this.client, `${this.project}/call`, /\/call$/);
    const today = form.fields.find((field) => field.name === 'on').value;
    const day = new Date(`${today}T00:00:00Z`);
    day.setUTCDate(day.getUTCDate() + later);
    return day.toISOString().slice(0, 10);
  }
}

async function bought(site) {
  await site.money('grant', { city: '10000', district: '12000', street: '' });
  await site.do('call', { method: 'compare' });
  for (const [name, quote] of [['演示甲队', '20000'], ['演示乙队', '21000'], ['演示丙队', '21500.50']]) {
    await site.do('bid', { name, quote });
  }
  await site.do('choose', { bidder: '1', reason: '报价最低，上次做的到现在还好用。' });
  const form = await formOf(site.client, `${site.project}/sign`, /\/deliveries\/\w+\/sign/);
  const amounts = ['city', 'district', 'street', 'pledges'].map((name) => form.fields.find((one) => one.name === name).value);
  must(amounts.join(' ') === '10,000 10,000  ', `the contract begins with "${amounts}"`);
  await site.do('sign', { number: '演合 1', due: await site.days(30), street: '', pledges: '' });
}

async function built(site) {
  await site.do('plan', { title: '做一半', due: await site.days(10) });
  await site.do('plan', { title: '全做完', due: await site.days(20) });
  await site.do('done');
  await site.do('done');
}

async function acceptedAndPaid(site) {
  await site.do('accept', { passed: 'yes', people: PEOPLE });
  await site.money('request', { city: '10000', district: '9400', street: '' });
  await site.money('transfer', { city: '10000', district: '9400', street: '' });
  await site.money('retain', { city: '', district: '600', street: '' });
  await site.money('return', { city: '', district: '2000', street: '' });
}

async function builtAndPaid(site) {
  await built(site);
  await acceptedAndPaid(site);
}

module.exports = { Site, bought, built, acceptedAndPaid, builtAndPaid };
