'use strict';
// Answers by letter over HTTP: printed as one PDF, recorded in one go, taken back.

const { execFileSync } = require('child_process');
const { Demo, filledDemo } = require('./lib/demo');
const { Seats } = require('./lib/seats');
const { as, areaOf, currentRound, writeLetters } = require('./lib/later');
const { formOf, fill, submit } = require('./lib/fill');
const { links } = require('./lib/html');
const report = require('./lib/report');

const WORDS = '您说的事要业主共同决定，请先和业委会商量。';

function expect(problems, what, seen, wanted) {
  if (seen !== wanted) {
    problems.push(`${what}: ${seen}, not ${wanted}`);
  }
}

const ticksOf = (page) => [...page.text.matchAll(/name="proposals" value="([0-9A-Z]{13})"( checked)?/g)];

function wordsOf(pdf) {
  return execFileSync('pdftotext', ['-raw', '-', '-'], { input: pdf, encoding: 'utf8' }).replace(/\s/g, '');
}

async function main() {
  const filled = filledDemo();
  const demo = await new Demo(filled).start();
  const worker = await as(demo, new Seats(filled).officer('community_worker', 'yunshan'));
  const area = await areaOf(worker);
  const page = `${await currentRound(worker, area)}/deliveries?way=letter`;
  const letters = await writeLetters(worker, area, WORDS);
  let shown = await worker.get(page);

  await report.test('letters: what waits to be carried is listed, all of it ticked', async () => {
    const problems = [];
    expect(problems, 'letters', ticksOf(shown).map((one) => one[1]).join(), letters.join());
    expect(problems, 'ticked', ticksOf(shown).every((one) => one[2]), true);
    return problems;
  });

  await report.test('letters: one PDF has a page for each, with the words and the receipt', async () => {
    const problems = [];
    const sizes = links(shown.text).filter((href) => /letters\.pdf/.test(href)).map((href) => href.replace(/&amp;/g, '&'));
    expect(problems, 'sizes', sizes.length, 2);
    for (const href of sizes) {
      const pdf = await worker.get(href);
      expect(problems, 'type', pdf.type, 'application/pdf');
      const words = wordsOf(pdf.body);
      expect(problems, `answers in ${href}`, words.split(WORDS).length - 1, letters.length);
      expect(problems, `receipts in ${href}`, words.split('查询号').length - 1, letters.length);
    }
    return problems;
  });

  await report.test('letters: without who, or without a tick, nothing is recorded and the page says so', async () => {
    const problems = [];
    const form = await formOf(worker, page, /\/deliveries\?/);
    const first = [['proposals', letters[0]]];
    const kept = fill(form).filter(([name]) => name !== 'proposals');
    const nobody = await worker.post(form.action, first.concat(kept.map((pair) => (pair[0] === 'deliverer' ? ['deliverer', ''] : pair))));
    expect(problems, 'nobody', nobody.status, 422);
    expect(problems, 'place of the error', nobody.text.includes('id="reply_deliver-deliverer-error"'), true);
    expect(problems, 'ticks are kept', ticksOf(nobody).filter((one) => one[2]).map((one) => one[1]).join(), letters[0]);
    const none = await worker.post((await formOf(worker, page, /\/deliveries\?/)).action, fill(await formOf(worker, page, /\/deliveries\?/), { proposals: [] }));
    expect(problems, 'none', none.status, 422);
    expect(problems, 'all still wait', ticksOf(await worker.get(page)).length, letters.length);
    return problems;
  });

  await report.test('letters: those delivered are recorded in one go; the others wait on', async () => {
    const problems = [];
    const answer = await submit(worker, page, /\/deliveries\?/, { proposals: letters.slice(1), deliverer: '楼组长', on: '' });
    shown = await worker.get(answer.location);
    expect(problems, 'waiting', ticksOf(shown).map((one) => one[1]).join(), letters[0]);
    expect(problems, 'who', shown.text.includes('楼组长'), true);
    return problems;
  });

  await report.test('letters: what was recorded by mistake waits again', async () => {
    const problems = [];
    await submit(worker, page, /\/undo\?/);
    shown = await worker.get(page);
    expect(problems, 'waiting', ticksOf(shown).length, letters.length);
    expect(problems, 'nothing is left to take back', /\/undo\?/.test(shown.text), false);
    return problems;
  });

  await report.test('lists: the queue and the public answers are taken home as CSV, xlsx and PDF', async () => {
    const problems = [];
    const round = page.replace(/\/deliveries.*/, '');
    await submit(worker, page, /\/deliveries\?/, { proposals: letters[0], deliverer: '楼组长', on: '' });
    for (const list of [`${round}/replies?state=all`, `${round}/answers`]) {
      const files = links((await worker.get(list)).text).filter((href) => /format=/.test(href)).map((href) => href.replace(/&amp;/g, '&'));
      const starts = { csv: '\ufeff', xlsx: 'PK', pdf: '%PDF-' };
      expect(problems, `files of ${list}`, files.length, 3);
      for (const href of files) {
        const file = await worker.get(href);
        const start = starts[href.match(/format=(\w+)/)[1]];
        expect(problems, href, file.body.toString('utf8').startsWith(start), true);
      }
    }
    const own = (await worker.get(`${round}/replies?state=done&format=csv`)).text;
    expect(problems, 'staff see who told them', own.includes('楼组长'), true);
    expect(problems, 'the filter is kept', own.includes('待写'), false);
    const open = (await worker.get(`${round}/answers?format=csv`)).text;
    expect(problems, 'the words are public', open.includes(WORDS), true);
    expect(problems, 'who told them is not', open.includes('楼组长'), false);
    return problems;
  });
  await demo.stop();
}

main().catch((error) => report.fail('letters_are_followed_to_the_end', [error.stack])).finally(() => {
  process.exit(report.allGood() ? 0 : 1);
});
