'use strict';
// The demonstration a while later, lived through the pages' own forms: a roll file waits for a
// decision, wishes came in by staff; one community has a published result with an objection, the other has come to the vote.

const { execFileSync } = require('child_process');
const { Client } = require('./client');
const { signIn } = require('./seats');
const { links } = require('./html');
const { submit } = require('./fill');

async function as(demo, seat) {
  return signIn(new Client(() => demo.origin, seat.login || seat.name), seat);
}

async function areaOf(client) {
  const page = await client.get('/me');
  return page.text.match(/href="(\/a\/[0-9A-Z]{13})[/"]/)[1];
}

/** Addresses linked from a page that match, in order, once each. */
async function linked(client, target, wanted) {
  const page = await client.get(target);
  return [...new Set(links(page.text).filter((href) => wanted.test(href)))];
}

async function currentRound(client, area) {
  const [round] = await linked(client, `${area}/desk`, /\/rounds\/[0-9A-Z]{13}\/console$/);
  return round.replace(/\/console$/, '');
}

async function advance(client, round) {
  await submit(client, `${round}/console`, /\/advance$/);
}

async function moveClock(client, step) {
  await submit(client, '/demo/clock', /^\/demo\/clock$/, { step });
}

/** guizhu: the ballot closes, is counted and published; a resident objects. */
async function publishResult(demo, seats, at) {
  await moveClock(new Client(() => demo.origin, 'somebody'), 'closing'); /* ends sessions of staff */
  const secretary = await as(demo, seats.officer('community_secretary', 'guizhu'));
  const area = await areaOf(secretary);
  const round = await currentRound(secretary, area);
  const poll = (await secretary.get(`${area}/vote`)).location;
  await at('ended');
  await submit(secretary, poll, /\/close$/);
  await at('closed');
  await submit(secretary, poll, /\/count$/);
  await at('counted');
  await advance(secretary, round);
  await at('publishing');
  const publication = (await submit(secretary, `${round}/publish`, /\/publish$/)).location.split('?')[0];
  const resident = await as(demo, seats.resident('guizhu'));
  await submit(resident, `${publication}/object`, /\/object$/);
  return { area, round, poll, publication };
}

/** Every accepted proposal gets a price with its basis, signed where that is asked for; without a
 * cost it stays what it is. */
async function priceAll(worker, secretary, values = {}) {
  const list = `${await areaOf(worker)}/estimates`;
  const price = { basis: 'department', source: '社区', words: '按现场量的数量和今年的单价估算。', ...values };
  for (const page of await linked(worker, list, /\/proposals\/[0-9A-Z]{13}\/price$/)) {
    await submit(worker, `${page}/new`, /\/price\/new$/, price);
    if (/action="[^"]*\/price\/sign"/.test((await secretary.get(page)).text)) {
      await submit(secretary, page, /\/price\/sign$/);
    }
  }
}

/** A price so high that a second person must sign it, and does not. */
async function sendPriceBack(worker, secretary, at) {
  const [page] = await linked(worker, `${await areaOf(worker)}/estimates`, /\/proposals\/[0-9A-Z]{13}\/price$/);
  await submit(worker, `${page}/new`, /\/price\/new$/, { basis: 'department', source: '社区', cost: '60000', words: '先按去年的大工程估了一个数。' });
  await at('unsigned');
  await submit(secretary, page, /\/price\/return$/);
}

/** Where pledges are taken: a resident and, for a unit, a worker pledge for a project; both are settled. */
async function pledgeSome(demo, seats, secretary, round, at) {
  if (!(await secretary.get(`${round}/pledges`)).text.includes('现在可以认捐')) {
    return;
  }
  const resident = await as(demo, seats.resident('yunshan'));
  const worker = await as(demo, seats.officer('community_worker', 'yunshan'));
  const [project] = await linked(resident, `${round}/pledges`, /\/proposals\/[0-9A-Z]{13}\/pledges$/);
  const own = await submit(resident, `${project}/new`, /\/pledges\/new$/, { form: 'money', value: '300', hours: '' });
  const unit = { giver: 'unit', who: '', unit: '街口粮油店', form: 'goods', value: '260', hours: '', words: '长椅两张' };
  const other = await submit(worker, `${project}/for`, /\/pledges\/for$/, unit);
  await at('pledging');
  for (const pledge of [own, other].map((one) => one.location.split('?')[0])) {
    await submit(secretary, pledge, /\/confirm$/);
  }
}

/** Every table ranks its projects in the order they lie there. */
async function reportTables(worker, tables) {
  for (const ranking of await linked(worker, tables, /\/tables\/[0-9A-Z]{13}\/ranking$/)) {
    const options = (await worker.get(ranking)).text.match(/<select[^]*?<\/select>/)[0];
    const ranks = [...options.matchAll(/value="([0-9A-Z]{13})"/g)].map((one) => one[1]);
    const values = Object.fromEntries(ranks.slice(0, 10).map((id, i) => [`rank_${i + 1}`, id]));
    await submit(worker, ranking, /\/ranking$/, { ...values, speaker: '宣小雨' });
  }
}

/** Two tables and one put up by mistake; their rankings, the hall counted by two, the fixed list. */
async function holdTables(worker, secretary, round, at) {
  const tables = `${round}/shortlist`;
  for (const name of ['', '银杏桌', '多出来的']) {
    await submit(worker, `${tables}/new`, /\/new$/, { name, head: '阚长河', recorder: '宣小雨' });
  }
  await submit(worker, (await linked(worker, tables, /\/tables\/\w{13}\/edit$/)).pop(), /\/remove$/);
  await submit(worker, tables, /\/deal$/);
  await at('tables');
  await reportTables(worker, tables);
  for (const client of [worker, secretary]) {
    await submit(client, `${tables}/hall`, /\/hall$/, { voters: '31' });
  }
  await at('fixing');
  await submit(secretary, `${tables}/fix`, /\/fix$/);
}

/** Every wish on the first page of the list that may be decided is accepted. */
async function decideAll(secretary, area) {
  for (const proposal of await linked(secretary, `${area}/proposals`, /\/proposals\/[0-9A-Z]{13}$/)) {
    const [decide] = await linked(secretary, proposal, /\/decide$/);
    if (decide) {
      await submit(secretary, decide, /\/decide$/);
    }
  }
}

/** yunshan: every proposal is answered and priced, tables meet, and the round goes on to its vote. */
async function comeToTheVote(demo, seats, at) {
  const secretary = await as(demo, seats.officer('community_secretary', 'yunshan'));
  const area = await areaOf(secretary);
  const round = await currentRound(secretary, area);
  await decideAll(secretary, area);
  const worker = await as(demo, seats.officer('community_worker', 'yunshan'));
  await sendPriceBack(worker, secretary, at);
  await priceAll(worker, secretary, { cost: '12000' });
  for (let page = ''; !/\/rounds\/\w+\/poll"/.test(page); page = (await secretary.get(`${round}/console`)).text) {
    const board = (await secretary.get(`${round}/console`)).text;
    if (/\/shortlist"/.test(board) && !/action="[^"]*\/advance"/.test(board)) {
      await holdTables(worker, secretary, round, at);
    }
    await advance(secretary, round);
    await pledgeSome(demo, seats, secretary, round, at);
  }
}

/** One winner of guizhu needs its owners, who agree; a first record of that was wrong and is voided. */
async function askOwners(demo, seats, round) {
  const worker = await as(demo, seats.officer('community_worker', 'guizhu'));
  const page = await worker.get(`${round}/decisions/owners`);
  const [, needed] = page.text.match(/name="needed" value="([0-9A-Z]{13})"/);
  await submit(worker, `${round}/decisions/owners`, /\/owners$/, { needed });
  const figures = { members: '90', present: '70', yes: '50', no: '12', area_members: '9000', area_present: '7000', area_yes: '5100' };
  const record = () => submit(worker, `${round}/decisions/new?step=owners`, /\/new\?step=owners$/, { projects: needed, officers: '邬明远 业委会主任', residents: '阚长河、宣小雨', ...figures });
  const wrong = (await record()).location;
  await submit(worker, `${wrong}/void`, /\/void$/);
  await record();
}

const GOOD_ROLL = '姓名,手机号,楼栋,门牌,出生年月,居住情况\n阚长河,15400006101,4 号楼,3 单元 301,1961-04,户籍\n';
const NEXT_ROLL = '姓名,手机号,楼栋,门牌,出生年月,居住情况\n宣小雨,15400006102,4 号楼,3 单元 301,1963-11,户籍\n';

/** Roll files of guizhu: one taken in, one that may be, one with a bad row. */
async function bringRolls(demo, seats) {
  const worker = await as(demo, seats.officer('community_worker', 'guizhu'));
  const people = `${await areaOf(worker)}/people`;
  const bring = (bytes) => submit(worker, `${people}/import`, /\/people\/import$/, bytes && { file: bytes });
  const taken = (await bring(GOOD_ROLL)).location;
  await submit(worker, taken, /\/accept$/);
  await bring(NEXT_ROLL);
  await bring();
}

const CHAIN = '#接龙\n1. 阚长河 4栋 楼下添一张棋桌\n2. 宣小雨：菜场门口划几个停车位\n3. 阚长河 4栋 楼下再添一张棋桌\n4. 宣小雨：楼下添一张棋桌下棋\n';

/** One of three wishes for the same goes on in another, which gets an adviser. */
async function joinWishes(worker, area) {
  const alike = await linked(worker, `${area}/proposals?q=${encodeURIComponent('棋桌')}`, /\/proposals\/[0-9A-Z]{13}$/);
  await submit(worker, `${alike[0]}/merge`, /\/merge$/, { main: alike[1].slice(-13) });
  await submit(worker, `${alike[1]}/adviser`, /\/adviser$/);
}

/** A wish that is a department's duty by the responsibility list. */
async function passOn(worker, area) {
  const [wish] = await linked(worker, `${area}/proposals?q=${encodeURIComponent('邮局')}`, /\/proposals\/[0-9A-Z]{13}$/);
  await submit(worker, `${wish}/decide`, /\/decide$/, { decision: 'department', cost: '', reason: '路面和台阶由区城管局管，已经转过去。' });
}

/** yunshan: a chain taken in, two of its wishes joined, another chain waiting; a wish from the door. */
async function takeIn(demo, seats) {
  const worker = await as(demo, seats.officer('community_worker', 'yunshan'));
  const area = await areaOf(worker);
  const intake = `${area}/intake`;
  const paste = () => submit(worker, `${intake}/chain`, /\/intake\/chain$/, { text: CHAIN });
  const chain = (await paste()).location;
  const lines = (await worker.get(chain)).text.match(/name="lines" value="([0-9A-Z]{13})"/g).map((one) => one.slice(-14, -1));
  await submit(worker, chain, /\/take$/, { lines });
  await joinWishes(worker, area);
  await paste();
  await submit(worker, intake, /\/intake$/, { who_kind: 'nobody', who: '', phone: '', building: '', title: '', need: '邮局门前的台阶缺了一角，想补平。' });
  await passOn(worker, area);
  await submit(worker, intake, /\/intake$/, { who_kind: 'nobody', who: '', phone: '', building: '', title: '', need: '想在楼下添一个放快递的架子。' });
}

/** Answers by letter to those of a community who wait for one: written, not carried yet. Their proposals. */
async function writeLetters(worker, area, words) {
  const queue = `${await currentRound(worker, area)}/replies?state=`;
  const answers = await linked(worker, queue, /\/replies\/[0-9A-Z]{13}$/);
  for (const answer of answers) {
    await submit(worker, answer, /\/replies\//, { words, way: 'letter', delivered: [], on: '', then: 'queue' });
  }
  return answers.map((one) => one.slice(-13));
}

/** yunshan: answers as letters, one of them carried already. */
async function carryLetters(demo, seats) {
  const worker = await as(demo, seats.officer('community_worker', 'yunshan'));
  const area = await areaOf(worker);
  const [first] = await writeLetters(worker, area, '您说的事要业主共同决定，请先和业委会商量。');
  const page = `${await currentRound(worker, area)}/deliveries?way=letter`;
  await submit(worker, page, /\/deliveries\?/, { proposals: first, on: '' });
}

/** guizhu: a worker keeps out of its proposals. */
async function declareInterests(demo, seats) {
  const worker = await as(demo, seats.officer('community_worker', 'guizhu'));
  const proposals = await linked(worker, `${await areaOf(worker)}/proposals`, /\/proposals\/[0-9A-Z]{13}$/);
  for (const proposal of proposals) {
    await submit(worker, `${proposal}/screening`, /\/interest$/);
  }
}

/** guizhu: a form to be filled in on paper stands in its library. */
async function addPaper(demo, seats) {
  const worker = await as(demo, seats.officer('community_worker', 'guizhu'));
  await submit(worker, `${await areaOf(worker)}/documents/new`, /\/documents\/new$/, { kind: 'form', title: '微实事提议表', number: '', words: '', file: '%PDF-1.7 paper' });
}

/** guizhu: a training of its round has a file to take home. */
async function addTraining(demo, seats) {
  const worker = await as(demo, seats.officer('community_worker', 'guizhu'));
  const page = `${await currentRound(worker, await areaOf(worker))}/trainings/new`;
  await submit(worker, page, /\/trainings\/new$/, { subject: '怎样提建议', place: '活动室', hours: '19:00', trainer: '', document: '', file: '%PDF-1.7 paper' });
}

/** guizhu: the rating of its old round ends; the report on it is written and published. */
async function writeReport(demo, seats, at) {
  const secretary = await as(demo, seats.officer('community_secretary', 'guizhu'));
  const round = (await linked(secretary, `${await areaOf(secretary)}/rounds`, /\/rounds\/[0-9A-Z]{13}$/)).pop();
  await at('rated');
  await submit(secretary, `${round}/ratings/console`, /\/ratings\/close$/);
  await submit(secretary, `${round}/report/edit`, /\/report\/edit$/, { words: '扶手和灯都做完了，雨天晚上都好走；下一批早点问价。' });
  await at('drafted');
  await submit(secretary, `${round}/report/edit`, /\/report\/publish$/);
}

/** The district begins a programme of its own, not published yet. */
async function draftProgramme(demo, seats) {
  const officer = await as(demo, seats.officer('district_officer'));
  await submit(officer, `${await areaOf(officer)}/programmes/new`, /\/programmes\/new$/);
}

/** No round of the demonstration is of the template with a filing. The database is told that the old round of
 * guizhu, which is being rated, has come to one. */
function reopenForFiling(demo) {
  const sql = "UPDATE stage SET kind = 'file', name = '备案', gates = 'filed', state = 2 WHERE kind = 'evaluate' AND state = 2";
  execFileSync('sqlite3', ['-cmd', '.timeout 5000', demo.database, sql]);
}

/** guizhu: the projects of its old round are filed with the street, which returns one. */
async function fileOldRound(demo, seats, at) {
  reopenForFiling(demo);
  const secretary = await as(demo, seats.officer('community_secretary', 'guizhu'));
  const street = await as(demo, seats.officer('street_officer'));
  const area = await areaOf(secretary);
  const rounds = await linked(secretary, `${area}/rounds`, /\/rounds\/[0-9A-Z]{13}$/);
  const round = `${rounds.sort()[0]}/filing`;
  await at('unfiled');
  await submit(secretary, round, /\/filing$/);
  const late = "UPDATE filing_act SET acted_at = acted_at - 2592000000";
  execFileSync('sqlite3', ['-cmd', '.timeout 5000', demo.database, late]); // a month goes by without an answer
  const [project] = await linked(street, round, /\/proposals\/[0-9A-Z]{13}\/filing$/);
  await submit(street, `${project}/return`, /\/return$/, { ground: 'duplicate', clause: '', other: '云杉里的步道', over: '' });
}

/** at(name): called where the pages offer forms that are gone again at the end. */
async function liveOn(demo, seats, at = async () => {}) {
  await bringRolls(demo, seats);
  await takeIn(demo, seats);
  await carryLetters(demo, seats);
  await declareInterests(demo, seats);
  await draftProgramme(demo, seats);
  await addPaper(demo, seats);
  await addTraining(demo, seats);
  await at('brought');
  await comeToTheVote(demo, seats, at);
  const lived = await publishResult(demo, seats, at);
  await askOwners(demo, seats, lived.round);
  await writeReport(demo, seats, at);
  await at('reported');
  await fileOldRound(demo, seats, at);
  return lived;
}

module.exports = { liveOn, priceAll, decideAll, publishResult, as, areaOf, currentRound, linked, advance, moveClock, writeLetters };
