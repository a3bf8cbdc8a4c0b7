'use strict';
// Every route × every role against the statuses of matrix.csv, which people keep: a new route fails
// here until somebody has decided who gets what. POSTs carry a believed form token and
// nothing else, or, at a place that says `filled`, what the page's own form offers.
// YZ_MATRIX_OUT=FILE writes what was seen, for looking at; it is never read.

const fs = require('fs');
const path = require('path');
const { Demo, filledDemo, temporaryDirectory } = require('./lib/demo');
const { Routes, routeName } = require('./lib/routes');
const { Seats, ROLES, COMMUNITIES, signInAll } = require('./lib/seats');
const { findPages } = require('./lib/pages');
const { liveOn, areaOf } = require('./lib/later');
const { fill, send } = require('./lib/fill');
const { tokenFor } = require('./lib/token');
const report = require('./lib/report');

const FILE = path.join(__dirname, 'matrix.csv');
const HEAD = ['method', 'route', 'where', ...ROLES];
const UPLOADS = new Set(['import', 'proposal', 'proposal-edit', 'estimate']);

/** Rows of the file: { name, place, expected: { role: status }, line }. */
function readMatrix() {
  const lines = fs.readFileSync(FILE, 'utf8').split('\n');
  const rows = [];
  lines.forEach((text, i) => {
    if (text.trim() === '' || text.startsWith('#') || text.startsWith('method,')) {
      return;
    }
    const cells = text.split(',').map((cell) => cell.trim());
    const expected = Object.fromEntries(ROLES.map((role, at) => [role, cells[at + 3]]));
    rows.push({ name: `${cells[0]} ${cells[1]}`, place: cells[2], expected, line: i + 1, width: cells.length });
  });
  return rows;
}

/** What the served demonstrations offer to be asked: two states, each with everybody signed in as
 * seen from each community, kept so that a change can be undone. */
class Worlds {
  async prepare(filled) {
    this.demo = await new Demo(filled).start();
    this.seats = new Seats(filled);
    this.routes = new Routes();
    this.states = {};
    this.areas = {};
    await this.keep('fresh');
    await liveOn(this.demo, this.seats);
    await this.keep('later');
    this.state = 'later';
  }

  /** Signs everybody in, as seen from each community, notes all ids and forms, keeps a copy. */
  async keep(name) {
    const state = { clients: {}, directory: path.join(temporaryDirectory(), name) };
    const every = new Map();
    for (const here of Object.keys(COMMUNITIES)) {
      state.clients[here] = await signInAll(this.demo, this.seats, here);
      state.clients[here].forEach((client, role) => every.set(`${role} of ${here}`, client));
      this.areas[here] = (await areaOf(state.clients[here].get('resident_here'))).slice('/a/'.length);
    }
    state.found = await findPages(every, this.routes, name, 1);
    await this.demo.keepAs(state.directory);
    this.states[name] = state;
  }

  async enter(state) {
    if (this.state !== state) {
      this.state = state;
      await this.demo.restoreFrom(this.states[state].directory);
    }
  }

  /** The address of a route at a place: a community; `later` is the second state; of several things
   * the newest is meant, else the `oldest`, or the one on the resident's `own` pages. */
  address(pattern, place) {
    const words = place.split(' ');
    const state = words.includes('later') ? 'later' : 'fresh';
    const here = words[0];
    const { found } = this.states[state];
    const all = words.includes('own') ? found.ownAddresses(`resident_here of ${here}`, pattern, this.routes)
      : found.ids.addresses(pattern, this.areas[here]);
    const target = words.includes('oldest') ? all[0] : all[all.length - 1];
    return { here, state, target, isFilled: words.includes('filled') };
  }
}

/** Sends one request as one role; a POST that was accepted is undone. */
async function probe(worlds, row, route, role) {
  const { here, state, target, isFilled } = worlds.address(route.pattern, row.place);
  if (!target) {
    return { status: 'nowhere' };
  }
  await worlds.enter(state);
  const client = worlds.states[state].clients[here].get(role);
  if (route.method === 'GET') {
    return client.get(target);
  }
  const token = ['_token', await tokenFor(client, worlds.demo.secret(), route.form)];
  const form = isFilled && worlds.states[state].found.formFor(target);
  if (isFilled && !form) {
    return { status: 'formless' };
  }
  const cookies = new Map(client.cookies);
  const answer = await (form
    ? send(client, form, fill(form).map((pair) => (pair[0] === '_token' ? token : pair)))
    : send(client, { action: target, isMultipart: UPLOADS.has(route.form) }, [token]));
  client.cookies = cookies;
  if (answer.status < 400) {
    await worlds.demo.restoreFrom(worlds.states[state].directory);
  }
  return answer;
}

/** A refusal must be in the log under the request's id. The policy's verdicts are; what a use case
 * refuses because of the state of things is no refusal of a person. */
function unlogged(worlds, asked) {
  const refused = new Set(worlds.demo.logLines().filter((line) => line.event === 'refused').map((line) => line.id));
  return asked.filter((one) => !refused.has(one.id)).map((one) => `${one.what}: ${one.status}, but no "refused" line in the log`);
}

async function probeRow(worlds, row, route, refusals) {
  const problems = [];
  const seen = [];
  for (const role of ROLES) {
    const answer = await probe(worlds, row, route, role);
    seen.push(answer.status);
    if (String(answer.status) !== row.expected[role]) {
      problems.push(`${role}: ${answer.status}, matrix.csv line ${row.line} says ${row.expected[role]}`);
    }
    const isKept = route.policy !== 'public' && [401, 403, 404].includes(answer.status);
    if (isKept) {
      refusals.push({ what: `${role} ${row.name}`, status: answer.status, id: answer.id });
    }
    if (answer.status >= 500) {
      problems.push(`${role}: ${answer.status}`);
    }
  }
  const [method, pattern] = row.name.split(' ');
  return { problems, line: [method, pattern, row.place, ...seen].join(',') };
}

/** The lines to add or to take away. */
function missingAndStale(rows, routes) {
  const known = new Set(rows.map((row) => row.name));
  const real = new Set(routes.rows.map(routeName));
  const missing = routes.rows.filter((route) => !known.has(routeName(route)))
    .map((route) => `add to matrix.csv and review: ${route.method},${route.pattern},guizhu,${ROLES.map(() => '?').join(',')}`);
  const stale = rows.filter((row) => !real.has(row.name)).map((row) => `line ${row.line}: ${row.name} is no route; take it out`);
  const odd = rows.filter((row) => row.width !== HEAD.length).map((row) => `line ${row.line}: ${row.width} columns, not ${HEAD.length}`);
  return [...missing, ...stale, ...odd];
}

/** Acts on a round or on what is in it that are open to a street officer and not to residents. The
 * offices above guide and record: what was chosen they never approve, replace or put in another order. */
const STREET_ACTS = [
  'POST /a/{area}/proposals/{id}/filing/return',
  'POST /a/{area}/proposals/{id}/interest',
  'POST /a/{area}/proposals/{id}/interest/end',
  'POST /a/{area}/rounds/{id}/filing/receive',
  'POST /a/{area}/rounds/{id}/waive', /* of a district officer: refused to the street once it is filled */
];
const NOT_ON_ROUNDS = /^POST \/(me|a\/\{area\}\/(documents|duties|intake|library|people|programmes|staff))\b/;

function streetActs(rows) {
  const isShut = (status) => ['401', '403', '404'].includes(status);
  const open = new Set(rows.filter((row) => row.name.startsWith('POST ') && !NOT_ON_ROUNDS.test(row.name) &&
    !isShut(row.expected.street_officer) && isShut(row.expected.resident_here)).map((row) => row.name));
  return [...open].filter((name) => !STREET_ACTS.includes(name)).map((name) => `a street officer may ${name}`)
    .concat(STREET_ACTS.filter((name) => !open.has(name)).map((name) => `a street officer may not ${name} any more`));
}

async function main() {
  const worlds = new Worlds();
  await worlds.prepare(filledDemo());
  const rows = process.env.YZ_MATRIX_ALL ? worlds.routes.rows.map((r) => ({ name: routeName(r), place: 'guizhu', expected: {}, line: 0, width: HEAD.length })) : readMatrix();
  report.check('every_route_has_its_line_in_the_matrix', missingAndStale(rows, worlds.routes));
  report.check('the_street_receives_and_returns_and_has_no_other_act_on_a_round', streetActs(rows));
  const refusals = [];
  const lines = [HEAD.join(',')];
  for (const row of rows) {
    const route = worlds.routes.rows.find((one) => routeName(one) === row.name);
    if (route) {
      const { problems, line } = await probeRow(worlds, row, route, refusals);
      lines.push(line);
      report.check(`matrix ${row.name} at ${row.place}`, problems);
    }
  }
  await worlds.demo.stop();
  report.check('every_refusal_is_in_the_log', unlogged(worlds, refusals));
  report.check('some_refusals_were_seen', refusals.length > 50 ? [] : [`only ${refusals.length}`]);
  if (process.env.YZ_MATRIX_OUT) {
    fs.writeFileSync(process.env.YZ_MATRIX_OUT, `${lines.join('\n')}\n`);
  }
}

main().catch((error) => report.fail('the_matrix_is_probed_to_its_end', [error.stack])).finally(() => {
  process.exit(report.allGood() ? 0 : 1);
});
