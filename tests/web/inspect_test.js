'use strict';
// That the walk can fail: a page on which everything is wrong, and one on which nothing is.

const http = require('http');
const { openBrowser, listen } = require('./lib/browser');
const { inspectLayout, inspectAxe, inspectFocus } = require('./lib/inspect');
const report = require('./lib/report');

const GOOD = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>一页</title><style>body{font-size:22px;color:#000;background:#fff}a,button{display:inline-block;min-width:60px;min-height:60px;color:#000;font-size:22px}
:focus{outline:3px solid #000}</style></head><body><main><h1>一页</h1><p><a href="/x">去别处</a> <button>按</button></p></main></body></html>`;

/** Each breaks the good page in one way; finds: what must be said about it. */
const FAULTS = [
  { name: 'scrolls sideways', html: GOOD.replace('<p>', '<p style="width:900px">'), finds: /scrolls sideways/ },
  { name: 'has no h1', html: GOOD.replace(/h1>/g, 'h2>'), finds: /0 visible h1/ },
  { name: 'has no language', html: GOOD.replace(' lang="zh-CN"', ''), finds: /no lang/ },
  { name: 'has no title', html: GOOD.replace('<title>一页</title>', ''), finds: /no title/ },
  { name: 'has a small control', html: GOOD.replace('<button>', '<button style="min-height:20px;height:20px">'), finds: /× 20 px, not 44/ },
  { name: 'has small words', html: GOOD.replace('<p>', '<p style="font-size:15px">小字'), finds: /is 15 px, not 19/ },
  { name: 'is pale', html: GOOD.replace('<p>', '<p style="color:#666">这几个字太淡了'), finds: /color-contrast-enhanced/ },
  { name: 'has a picture without words', html: GOOD.replace('<p>', '<p><img src="/a.png">'), finds: /image-alt/ },
  { name: 'shows no focus', html: GOOD.replace('outline:3px solid #000', 'outline:none'), finds: /shows no focus/ },
  { name: 'hides the focus under a bar', html: GOOD.replace('</main>', '</main><div style="position:fixed;top:0;left:0;right:0;height:700px;background:#fff"></div>'), finds: /has the focus under/ },
  { name: 'asks for the version', html: GOOD.replace('<p>', '<p><label>版本 <input name="version"></label>'), finds: /shows the machine's own number/ },
  { name: 'catches Tab', html: GOOD.replace('</body>', '<script>addEventListener("focusin",function(){document.querySelector("a").focus()})</script></body>'), finds: /not reached by Tab/ },
  { name: 'asks another host', html: GOOD.replace('<p>', '<p><img alt="x" src="http://127.0.0.2:9/x.png">'), finds: /asks another host/ },
  { name: 'has an error in its script', html: GOOD.replace('</body>', '<script>nothing()</script></body>'), finds: /script error/ },
];

async function lookAt(browser, origin, path) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  const heard = listen(page, origin);
  await page.goto(origin + path);
  const found = [
    ...(await inspectLayout(page, true)), ...(await inspectAxe(page, true)), ...(await inspectFocus(page)), ...heard(),
  ];
  await context.close();
  return found;
}

async function main() {
  const pages = [GOOD, ...FAULTS.map((fault) => fault.html)];
  const server = http.createServer((request, answer) => {
    const html = pages[Number(request.url.slice(1))];
    answer.writeHead(html ? 200 : 204, { 'Content-Type': 'text/html; charset=utf-8' });
    answer.end(html);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const browser = await openBrowser();
  await report.test('a_good_page_has_nothing_wrong_with_it', () => lookAt(browser, origin, '/0'));
  for (const [i, fault] of FAULTS.entries()) {
    await report.test(`it_is_found_when_a_page_${fault.name.replace(/ /g, '_')}`, async () => {
      const found = await lookAt(browser, origin, `/${i + 1}`);
      return found.some((one) => fault.finds.test(one)) ? [] : [`not found; only: ${found.join(' | ')}`];
    });
  }
  await browser.close();
  server.close();
}

main().catch((error) => report.fail('the_inspection_is_tried', [error.stack])).finally(() => {
  process.exit(report.allGood() ? 0 : 1);
});
