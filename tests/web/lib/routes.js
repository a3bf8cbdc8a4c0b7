'use strict';
// The route table as the program prints it, and which row an address belongs to.

const { printedRoutes } = require('./demo');

function shape(pattern) {
  const source = pattern.split('/').map((part) =>
    /^\{\w+\}$/.test(part) ? '([^/]+)' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('/');
  return new RegExp(`^${source}$`);
}

/** Literal parts before parameters, as the router chooses. */
function rank(pattern) {
  return pattern.split('/').map((part) => (part.startsWith('{') ? '1' : '0')).join('');
}

function parseRoutes(text) {
  const rows = [];
  for (const line of text.split('\n')) {
    const [method, pattern, room, policy, form] = line.trim().split(/\s+/);
    if (method === 'GET' || method === 'POST') {
      rows.push({ method, pattern, room, policy, form: form || '', regexp: shape(pattern), rank: rank(pattern) });
    }
  }
  return rows.sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0));
}

class Routes {
  constructor(text = printedRoutes()) {
    this.rows = parseRoutes(text);
  }

  /** The row of a path (query and fragment aside), or undefined. */
  find(method, target) {
    const path = target.split(/[?#]/)[0];
    return this.rows.find((row) => row.method === method && row.regexp.test(path));
  }

  with(method) {
    return this.rows.filter((row) => row.method === method);
  }
}

/** "METHOD pattern": the name of a route in reports and in the matrix. */
function routeName(row) {
  return `${row.method} ${row.pattern}`;
}

module.exports = { Routes, routeName };
