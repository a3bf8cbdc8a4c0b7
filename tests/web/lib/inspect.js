'use strict';
// What is looked at on a page that a browser shows. The functions whose names begin with `in` run
// inside the page and return sentences, one a problem.

const fs = require('fs');
const path = require('path');
const { root } = require('./demo');

const axeSource = fs.readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
const TALLEST = 12000;

/* istanbul ignore next */
function inPage({ care }) {
  const problems = [];
  const name = (el) => {
    const said = (el.getAttribute('aria-label') || el.innerText || el.name || el.id || '').trim();
    return `<${el.localName}${el.className && el.className.baseVal === undefined ? ` class="${el.className}"` : ''}> "${said.slice(0, 30).replace(/\s+/g, ' ')}"`;
  };
  const isShown = (el) => {
    const box = el.getBoundingClientRect();
    const style = getComputedStyle(el);
    return box.width > 0 && box.height > 0 && style.visibility !== 'hidden' && box.right > 0 && box.bottom + scrollY > 0;
  };

  const html = document.documentElement;
  if (!html.lang) { problems.push('<html> has no lang'); }
  if (!document.title.trim()) { problems.push('no title'); }
  const heads = [...document.querySelectorAll('h1')].filter(isShown);
  if (heads.length !== 1) { problems.push(`${heads.length} visible h1: ${heads.map(name).join(', ')}`); }

  if (html.scrollWidth > html.clientWidth) {
    const wide = [...document.body.querySelectorAll('*')].filter((el) => {
      const box = el.getBoundingClientRect();
      return box.right > html.clientWidth + 1 && isShown(el);
    }).slice(0, 3).map(name);
    problems.push(`scrolls sideways: ${html.scrollWidth} > ${html.clientWidth}; ${wide.join(', ')}`);
  }

  /* Numbers the machine sends itself are nothing to be asked. */
  for (const el of document.querySelectorAll('input[name=version]:not([type=hidden])')) {
    problems.push(`${name(el)} shows the machine's own number`);
  }

  /* A link inside a sentence is as tall as its line; everything else is a thing to press. */
  const isInSentence = (el) => {
    if (el.localName !== 'a' || getComputedStyle(el).display !== 'inline') { return false; }
    const around = [...el.parentNode.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join('');
    return /[\p{L}\p{N}]/u.test(around);
  };
  const press = document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary');
  for (const el of press) {
    if (!isShown(el) || isInSentence(el) || el.disabled) { continue; }
    const label = /^(checkbox|radio|file)$/.test(el.type) && el.closest('label');
    const box = (label || el).getBoundingClientRect();
    const isMain = care && el.matches('.weui-btn_main, .weui-btn_primary') && html.dataset.room !== 'desk';
    const least = isMain ? 60 : 44;
    if (box.height < least - 0.6 || box.width < 43.4) {
      problems.push(`${name(el)} is ${Math.round(box.width)} × ${Math.round(box.height)} px, not ${least}`);
    }
  }

  if (care) {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const small = new Map();
    while (walker.nextNode()) {
      const el = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !isShown(el) || el.closest('.sheet, .slip, script, style, option, svg[role=img]')) { continue; }
      const size = parseFloat(getComputedStyle(el).fontSize);
      if (size < 18.9 && !small.has(name(el))) { small.set(name(el), size); }
    }
    [...small].slice(0, 5).forEach(([who, size]) => problems.push(`${who} is ${size} px, not 19, in care mode`));
  }
  return problems;
}

/* istanbul ignore next */
async function inAxe({ care }) {
  const rules = care ? { 'color-contrast-enhanced': { enabled: true } } : {};
  const result = await window.axe.run(document, { resultTypes: ['violations'], rules });
  return result.violations.map((v) => {
    const where = v.nodes.slice(0, 3).map((n) => {
      const data = n.any[0] && n.any[0].data;
      const ratio = data && data.contrastRatio ? ` (${data.contrastRatio}:1 ${data.fgColor} on ${data.bgColor})` : '';
      return `${n.target.join(' ')}${ratio} ${n.html.slice(0, 110)}`;
    });
    return `axe ${v.id} (${v.nodes.length}): ${where.join(' | ')}`;
  });
}

/* istanbul ignore next */
function inFocusBegin() {
  const isTabbable = (el) => {
    const box = el.getBoundingClientRect();
    const style = getComputedStyle(el);
    if (el.disabled || el.tabIndex < 0 || box.width === 0 || style.visibility === 'hidden' || style.display === 'none' || !el.checkVisibility()) {
      return false;
    }
    if (el.type === 'radio') { /* one stop a group: the chosen one, or any */
      const group = [...document.querySelectorAll(`input[type=radio][name="${CSS.escape(el.name)}"]`)].filter((r) => r.form === el.form);
      return el === (group.find((r) => r.checked) || group[0]);
    }
    return true;
  };
  const parts = (el) => [el, el.nextElementSibling, el.parentElement].filter(Boolean);
  const look = (el) => parts(el).map((one) => {
    const s = getComputedStyle(one);
    return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor].join('|');
  });
  const controls = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')].filter(isTabbable);
  if (document.activeElement && document.activeElement !== document.body) { document.activeElement.blur(); }
  window.yzFocus = { controls, look, before: new Map(controls.map((el) => [el, look(el).join('¦')])), seen: new Set() };
  window.scrollTo(0, 0);
  return controls.length;
}

/* istanbul ignore next */
function inFocusStep() {
  const { controls, look, before, seen } = window.yzFocus;
  const el = document.activeElement;
  if (!el || el === document.body || el === document.documentElement) { return { isEnd: true, problems: [] }; }
  if (seen.has(el)) { /* a date field has several stops of its own; another one means a full turn */
    return { isEnd: el !== window.yzFocus.last, problems: [] };
  }
  window.yzFocus.last = el;
  seen.add(el);
  const name = `<${el.localName} class="${el.className}"> "${(el.innerText || el.name || '').trim().slice(0, 30)}"`;
  const problems = [];
  const isRinged = look(el).some((one) => {
    const [style, width] = one.split('|');
    return style !== 'none' && parseFloat(width) >= 2;
  });
  if (controls.includes(el) && !isRinged && before.get(el) === look(el).join('¦')) {
    problems.push(`${name} shows no focus`);
  }
  const boxes = [...el.getClientRects()].filter((box) => box.width > 0);
  const box = boxes[0] || el.getBoundingClientRect();
  const x = Math.min(box.left + box.width / 2, innerWidth - 1);
  const y = Math.min(box.top + Math.min(box.height, innerHeight) / 2, box.bottom - 1);
  if (y < 0 || y > innerHeight || x < 0) {
    problems.push(`${name} has the focus off screen (y ${Math.round(y)} of ${innerHeight})`);
  } else {
    const hit = document.elementFromPoint(x, y);
    const label = el.closest('label');
    if (!hit || !(hit === el || el.contains(hit) || hit.contains(el) || (label && label.contains(hit)))) {
      problems.push(`${name} has the focus under ${hit ? `<${hit.localName} class="${hit.className}">` : 'nothing'}`);
    }
  }
  return { isEnd: false, problems };
}

/* istanbul ignore next */
function inFocusEnd() {
  const { controls, seen } = window.yzFocus;
  return controls.filter((el) => !seen.has(el)).slice(0, 5).map((el) =>
    `<${el.localName} class="${el.className}"> "${(el.innerText || el.name || '').trim().slice(0, 30)}" is not reached by Tab`);
}

/** Layout, sizes and heading. */
function inspectLayout(page, care) {
  return page.evaluate(inPage, { care });
}

/** axe-core on the whole page, with the window as tall as it. */
async function inspectAxe(page, care) {
  const size = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: size.width, height: Math.min(Math.max(height, size.height), TALLEST) });
  await page.evaluate(axeSource);
  const problems = await page.evaluate(inAxe, { care });
  await page.setViewportSize(size);
  return problems;
}

/** Tab through the page: everything reached, with a ring, uncovered. */
async function inspectFocus(page) {
  const count = await page.evaluate(inFocusBegin);
  const problems = [];
  for (let i = 0; i < count + 40; i++) {
    await page.keyboard.press('Tab');
    const step = await page.evaluate(inFocusStep);
    problems.push(...step.problems);
    if (step.isEnd && i > 0) {
      break;
    }
  }
  problems.push(...(await page.evaluate(inFocusEnd)));
  return problems;
}

module.exports = { inspectLayout, inspectAxe, inspectFocus };
