-- table: publication  owner: publicity  scope: area
-- One edition of a public notice, as it went out; what it shows is kept beside it (published_…) and never
-- changes. A mistake is corrected by another edition, and the one before stays to be read.
CREATE TABLE publication (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  stage_no INTEGER NOT NULL,         -- of the publish stage it belongs to; 0: no stage names this notice
  notice TEXT NOT NULL,              -- its code in the round's rules; empty where the rules name none
  batch INTEGER NOT NULL,            -- 1, 2, 3 of a notice that goes out as things come; else 1
  edition INTEGER NOT NULL,          -- 1, one more with each correction
  subject INTEGER NOT NULL CHECK (subject BETWEEN 1 AND 4), -- PublicationSubject
  poll_id INTEGER NOT NULL,          -- whose result it is; 0: none
  title TEXT NOT NULL,
  words TEXT NOT NULL,
  reason TEXT NOT NULL,              -- of the correction, public; empty: the first edition
  corrects_id INTEGER NOT NULL,      -- the edition before; 0: none
  replaced_by INTEGER NOT NULL,      -- the edition after; 0: it stands
  published_at INTEGER NOT NULL,
  published_by INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,          -- end of the last working day
  working_days INTEGER NOT NULL,
  takes_objections INTEGER NOT NULL CHECK (takes_objections IN (0, 1)),
  -- Of a counted poll, else 0:
  voters INTEGER NOT NULL,
  eligible INTEGER NOT NULL,
  options INTEGER NOT NULL,
  budget_fen INTEGER NOT NULL,
  spent_fen INTEGER NOT NULL,
  closed_at INTEGER NOT NULL,
  counted_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;
-- Of two who publish the same at once, one wins.
CREATE UNIQUE INDEX publication_by_round ON publication (area_id, round_id, stage_no, notice, batch, edition);

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
-- Those that stand: the newest edition of each.
CREATE VIEW publicity_public_publication AS
  SELECT area_id, id, round_id, stage_no, notice, poll_id, title, published_at, ends_at, working_days
  FROM publication WHERE replaced_by = 0;
