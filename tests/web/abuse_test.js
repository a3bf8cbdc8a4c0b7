'use strict';
// Every field of every form that pages offer, sent as nobody should: each answer must be clear
// (never 5xx, nothing of the program's inside, typed words escaped) and what is refused must leave
// no trace in the database.

const crypto = require('crypto');
const path = require('path');
const { execFileSync } = require('child_process');
const { Demo, filledDemo, temporaryDirectory } = require('./lib/demo');
const { Routes, routeName } = require('./lib/routes');
const { Seats, ROLES, signInAll } = require('./lib/seats');
const { findPages } = require('./lib/pages');
const { liveOn } = require('./lib/later');
const { tokenFor, makeToken } = require('./lib/token');
const { fill, send } = require('./lib/fill');
const report = require('./lib/report');

/* Of a roll file, rows are staged before the file has its own row: nobody sees them without it. */
const STAGED = ['roll_import_row'];
const UNCOUNTED = ['session', 'sign_in_try', 'submission', 'job', 'process_lease', 'journal_seal', 'journal_pending',
  'board_area', 'board_late', 'board_day']; // the last three: counted by a job
const INSIDE = /\b\w+\.(c|h|sql):\d+|Sanitizer|SQLITE_|sqlite3|panic:|SELECT .* FROM|\b0x[0-9a-f]{8,16}\b/;
const MARK = 'yzmark';
const SCRIPT = `<script>${MARK}(1)</script>`;
const QUOTE = `"'${MARK} onfocus="x&<b>${MARK}`;

/** name: what is done; values: how a field's pairs are replaced; isRefused: a 303 is no answer. */
const ABUSES = [
  { name: 'too long', values: () => ['长'.repeat(33334)], isRefused: (field) => field.type !== 'hidden' || /_id$|^id$/.test(field.name) },
  { name: 'of a wrong type', values: () => ['１２三x-;--'] },
  { name: 'missing', values: () => [], isRefused: (field) => field.isRequired },
  { name: 'empty', values: () => [''], isRefused: (field) => field.isRequired },
  { name: 'sent twice', values: (value) => [value, value], isRefused: (field) => !['checkbox'].includes(field.type) },
  { name: 'a script', values: () => [SCRIPT] },
  { name: 'quotes', values: () => [QUOTE] },
  { name: 'with NUL', values: (value) => [Buffer.from(`${value}\0x`)] },
  { name: 'not UTF-8', values: () => [Buffer.from([0x61, 0xff, 0xfe, 0xc3, 0x28])], isRefused: () => true },
  { name: 'a huge number', values: () => ['99999999999999999999999999'] },
  { name: 'negative', values: () => ['-1'] },
];

/** One hash a table of all that is in the database, the tables that live on their own aside. */
function digest(database, aside = UNCOUNTED) {
  const ask = (sql) => execFileSync('sqlite3', ['-readonly', database, sql], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const list = aside.map((name) => `'${name}'`).join(',');
  const tables = ask(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT IN (${list}) ORDER BY name`).trim().split('\n');
  const all = tables.map((name) => `SELECT '${name} ' || hex(sha3_query('SELECT * FROM "${name}"'));`).join('\n');
  return ask(all);
}

class Abuse {
  async prepare() {
    const filled = filledDemo();
    this.demo = await new Demo(filled).start();
    this.routes = new Routes();
    this.states = [];
    const seats = new Seats(filled);
    await this.keep('fresh', seats, ['guizhu', 'yunshan'], ROLES);
    const placesOf = { brought: ['guizhu', 'yunshan'], unsigned: ['yunshan'], tables: ['yunshan'], pledging: ['yunshan'], fixing: ['yunshan'] };
    const places = (name) => placesOf[name] || ['guizhu'];
    const staff = ['worker_here', 'secretary_here'];
    const roles = (name) => (name === 'pledging' ? [...staff, 'resident_here'] : staff);
    await liveOn(this.demo, seats, (name) => this.keep(name, seats, places(name), roles(name)));
    await this.keep('later', seats, ['guizhu', 'yunshan'], ROLES);
  }

  async keep(name, seats, places, roles) {
    const clients = new Map();
    for (const here of places) {
      (await signInAll(this.demo, seats, here, roles)).forEach((client, role) => clients.set(`${role} of ${here}`, client));
    }
    const found = await findPages(clients, this.routes, name, 1);
    const directory = path.join(temporaryDirectory(), name);
    await this.demo.keepAs(directory);
    this.states.push({ name, directory, found, clients });
  }

  /** One form for each POST route, with who sees it, by state. */
  forms() {
    const chosen = new Map();
    for (const state of this.states) {
      for (const visit of state.found.visits) {
        for (const form of visit.forms.filter((one) => one.method === 'POST')) {
          const route = this.routes.find('POST', form.action);
          const size = form.fields.length;
          const known = route && chosen.get(route.pattern);
          if (route && (!known || size > known.form.fields.length)) {
            chosen.set(route.pattern, { state, form, route, client: visit.client });
          }
        }
      }
    }
    return [...chosen.values()];
  }

  async enter(state) {
    await this.demo.restoreFrom(state.directory);
    this.state = state;
    this.secret = this.demo.secret();
    this.before = digest(this.demo.database);
  }
}

/** The pairs of a filled form with a new token. */
async function freshPairs(abuse, { client, route, form }) {
  const token = await tokenFor(client, abuse.secret, route.form);
  return fill(form).map((pair) => (pair[0] === '_token' ? ['_token', token] : pair));
}

async function post(client, form, pairs) {
  const cookies = new Map(client.cookies);
  const answer = await send(client, form, pairs);
  client.cookies = cookies; /* signing in or out must not change who asks next */
  return answer;
}

/** What any answer must be. */
function unclear(answer, what) {
  const problems = [];
  const isClear = answer.status === 200 || answer.status === 303 || (answer.status >= 400 && answer.status < 500);
  if (!isClear) { problems.push(`${what}: ${answer.status}`); }
  if (INSIDE.test(answer.text)) { problems.push(`${what}: the answer shows the inside: ${answer.text.match(INSIDE)[0]}`); }
  if (answer.text.includes(SCRIPT) || answer.text.includes(`<b>${MARK}`) || answer.text.includes(`"'${MARK}`)) {
    problems.push(`${what}: typed words come back unescaped`);
  }
  if (answer.status >= 400 && answer.text.replace(/<[^>]*>/g, '').trim().length < 10) {
    problems.push(`${what}: ${answer.status} without a sentence`);
  }
  return problems;
}

/** After an accepted form: the page it leads to shows the words escaped; then all is put back. */
async function afterAccepted(abuse, entry, answer, what) {
  const problems = [];
  if (answer.location && answer.location.startsWith('/')) {
    const next = await entry.client.get(answer.location);
    problems.push(...unclear(next, `${what}, then ${answer.location}`));
  }
  await abuse.enter(entry.state);
  return problems;
}

/** Sends one variant. Answers problems; `settled` is called when a refusal must have left no trace. */
async function attempt(abuse, entry, pairs, what, isRefused) {
  const answer = await post(entry.client, entry.form, pairs);
  const problems = unclear(answer, what);
  if (isRefused && answer.status < 400) {
    problems.push(`${what}: ${answer.status}, should be refused`);
  }
  if (answer.status >= 400) {
    return problems;
  }
  const hasLeft = /yz_session=[^;]*;.*Max-Age=0/.test(String(answer.headers['set-cookie']));
  if (!hasLeft && digest(abuse.demo.database) === abuse.before) {
    return problems;
  }
  return problems.concat(await afterAccepted(abuse, entry, answer, what));
}

/** After a row of refusals nothing may be different. */
function traces(abuse, what) {
  const now = digest(abuse.demo.database);
  if (now === abuse.before) {
    return [];
  }
  const old = new Set(abuse.before.split('\n'));
  const changed = now.split('\n').filter((line) => !old.has(line)).map((line) => line.split(' ')[0]);
  abuse.before = now;
  return [`${what}: something was refused and yet changed ${changed.join(', ')}`];
}

function replaced(pairs, field, values) {
  const others = pairs.filter(([name]) => name !== field.name);
  const own = pairs.find(([name]) => name === field.name) || [field.name, ''];
  return others.concat(values.map((value) => (own.length > 2 ? [own[0], value, own[2]] : [field.name, value])));
}

async function abuseField(abuse, entry, field) {
  const problems = [];
  for (const one of ABUSES) {
    const pairs = await freshPairs(abuse, entry);
    const [, value = ''] = pairs.find(([name]) => name === field.name) || [];
    const isMeant = Buffer.isBuffer(value) && ['of a wrong type', 'a huge number'].includes(one.name);
    if (!isMeant) {
      const what = `"${field.name}" ${one.name}`;
      problems.push(...(await attempt(abuse, entry, replaced(pairs, field, one.values(value)), what, one.isRefused && one.isRefused(field))));
    }
  }
  return problems.concat(traces(abuse, `"${field.name}"`));
}

/** The token itself: absent, of another form, of another visitor, changed, used. */
async function abuseToken(abuse, entry) {
  const problems = [];
  const { client, route } = entry;
  const binding = client.cookies.get('yz_session') || client.cookies.get('yz_seed');
  const good = await freshPairs(abuse, entry);
  const withToken = (token) => good.filter(([name]) => name !== '_token').concat(token === null ? [] : [['_token', token]]);
  const bad = {
    'no token': null,
    'an empty token': '',
    'a token of another form': makeToken(abuse.secret, binding, 'another'),
    'a token of another visitor': makeToken(abuse.secret, 'somebodyelse', route.form),
    'a token of another installation': makeToken(crypto.randomBytes(32), binding, route.form),
    'a long token': 'x'.repeat(5000),
  };
  for (const [what, token] of Object.entries(bad)) {
    problems.push(...(await attempt(abuse, entry, withToken(token), what, true)));
  }
  return problems.concat(traces(abuse, 'the token'));
}

/** The same form twice with one token: the second changes nothing more. */
async function abuseUsedToken(abuse, entry) {
  const pairs = await freshPairs(abuse, entry);
  const first = await post(entry.client, entry.form, pairs);
  if (first.status !== 303) {
    return [];
  }
  const aside = UNCOUNTED.concat(STAGED);
  const between = digest(abuse.demo.database, aside);
  const second = await post(entry.client, entry.form, pairs);
  const problems = unclear(second, 'a used token');
  if (digest(abuse.demo.database, aside) !== between) {
    problems.push('a used token: the form was carried out twice');
  }
  await abuse.enter(entry.state);
  return problems;
}

/** Fields nobody asked for, a body that is no form. */
async function abuseBody(abuse, entry) {
  const problems = [];
  const pairs = await freshPairs(abuse, entry);
  problems.push(...(await attempt(abuse, entry, pairs.concat([['is_admin', '1'], ['area', '1']]), 'extra fields', false)));
  const bodies = {
    'a broken escape': ['_token=%zz&%', 'application/x-www-form-urlencoded'],
    'JSON': ['{"a":1}', 'application/json'],
    'a broken multipart body': ['--x\r\nContent-Disp', 'multipart/form-data; boundary=x'],
    'nothing': ['', 'application/x-www-form-urlencoded'],
    'two thousand fields': [Array.from({ length: 2000 }, (_, i) => `f${i}=1`).join('&'), 'application/x-www-form-urlencoded'],
  };
  for (const [what, [body, type]] of Object.entries(bodies)) {
    const answer = await entry.client.request('POST', entry.form.action, body, { 'Content-Type': type });
    problems.push(...unclear(answer, what));
    if (answer.status < 400) { problems.push(`${what}: ${answer.status}, should be refused`); }
  }
  const foreign = await entry.client.request('POST', entry.form.action, '_token=x', {
    'Content-Type': 'application/x-www-form-urlencoded', Origin: 'http://elsewhere.invalid',
  });
  if (foreign.status !== 403 && foreign.status !== 415) { problems.push(`a foreign origin: ${foreign.status}`); }
  return problems.concat(traces(abuse, 'the body'));
}

async function main() {
  const abuse = new Abuse();
  await abuse.prepare();
  const entries = abuse.forms();
  const seen = new Set(entries.map((entry) => entry.route.pattern));
  const unseen = abuse.routes.with('POST').filter((route) => !seen.has(route.pattern));
  report.check('every_POST_route_has_a_form_on_some_page', unseen.map((route) => `no page has a form for ${routeName(route)}`));
  for (const entry of entries) {
    await report.test(`abuse of the form ${entry.route.form} (${entry.route.pattern})`, async () => {
      await abuse.enter(entry.state);
      const names = new Set();
      const fields = entry.form.fields.filter((field) => field.name && field.name !== '_token' && !names.has(field.name) && names.add(field.name));
      const problems = [];
      for (const field of fields) {
        problems.push(...(await abuseField(abuse, entry, field)));
      }
      problems.push(...(await abuseToken(abuse, entry)), ...(await abuseBody(abuse, entry)));
      return problems.concat(await abuseUsedToken(abuse, entry));
    });
  }
  await abuse.demo.stop();
  report.check('the_server_logged_no_error_under_abuse',
    abuse.demo.logLines().filter((line) => line.level === 'error').slice(0, 10).map((line) => JSON.stringify(line)));
}

main().catch((error) => report.fail('the_forms_are_abused_to_their_end', [error.stack])).finally(() => {
  process.exit(report.allGood() ? 0 : 1);
});
