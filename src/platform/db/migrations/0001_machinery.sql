-- What the machinery itself needs. Dialect: see docs/adr/0003 (INTEGER is 64 bits, written BIGINT on
-- PostgreSQL; BLOB becomes BYTEA; STRICT, WITHOUT ROWID is dropped there). schema_migration is made by
-- the migrator.

-- table: process_lease  owner: db  scope: instance
-- Process numbers for ids: a running process holds one.
CREATE TABLE process_lease (
  number INTEGER NOT NULL,
  holder TEXT NOT NULL,              -- personal: none; host and pid
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (number)
) STRICT, WITHOUT ROWID;

-- table: submission  owner: http  scope: instance
-- A form that was accepted, by its single-use token: sent twice, it gets the first answer again.
CREATE TABLE submission (
  token BLOB NOT NULL,               -- hash of the token
  used_on INTEGER NOT NULL,          -- a day, not a time: must not tell who voted when
  location TEXT NOT NULL,            -- where the first answer led; empty for ballots
  PRIMARY KEY (token)
) STRICT, WITHOUT ROWID;

-- table: credential  owner: auth  scope: instance
-- Ways to sign in. kind: 1 personal code, 2 password, 3 one-time code.
CREATE TABLE credential (
  id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind IN (1, 2, 3)),
  lookup BLOB NOT NULL,              -- personal: secret; keyed hash of the code, or of the login name
  hash TEXT NOT NULL,                -- personal: secret; argon2id of the password, else empty
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,       -- 0: never
  used_at INTEGER NOT NULL,          -- one-time codes: when used, else 0
  PRIMARY KEY (id),
  UNIQUE (kind, lookup)
) STRICT, WITHOUT ROWID;
CREATE INDEX credential_by_person ON credential (person_id, kind);

-- table: session  owner: auth  scope: instance
CREATE TABLE session (
  token_hash BLOB NOT NULL,          -- personal: secret
  person_id INTEGER NOT NULL,
  credential_kind INTEGER NOT NULL,
  device INTEGER NOT NULL DEFAULT 0, -- coarse kind of system and browser (platform/auth/device.h)
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,          -- coarse: written every few minutes for staff, every few hours for residents
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (token_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_person ON session (person_id);
CREATE INDEX session_by_end ON session (expires_at);

-- table: sign_in_try  owner: auth  scope: instance
-- Failed tries, by code, by login name and address, by login name, by address (each as a keyed
-- hash). A row without failures: somebody signed in under this name from this address.
CREATE TABLE sign_in_try (
  subject BLOB NOT NULL,             -- personal: pseudonym
  failures INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  locked_until_at INTEGER NOT NULL,
  PRIMARY KEY (subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_try_by_last ON sign_in_try (last_at);

-- table: setting  owner: settings  scope: area
CREATE TABLE setting (
  area_id INTEGER NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (area_id, key)
) STRICT, WITHOUT ROWID;

-- table: job  owner: jobs  scope: instance
-- Recurring work; one process at a time holds the lease.
CREATE TABLE job (
  name TEXT NOT NULL,
  holder TEXT NOT NULL,
  leased_until_at INTEGER NOT NULL,
  last_run_at INTEGER NOT NULL,
  last_error TEXT NOT NULL,
  runs INTEGER NOT NULL,
  PRIMARY KEY (name)
) STRICT, WITHOUT ROWID;

-- table: journal_entry  owner: journal  scope: area
-- Every act that changes the public record. The sealer gives each a place in its area's chain.
CREATE TABLE journal_entry (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  actor_id INTEGER NOT NULL,         -- personal: pseudonym; person id, 0 = the program
  happened_at INTEGER NOT NULL,
  act TEXT NOT NULL,                 -- "proposal.submit"
  subject TEXT NOT NULL,             -- "proposal 0123456789ABC"
  reason TEXT NOT NULL,              -- public words, no personal data
  commitment BLOB NOT NULL,          -- salt (16) and hash (32) of personal data involved, or empty
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;

-- table: journal_pending  owner: journal  scope: area
-- Entries the sealer has not reached: it must not search the whole journal every second.
CREATE TABLE journal_pending (
  area_id INTEGER NOT NULL,
  entry_id INTEGER NOT NULL,
  PRIMARY KEY (area_id, entry_id)
) STRICT, WITHOUT ROWID;

-- table: journal_seal  owner: journal  scope: area
-- The chain: hash = H(previous hash, entry). An entry without a seal is less than a second old.
CREATE TABLE journal_seal (
  area_id INTEGER NOT NULL,
  sequence INTEGER NOT NULL,         -- 1, 2, 3 ...
  entry_id INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (area_id, sequence),
  UNIQUE (area_id, entry_id)
) STRICT, WITHOUT ROWID;

-- table: file  owner: files  scope: area
CREATE TABLE file (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  is_complete INTEGER NOT NULL CHECK (is_complete IN (0, 1)),
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;

-- table: file_chunk  owner: files  scope: area
CREATE TABLE file_chunk (
  area_id INTEGER NOT NULL,
  file_id INTEGER NOT NULL,
  no INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (area_id, file_id, no)
) STRICT, WITHOUT ROWID;
