'use strict';
// Short stories of single rooms, lived through their pages' own forms, without a browser: who does what
// after whom, what is refused, and what everybody can read at the end.

const { Demo, filledDemo } = require('./lib/demo');
const { Seats } = require('./lib/seats');
const { Client } = require('./lib/client');
const { as, areaOf, linked, advance, currentRound, decideAll, priceAll } = require('./lib/later');
const { fill, formOf, send, submit } = require('./lib/fill');
const { tokenFor } = require('./lib/token');
const report = require('./lib/report');

const PROPOSAL = /\/proposals\/[0-9A-Z]{13}$/;

function must(condition, sentence) {
  if (!condition) {
    throw new Error(sentence);
  }
}

/** Full-width and no-break spaces out of the way. */
function words(answer) {
  return answer.text.replace(/<[^>]*>/g, ' ').replace(/&nbsp;|\u00a0/g, ' ').replace(/\s+/g, ' ');
}

/** The people of a community that still collects wishes. */
class Yunshan {
  async open(demo, seats) {
    this.worker = await as(demo, seats.officer('community_worker', 'yunshan'));
    this.secretary = await as(demo, seats.officer('community_secretary', 'yunshan'));
    this.resident = await as(demo, seats.resident('yunshan'));
    this.nobody = new Client(() => demo.origin, 'somebody');
    this.area = await areaOf(this.secretary);
    this.secret = demo.secret();
    return this;
  }

  /** Accepts the first wish that waits; its address. */
  async accept() {
    for (const proposal of await linked(this.secretary, `${this.area}/proposals`, PROPOSAL)) {
      const page = await this.secretary.get(proposal);
      if (/href="[^"]*\/decide"[^>]*>/.test(page.text) && /weui-btn_primary" href="[^"]*\/decide"/.test(page.text)) {
        await submit(this.secretary, `${proposal}/decide`, /\/decide$/, { decision: 'accept', cost: '12000', kind: 'engineering' });
        return proposal;
      }
    }
    throw new Error('no wish of yunshan waits');
  }
}

async function aPriceIsSignedByASecondPerson(place) {
  const proposal = await place.accept();
  const price = { cost: '60000', basis: 'department', source: '街道城管办', words: '按现场量的数量和今年的单价估算。' };
  await submit(place.worker, `${proposal}/price/new`, /\/price\/new$/, price);
  must(!words(await place.nobody.get(`${proposal}/price`)).includes('60,000'), 'a price nobody has signed is public');
  must(!(await place.worker.get(`${proposal}/price`)).text.includes('/price/sign"'), 'who entered the price is offered to sign it');
  const form = await formOf(place.secretary, `${proposal}/price`, /\/price\/sign$/);
  const token = ['_token', await tokenFor(place.worker, place.secret, 'estimate-sign')];
  const own = await send(place.worker, form, fill(form).map((pair) => (pair[0] === '_token' ? token : pair)));
  must(own.status === 409, `who entered the price and signs it was answered ${own.status}`);
  await submit(place.secretary, `${proposal}/price`, /\/price\/sign$/);
  must(words(await place.nobody.get(`${proposal}/price`)).includes('60,000'), 'the signed price is not public');
}

async function aPriceWithoutItsEvidenceComesBackWithEveryWord(place) {
  const proposal = await place.accept();
  const form = await formOf(place.worker, `${proposal}/price/new`, /\/price\/new$/);
  const answer = await send(place.worker, form, fill(form, { cost: '9000', basis: 'quotes', supplier_1: '甲店', quote_1: '9000', file_1: '' })
    .filter((pair) => !/^(supplier|quote|date|file)_[2-5]$/.test(pair[0])));
  must(answer.status === 422, `too little evidence was answered ${answer.status}`);
  must(answer.text.includes('value="甲店"'), 'the supplier that was typed is gone');
}

/** The round of yunshan goes on to the stage in which pledges are taken. */
async function takesPledges(place) {
  const round = await currentRound(place.secretary, place.area);
  await decideAll(place.secretary, place.area);
  await priceAll(place.worker, place.secretary, { cost: '12000' });
  while (!words(await place.nobody.get(`${round}/pledges`)).includes('现在可以认捐')) {
    await advance(place.secretary, round);
  }
  return round;
}

async function aPledgeLowersWhatThePublicPaysOnceItIsConfirmed(place) {
  const round = await takesPledges(place);
  const [project] = await linked(place.resident, `${round}/pledges`, /\/proposals\/[0-9A-Z]{13}\/pledges$/);
  const gift = { form: 'money', value: '300', hours: '', words: '' };
  const pledge = (await submit(place.resident, `${project}/new`, /\/pledges\/new$/, gift)).location.split('?')[0];
  must(!words(await place.nobody.get(project)).includes('11,700'), 'a promise nobody has confirmed lowers what the public pays');
  must((await place.nobody.get(pledge)).status === 303, 'anybody may open somebody’s pledge');
  must(!/action="[^"]*\/advance"/.test((await place.secretary.get(`${round}/console`)).text), 'the round goes on though a promise is open');
  await submit(place.worker, pledge, /\/confirm$/);
  must(words(await place.nobody.get(project)).includes('11,700'), 'a confirmed pledge does not lower what the public pays');
  await advance(place.secretary, round);
  await submit(place.resident, pledge, /\/release$/);
  must(!words(await place.nobody.get(project)).includes('11,700'), 'what was taken back still counts');
}

const STORIES = [
  aPriceIsSignedByASecondPerson,
  aPriceWithoutItsEvidenceComesBackWithEveryWord,
  aPledgeLowersWhatThePublicPaysOnceItIsConfirmed,
];

async function main() {
  const filled = filledDemo();
  const seats = new Seats(filled);
  for (const story of STORIES) {
    const demo = await new Demo(filled).start();
    const name = story.name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    await report.test(name, async () => story(await new Yunshan().open(demo, seats)));
    await demo.stop();
  }
}

main().catch((error) => report.fail('the_stories_are_told_to_their_end', [error.stack])).finally(() => {
  process.exit(report.allGood() ? 0 : 1);
});
