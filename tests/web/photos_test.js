'use strict';
// Photos of a proposal over HTTP: brought with the form, shown, refused, hidden, taken away.

const { Demo, filledDemo } = require('./lib/demo');
const { Seats, signInAll } = require('./lib/seats');
const { areaOf } = require('./lib/later');
const { fill, formOf, pngFile } = require('./lib/fill');
const { formsOf } = require('./lib/crawl');
const report = require('./lib/report');

const HERE = 'yunshan';
const ROLES = ['nobody', 'resident_here', 'resident_elsewhere', 'worker_here', 'worker_elsewhere'];
const TITLE = '凉亭顶上漏雨想补一补';

function expect(problems, what, seen, wanted) {
  if (seen !== wanted) {
    problems.push(`${what}: ${seen}, not ${wanted}`);
  }
}

/** Sends the form of a page with these photos, [[field, bytes, name], …], and the rest filled in. */
async function sendWith(client, page, action, photos, values = {}) {
  const form = await formOf(client, page, action);
  const others = fill(form, values).filter(([name]) => !/^photo/.test(name));
  return client.postMultipart(form.action, others.concat(photos));
}

/** Addresses of the photos a page shows. */
function shownOn(page) {
  return [...page.text.matchAll(/<img src="(\/a\/\w+\/photos\/\w+)" width="\d+" height="\d+" loading="lazy" alt="([^"]+)"/g)];
}

async function refused(clients, area) {
  const resident = clients.get('resident_here');
  const good = pngFile(64);
  const cases = [
    ['a text', 'photo1', Buffer.from('no picture'), 422, 'proposal-photo1-error'],
    ['a page of HTML', 'photo2', Buffer.from('<!doctype html><script>1</script>'), 422, 'proposal-photo2-error'],
    ['a PNG cut short', 'photo1', good.subarray(0, good.length / 2), 422, 'proposal-photo1-error'],
    ['a file of 8 MB and a byte', 'photo3', Buffer.alloc(8 * 1024 * 1024 + 1, 0x20), 422, 'proposal-photo3-error'],
  ];
  for (const [what, field, bytes, status, place] of cases) {
    const problems = [];
    const answer = await sendWith(resident, `${area}/proposals/new`, /\/proposals$/, [[field, bytes, 'x.png']], { title: TITLE });
    expect(problems, 'status', answer.status, status);
    expect(problems, 'the error stands beside the field', answer.text.includes(`id="${place}"`), true);
    expect(problems, 'typed words are kept', answer.text.includes(`value="${TITLE}"`), true);
    report.check(`photos: ${what} is refused kindly`, problems);
  }
}

async function brought(clients, area) {
  const problems = [];
  const photos = ['photo1', 'photo2'].map((name) => [name, pngFile(64), 'yard.png']);
  const answer = await sendWith(clients.get('resident_here'), `${area}/proposals/new`, /\/proposals$/, photos, { title: TITLE, need: TITLE });
  expect(problems, 'the form is accepted', answer.status, 303);
  const target = String(answer.location).split('?')[0];
  const seen = shownOn(await clients.get('nobody').get(target));
  expect(problems, 'photos for everybody', seen.length, 2);
  expect(problems, 'words for a photo', seen.length > 0 && seen[0][2].includes(TITLE), true);
  const copy = await clients.get('nobody').get(seen[0] ? seen[0][1] : area);
  expect(problems, 'kind of the copy', copy.type, 'image/jpeg');
  report.check('photos: two photos come with a proposal', problems);
  return { target, photo: seen[0][1] };
}

async function guarded(clients, here, { target, photo }) {
  const problems = [];
  const elsewhere = await areaOf(clients.get('resident_elsewhere'));
  const get = async (role, address) => (await clients.get(role).get(address)).status;
  expect(problems, 'the same photo under another area', await get('nobody', photo.replace(here, elsewhere)), 404);
  expect(problems, 'the original, nobody', await get('nobody', `${photo}/original`), 303);
  expect(problems, 'the original, its proposer', await get('resident_here', `${photo}/original`), 404);
  expect(problems, 'the original, foreign staff', await get('worker_elsewhere', `${photo}/original`), 404);
  const original = await clients.get('worker_here').get(`${photo}/original`);
  expect(problems, 'the original, staff', original.body.equals(pngFile(64)), true);
  const page = await clients.get('worker_here').get(target);
  expect(problems, 'staff see the hash', /<dd class="hash">[0-9a-f]{64}</.test(page.text), true);
  expect(problems, 'others do not', /class="hash"/.test((await clients.get('nobody').get(target)).text), false);
  report.check('photos: originals are for the staff of the area', problems);
}

async function takenAway(clients, { target, photo }) {
  const problems = [];
  const page = await clients.get('nobody').get(target);
  expect(problems, 'a visitor is offered it', formsOf(page.text, target).some((form) => /photos\/remove/.test(form.action)), false);
  const form = await formOf(clients.get('resident_here'), target, /photos\/remove/);
  const answer = await clients.get('resident_here').post(form.action, fill(form));
  expect(problems, 'its proposer takes it away', answer.status, 303);
  expect(problems, 'it is gone', (await clients.get('nobody').get(photo)).status, 404);
  expect(problems, 'the other stays', shownOn(await clients.get('nobody').get(target)).length, 1);
  report.check('photos: a photo is taken away', problems);
}

async function hidden(clients, { target }) {
  const problems = [];
  const [[, photo]] = shownOn(await clients.get('nobody').get(target));
  const form = await formOf(clients.get('resident_here'), target, /withdraw/);
  expect(problems, 'withdrawn', (await clients.get('resident_here').post(form.action, fill(form))).status, 303);
  for (const address of [photo, `${photo}/thumb`]) {
    expect(problems, address, (await clients.get('nobody').get(address)).status, 404);
  }
  expect(problems, 'the original for staff', (await clients.get('worker_here').get(`${photo}/original`)).status, 200);
  report.check('photos: those of a withdrawn proposal are not public', problems);
}

async function main() {
  const filled = filledDemo();
  const demo = await new Demo(filled).start();
  const clients = await signInAll(demo, new Seats(filled), HERE, ROLES);
  const area = await areaOf(clients.get('resident_here'));
  await refused(clients, area);
  const made = await brought(clients, area);
  await guarded(clients, area, made);
  await takenAway(clients, made);
  await hidden(clients, made);
  await demo.stop();
}

main().catch((error) => report.fail('photos_are_probed_to_the_end', [error.stack])).finally(() => {
  process.exit(report.allGood() ? 0 : 1);
});
