'use strict';
// Debian's Chromium, one context a visitor; what a page says on its console or asks of other hosts
// is kept with it.

const fs = require('fs');
const path = require('path');
const { root } = require('./demo');

const EXECUTABLE = process.env.YZ_CHROMIUM || '/usr/bin/chromium';
const PHONE = { width: 360, height: 740 };

async function openBrowser() {
  if (!fs.existsSync(EXECUTABLE)) {
    throw new Error(`no browser at ${EXECUTABLE}: install the package chromium`);
  }
  const { chromium } = require(path.join(root, 'node_modules/playwright-core'));
  return chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
}

/** A context with the client's cookies and the asked look. */
async function openContext(browser, client, { mode = 'normal', lang = 'zh', theme = 'light', viewport = PHONE, hasScript = true } = {}) {
  const origin = client.where();
  const context = await browser.newContext({ viewport, javaScriptEnabled: hasScript, reducedMotion: 'reduce', locale: 'zh-CN' });
  const cookies = new Map(client.cookies);
  cookies.set('yz_mode', mode);
  cookies.set('yz_lang', lang);
  cookies.set('yz_theme', theme);
  cookies.delete('yz_notice');
  context.setDefaultTimeout(30000);
  await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: origin })));
  return context;
}

/** Listens to a page: returns a function that hands over what was heard since the last call. */
function listen(page, origin) {
  let heard = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) {
      heard.push(`console ${message.type()}: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => heard.push(`script error: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`)) {
      heard.push(`asks another host: ${request.url().slice(0, 100)}`);
    }
  });
  page.on('requestfailed', (request) => {
    const why = request.failure() ? request.failure().errorText : '';
    if (why !== 'net::ERR_ABORTED') { /* that is only a page left before its icon came */
      heard.push(`not loaded: ${request.url()} (${why})`);
    }
  });
  page.on('response', (answer) => {
    if (answer.status() >= 400 && answer.request().resourceType() !== 'document') {
      heard.push(`${answer.status()} for ${answer.url()}`);
    }
  });
  return () => {
    const all = heard;
    heard = [];
    return all;
  };
}

module.exports = { openBrowser, openContext, listen, PHONE };
