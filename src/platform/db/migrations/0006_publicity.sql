-- table: publication  owner: publicity  scope: area
-- A public notice with a period for objections.
CREATE TABLE publication (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  poll_id INTEGER NOT NULL,
  title TEXT NOT NULL,
  words TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  published_by INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,          -- end of the last working day
  working_days INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX publication_by_round ON publication (area_id, round_id);
-- One notice a poll; other kinds of notices have no poll.
CREATE UNIQUE INDEX publication_by_poll ON publication (area_id, poll_id) WHERE poll_id <> 0;

-- table: objection  owner: publicity  scope: area
CREATE TABLE objection (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  publication_id INTEGER NOT NULL,
  no INTEGER NOT NULL,               -- 1, 2, 3 within the publication
  person_id INTEGER NOT NULL,        -- personal: pseudonym
  person_name TEXT NOT NULL,         -- personal: name
  words TEXT NOT NULL,
  objected_at INTEGER NOT NULL,
  answer TEXT NOT NULL,
  answered_at INTEGER NOT NULL,      -- 0: not yet
  answered_by INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (area_id, id),
  UNIQUE (area_id, publication_id, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX objection_unanswered ON objection (area_id, answered_at);
CREATE INDEX objection_by_person ON objection (person_id);

-- view: publicity_public_publication  owner: publicity  scope: area
CREATE VIEW publicity_public_publication AS
  SELECT area_id, id, round_id, poll_id, title, published_at, ends_at, working_days FROM publication;
