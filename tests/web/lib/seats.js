'use strict';
// Who the tests sign in as: read from the printed sheet of the demonstration (codes.txt) and its
// list of staff. Roles are seen from one community ("here"); the other is "elsewhere".

const fs = require('fs');
const path = require('path');
const { Client } = require('./client');
const { forms } = require('./html');
const { root } = require('./demo');

const COMMUNITIES = { guizhu: '桂竹社区', yunshan: '云杉社区' };

/** Columns of matrix.csv, and the roles of the walk. */
const ROLES = [
  'nobody', 'resident_here', 'resident_elsewhere', 'worker_here', 'worker_elsewhere', 'secretary_here',
  'street_officer', 'district_officer', 'supervisor', 'auditor', 'administrator',
];

/** [{ area, name, code, tries }] and { login: password } of the sheet. */
function readSheet(directory) {
  const residents = [];
  const passwords = {};
  const lines = fs.readFileSync(path.join(directory, 'codes.txt'), 'utf8').split('\n');
  lines.forEach((line, i) => {
    const resident = line.match(/^\s+(\d{4} \d{4} \d{4} \d{4})\s+(\S+)\s+(\S+)/);
    const staff = line.match(/^\s+(\S+)\s+(\w{4}-\w{4}-\w{4})\s/);
    if (resident) {
      residents.push({ code: resident[1], area: resident[2], name: resident[3], tries: lines[i + 1] || '' });
    } else if (staff) {
      passwords[staff[1]] = staff[2];
    }
  });
  return { residents, passwords };
}

/** [{ login, role, area }] of data/demo/staff.tsv. */
function readStaff() {
  const lines = fs.readFileSync(path.join(root, 'data/demo/staff.tsv'), 'utf8').split('\n')
    .filter((line) => line && !line.startsWith('#')).map((line) => line.split('\t'));
  const [head, ...rows] = lines;
  return rows.map((cells) => Object.fromEntries(head.map((name, i) => [name, cells[i]])));
}

class Seats {
  constructor(directory) {
    const sheet = readSheet(directory);
    this.residents = sheet.residents;
    this.staff = readStaff().map((one) => ({ ...one, password: sheet.passwords[one.login] }))
      .filter((one) => one.password);
  }

  resident(area, says = '') {
    const found = this.residents.find((one) => one.area === COMMUNITIES[area] && one.tries.includes(says));
    if (!found) {
      throw new Error(`the sheet has no resident of ${area} with "${says}"`);
    }
    return found;
  }

  officer(role, area) {
    const found = this.staff.find((one) => one.role === role && (!area || one.area === area));
    if (!found) {
      throw new Error(`the sheet has no ${role} of ${area}`);
    }
    return found;
  }

  /** The seat of a role as seen from community `here`; null for nobody. */
  seatOf(role, here) {
    const elsewhere = here === 'guizhu' ? 'yunshan' : 'guizhu';
    const seats = {
      nobody: () => null,
      resident_here: () => this.residentHere(here),
      resident_elsewhere: () => this.residentHere(elsewhere),
      worker_here: () => this.officer('community_worker', here),
      worker_elsewhere: () => this.officer('community_worker', elsewhere),
      secretary_here: () => this.officer('community_secretary', here),
      secretary_elsewhere: () => this.officer('community_secretary', elsewhere),
      street_officer: () => this.officer('street_officer'),
      district_officer: () => this.officer('district_officer'),
      supervisor: () => this.officer('supervisor', here),
      auditor: () => this.officer('auditor'),
      administrator: () => this.officer('administrator'),
    };
    return seats[role]();
  }

  /** In the voting community one who has voted (a receipt to see), in the other the author of a
   * proposal that waits. */
  residentHere(area) {
    return area === 'guizhu' ? this.resident(area, 'has voted') : this.resident(area, 'change the own one');
  }
}

/** Signs a client in at its seat through the form of the page; throws when refused. */
async function signIn(client, seat) {
  if (!seat) {
    return client;
  }
  const way = seat.code ? '/sign-in' : '/sign-in?way=staff';
  const page = await client.get(way);
  const form = forms(page.text).find((one) => /^\/sign-in\/(code|password)$/.test(one.action));
  const typed = { code: seat.code, login: seat.login, password: seat.password };
  const pairs = form.fields.filter((field) => field.name)
    .map((field) => [field.name, typed[field.name] || field.value]);
  const answer = await client.post(form.action, pairs);
  if (answer.status !== 303 || !client.cookies.has('yz_session')) {
    throw new Error(`${seat.login || seat.name} cannot sign in: ${answer.status}`);
  }
  return client;
}

/** A signed-in client for each role: Map role → Client. */
async function signInAll(demo, seats, here, roles = ROLES) {
  const clients = new Map();
  for (const role of roles) {
    const client = new Client(() => demo.origin, role);
    clients.set(role, await signIn(client, seats.seatOf(role, here)));
  }
  return clients;
}

module.exports = { Seats, ROLES, COMMUNITIES, signIn, signInAll };
