'use strict';
// Which addresses there are: links followed from page to page, as one role, without a browser.

const { links, forms } = require('./html');

const PER_ROUTE = 25; /* addresses of one route that are opened */
const MAX_PAGES = 1000;

/** Addresses that change the visitor's own cookies or end the session are noted, not opened. */
const NOT_OPENED = new Set(['/look', '/zhangbei']);

/** A path inside the site, without fragment; null for anything else. */
function ownPath(href, base) {
  const origin = 'http://site.invalid';
  const url = new URL(href, origin + base);
  return url.origin === origin ? url.pathname + url.search : null;
}

/** The forms of a page, their actions as paths of the site. */
function formsOf(html, target) {
  return forms(html).map((form) => ({ ...form, action: ownPath(form.action || target, target) }));
}

class Crawl {
  constructor(client, routes) {
    this.client = client;
    this.routes = routes;
    this.visits = []; /* { target, route, status, type, html, forms } */
    this.unknown = []; /* links that belong to no route: { target, from } */
    this.counts = new Map();
    this.seen = new Set();
    this.queue = [];
  }

  add(href, from) {
    const target = ownPath(href, from);
    if (!target || this.seen.has(target)) {
      return;
    }
    this.seen.add(target);
    const route = this.routes.find('GET', target);
    if (!route) {
      if (!target.startsWith('/assets/')) {
        this.unknown.push({ target, from });
      }
      return;
    }
    const count = this.counts.get(route.pattern) || 0;
    this.counts.set(route.pattern, count + 1);
    if (count < PER_ROUTE && !NOT_OPENED.has(route.pattern)) {
      this.queue.push({ target, route, from });
    }
  }

  async visit({ target, route, from }) {
    const answer = await this.client.get(target);
    const isPage = answer.status === 200 && answer.type.startsWith('text/html');
    const visit = { target, route, from, status: answer.status, type: answer.type, html: answer.text, forms: [] };
    this.visits.push(visit);
    if (answer.location) {
      this.add(answer.location, target);
    }
    if (isPage) {
      visit.forms = formsOf(answer.text, target);
      links(answer.text).forEach((href) => this.add(href, target));
      visit.forms.filter((form) => form.method === 'GET').forEach((form) => this.add(form.action, target));
    }
  }

  async run(starts) {
    starts.forEach((start) => this.add(start, '/'));
    while (this.queue.length > 0 && this.visits.length < MAX_PAGES) {
      await this.visit(this.queue.shift());
    }
    return this;
  }
}

/** Every address a role finds by following links. */
function crawl(client, routes, starts = ['/', '/me', '/sign-in']) {
  return new Crawl(client, routes).run(starts);
}

module.exports = { crawl, ownPath, formsOf };
