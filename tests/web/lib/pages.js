'use strict';
// All pages of a served demonstration: found by links as each role; for a route that no link leads
// to, its address is put together from ids seen elsewhere and tried.

const { crawl, formsOf } = require('./crawl');


/** Ids by area and kind: "AREA rounds" → [id, …], in order; "rounds" is the part before the id. */
class Ids {
  constructor() {
    this.areas = new Set();
    this.known = new Map();
  }

  note(target) {
    const parts = target.split(/[?#]/)[0].split('/');
    if (parts[1] !== 'a' || !parts[2]) {
      return;
    }
    this.areas.add(parts[2]);
    for (let i = 4; i < parts.length; i++) {
      if (/^[0-9A-Z]{13}$/.test(parts[i])) {
        const key = `${parts[2]} ${parts[i - 1]}`;
        const list = this.known.get(key) || [];
        if (!list.includes(parts[i])) {
          list.push(parts[i]);
        }
        this.known.set(key, list.sort());
      }
    }
  }

  of(area, kind) {
    return this.known.get(`${area} ${kind}`) || [];
  }

  /** Every address of a pattern in one area; {word} is the first place of a list. */
  addresses(pattern, area) {
    const parts = pattern.split('/');
    const at = parts.findIndex((part) => part === '{id}');
    const base = pattern.replace('{area}', area).replace('{word}', '1');
    if (/\{id2\}/.test(pattern)) {
      return [];
    }
    return at < 0 ? [base] : this.of(area, parts[at - 1]).map((id) => base.replace('{id}', id));
  }
}

class Found {
  constructor(state, most) {
    this.state = state;
    this.most = most; /* addresses a route that are looked at in every setting */
    this.visits = []; /* pages that were shown: { role, client, target, route, html, key, state } */
    this.reached = new Set(); /* patterns that answered somebody with 200, or 303 where that is all */
    this.deadLinks = [];
    this.ids = new Ids();
  }

  take(role, client, visit) {
    if (visit.status === 200 || (visit.status === 303 && visit.route.policy === 'public')) {
      this.reached.add(visit.route.pattern);
    }
    if (visit.status === 200 && visit.type.startsWith('text/html')) {
      this.visits.push({ ...visit, role, client, key: visit.route.pattern, state: this.state });
    }
  }

  /** The form of any page that posts to this address. */
  formFor(target) {
    return this.visits.flatMap((visit) => visit.forms).find((form) => form.method === 'POST' && form.action === target);
  }

  /** The addresses of a pattern that one role's pages are at or send forms to. */
  ownAddresses(role, pattern, routes) {
    const own = this.visits.filter((visit) => visit.role === role);
    const at = own.filter((visit) => visit.key === pattern).map((visit) => visit.target);
    const sent = own.flatMap((visit) => visit.forms).map((form) => form.action)
      .filter((action) => (routes.find('POST', action) || {}).pattern === pattern);
    return [...at, ...sent];
  }

  keys() {
    return [...new Set(this.visits.map((visit) => visit.key))];
  }

  onePerRoute(role) {
    const first = new Map();
    for (const visit of this.visits.filter((one) => one.role === role)) {
      if (!first.has(visit.key)) {
        first.set(visit.key, visit);
      }
    }
    return [...first.values()];
  }

  /** For each route the addresses with the most forms, then the longest page. */
  mostToSee() {
    const chosen = [];
    for (const key of this.keys()) {
      const all = this.visits.filter((visit) => visit.key === key);
      const weight = (visit) => visit.forms.reduce((sum, form) => sum + form.fields.length, 0) * 2000 + visit.html.length;
      const targets = new Set();
      for (const visit of all.sort((a, b) => weight(b) - weight(a))) {
        if (targets.size < this.most && !targets.has(visit.target)) {
          targets.add(visit.target);
          chosen.push(visit);
        }
      }
    }
    return chosen;
  }
}

/** Routes without a link: the addresses that ids make, tried as everybody. */
async function tryUnlinked(clients, routes, found) {
  for (const route of routes.with('GET').filter((row) => !found.reached.has(row.pattern))) {
    const areas = route.pattern.includes('{area}') ? [...found.ids.areas] : [''];
    const targets = areas.flatMap((area) => found.ids.addresses(route.pattern, area));
    for (const target of targets) {
      for (const [role, client] of clients) {
        const cookies = new Map(client.cookies);
        const answer = await client.get(target);
        client.cookies = cookies; /* some addresses change the visitor's look */
        found.take(role, client, { target, route, status: answer.status, type: answer.type, html: answer.text, forms: formsOf(answer.text, target) });
      }
    }
  }
}

async function findPages(clients, routes, state, most) {
  const found = new Found(state, most);
  for (const [role, client] of clients) {
    const seen = await crawl(client, routes);
    for (const visit of seen.visits) {
      found.take(role, client, visit);
      found.ids.note(visit.target);
      visit.forms.forEach((form) => found.ids.note(form.action || ''));
      if (visit.status === 404 || visit.status >= 500) {
        found.deadLinks.push(`${role}: ${visit.status} for ${visit.target} linked from ${visit.from}`);
      }
    }
    seen.seen.forEach((target) => found.ids.note(target));
    seen.unknown.forEach((one) => found.deadLinks.push(`${role}: ${one.target} is no address of the program; linked from ${one.from}`));
  }
  await tryUnlinked(clients, routes, found);
  return found;
}

module.exports = { findPages, Ids };
