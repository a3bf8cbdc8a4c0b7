'use strict';
// A form of a page filled in as somebody might who has read it: what stands there is kept, empty
// fields get a plausible value of their kind.

const fs = require('fs');
const path = require('path');
const zlib = require('zlib');
const { root } = require('./demo');
const { formsOf } = require('./crawl');

const DAY_MS = 24 * 3600 * 1000;

function inDays(days) {
  return new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
}

function rollFile() {
  return fs.readFileSync(path.join(root, 'data/demo/roll_import.csv'));
}

function pngChunk(type, bytes) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), bytes]);
  let crc = 0xffffffff;
  for (const byte of body) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) {
      crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
  }
  const around = Buffer.alloc(8);
  around.writeUInt32BE(bytes.length, 0);
  around.writeUInt32BE((crc ^ 0xffffffff) >>> 0, 4);
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
}

/** A grey PNG of so many pixels each way. */
function pngFile(side = 16) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head[8] = 8; /* one byte a pixel, grey */
  const rows = Buffer.alloc(side * (side + 1), 0x80);
  for (let row = 0; row < side; row++) {
    rows[row * (side + 1)] = 0; /* no filter */
  }
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), pngChunk('IHDR', head),
    pngChunk('IDAT', zlib.deflateSync(rows)), pngChunk('IEND', Buffer.alloc(0))]);
}

/** What somebody would choose: one photo is enough, the other fields stay as a browser sends them
 * without a file; `file` takes a roll; everything else a paper. */
function chosenFile(name) {
  if (/^photo/.test(name)) {
    return [name === 'photo1' ? pngFile() : '', 'p.png'];
  }
  return name === 'file' ? [rollFile(), 'roll.csv'] : [Buffer.from('%PDF-1.7 paper'), 'paper.pdf'];
}

function plausible(field) {
  if (field.value !== '') {
    return field.value;
  }
  const byType = { tel: '15400008888', date: inDays(12), number: '12', textarea: '孩子放学后没有地方打球，想添一张能折叠的球台。' };
  const byMode = { numeric: '12', decimal: '1200', tel: '15400008888' };
  return byType[field.type] || byMode[field.inputMode] || '活动室添乒乓球台';
}

/** Names and values as a browser would send them; a file is [name, bytes, file name]. */
function fill(form, values = {}) {
  const pairs = [];
  const done = new Set();
  for (const field of form.fields.filter((one) => one.name)) {
    const isGroup = ['radio', 'checkbox', 'button'].includes(field.type);
    if (isGroup && done.has(field.name)) {
      continue;
    }
    done.add(field.name);
    if (field.name in values) {
      const name = field.type === 'file' ? ['roll.csv'] : [];
      [].concat(values[field.name]).forEach((value) => pairs.push([field.name, value, ...name]));
    } else if (isGroup) {
      const group = form.fields.filter((one) => one.name === field.name);
      const chosen = group.filter((one) => one.isChecked);
      (chosen.length > 0 ? chosen : group.slice(0, 1)).forEach((one) => pairs.push([one.name, one.value || 'on']));
    } else if (field.type === 'select') {
      pairs.push([field.name, field.value || field.options.find((option) => option !== '') || '']);
    } else if (field.type === 'file') {
      pairs.push([field.name, ...chosenFile(field.name)]);
    } else {
      pairs.push([field.name, field.type === 'hidden' ? field.value : plausible(field)]);
    }
  }
  return pairs;
}

function send(client, form, pairs) {
  return form.isMultipart ? client.postMultipart(form.action, pairs) : client.post(form.action, pairs);
}

/** The form of a page whose action matches; throws when the page has none. */
async function formOf(client, target, action) {
  const page = await client.get(target);
  const found = formsOf(page.text, target).find((form) => form.method === 'POST' && action.test(form.action));
  if (!found) {
    throw new Error(`${client.name}: ${target} (${page.status}) has no form for ${action}`);
  }
  return found;
}

/** Opens a page, fills its form, sends it: the answer, which must be a redirect. */
async function submit(client, target, action, values = {}) {
  const form = await formOf(client, target, action);
  const answer = await send(client, form, fill(form, values));
  if (answer.status !== 303) {
    const said = [...answer.text.matchAll(/role="alert"[^]*?<\/div>/g)].join(' ').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    throw new Error(`${client.name}: ${form.action} answered ${answer.status}: ${said.slice(0, 300)}`);
  }
  return answer;
}

module.exports = { fill, send, formOf, submit, rollFile, pngFile };
