'use strict';
// Server time of every page of a round with many proposals and people: the addresses the small
// demonstration's links lead each role to, asked of the grown one, by the log's own clock.
// usage: node bench/pages.js [PEOPLE PROPOSALS TIMES]; run on a quiet machine.

const path = require('path');
const { execFileSync } = require('child_process');
const { Demo, filledDemo, root } = require('../tests/web/lib/demo');
const { Routes } = require('../tests/web/lib/routes');
const { Seats, ROLES, signInAll } = require('../tests/web/lib/seats');
const { crawl } = require('../tests/web/lib/crawl');

const [people, proposals, times] = [50000, 5000, 9].map((usual, i) => Number(process.argv[2 + i] || usual));
const ADDRESSES = 2; /* of a route, for each role */
const WANTED_MS = 50;

function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** { role, target, pattern } that small pages lead to, in both communities. */
async function addresses(demo, seats, routes) {
  const list = [];
  for (const here of ['guizhu', 'yunshan']) {
    for (const [role, client] of await signInAll(demo, seats, here)) {
      const counts = new Map();
      for (const visit of (await crawl(client, routes)).visits) {
        const n = counts.get(visit.route.pattern) || 0;
        if (visit.status === 200 && n < ADDRESSES) {
          counts.set(visit.route.pattern, n + 1);
          list.push({ here, role, target: visit.target, pattern: visit.route.pattern, type: visit.type });
        }
      }
    }
  }
  return list;
}

/** Microseconds of the request that is logged next after `from`. */
async function timed(demo, client, target) {
  const from = demo.logText.length;
  const answer = await client.get(target);
  for (;;) {
    const found = demo.logText.slice(from).match(/"event":"request".*?"us":(\d+)/);
    if (found) {
      return { us: Number(found[1]), status: answer.status, bytes: answer.text.length };
    }
    await new Promise((later) => setTimeout(later, 1));
  }
}

async function measure(demo, seats, list) {
  const rows = new Map();
  for (const here of ['guizhu', 'yunshan']) {
    const clients = await signInAll(demo, seats, here);
    for (const one of list.filter((each) => each.here === here)) {
      const isPage = one.type.startsWith('text/html');
      const row = rows.get(one.pattern) || { pattern: one.pattern, us: [], bytes: 0, isPage, worst: 0 };
      for (let i = 0; i < (isPage ? times : 1); i++) {
        const got = await timed(demo, clients.get(one.role), one.target);
        if (got.status === 200) {
          row.us.push(got.us);
          row.bytes = Math.max(row.bytes, got.bytes);
          if (got.us > row.worst) {
            row.worst = got.us;
            row.who = `${one.role} ${here}`;
          }
        }
      }
      rows.set(one.pattern, row);
    }
  }
  return [...rows.values()].filter((row) => row.us.length > 0);
}

function print(rows) {
  const all = rows.filter((row) => row.isPage).flatMap((row) => row.us).sort((a, b) => a - b);
  console.log(`pages ${rows.filter((row) => row.isPage).length}, requests ${all.length}, p50 ${(quantile(all, 0.5) / 1000).toFixed(1)} ms, ` +
    `p95 ${(quantile(all, 0.95) / 1000).toFixed(1)} ms, slowest ${(all[all.length - 1] / 1000).toFixed(1)} ms`);
  rows.forEach((row) => { row.us.sort((a, b) => a - b); row.p95 = quantile(row.us, 0.95); });
  rows.sort((a, b) => b.p95 - a.p95);
  console.log('| page | n | p50 ms | p95 ms | kB | slowest for |\n|---|---|---|---|---|---|');
  rows.filter((row) => process.env.YZ_ALL === '1' || row.p95 > 5000).forEach((row) => {
    const late = row.isPage && row.p95 > WANTED_MS * 1000 ? ' **late**' : row.isPage ? '' : ' (file)';
    console.log(`| \`${row.pattern}\`${late} | ${row.us.length} | ${(quantile(row.us, 0.5) / 1000).toFixed(1)} | ${(row.p95 / 1000).toFixed(1)} | ` +
      `${(row.bytes / 1000).toFixed(0)} | ${row.who} |`);
  });
}

async function main() {
  const routes = new Routes();
  const small = await new Demo(filledDemo()).start();
  const seats = new Seats(small.directory);
  const list = await addresses(small, seats, routes);
  await small.stop();
  execFileSync(path.join(root, 'build/bench/bench'), ['grow', small.directory, String(people), String(proposals)], { stdio: 'inherit' });
  await small.start();
  print(await measure(small, seats, list));
  await small.stop();
}

main().catch((problem) => { console.error(problem); process.exit(1); });
