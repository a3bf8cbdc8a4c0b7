-- Who must do what, as each area lists it, and asking for another class.

-- table: duty_list  owner: screening  scope: area
-- A version of an area's responsibility list. Never changed: a new version is a new row.
CREATE TABLE duty_list (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  no INTEGER NOT NULL,               -- 1, 2, … in the area
  holds_from_on INTEGER NOT NULL,
  note TEXT NOT NULL,                -- what is new in it
  n_lines INTEGER NOT NULL,
  published_at INTEGER NOT NULL,
  published_by INTEGER NOT NULL,
  PRIMARY KEY (area_id, id),
  UNIQUE (area_id, no)
) STRICT, WITHOUT ROWID;

-- table: duty_line  owner: screening  scope: area
CREATE TABLE duty_line (
  area_id INTEGER NOT NULL,
  list_id INTEGER NOT NULL,
  no INTEGER NOT NULL,
  class INTEGER NOT NULL CHECK (class BETWEEN 1 AND 3), -- 1 public 2 common 3 private
  matter TEXT NOT NULL,
  body TEXT NOT NULL,                -- who does it; may be empty
  PRIMARY KEY (area_id, list_id, no)
) STRICT, WITHOUT ROWID;

-- table: screening_request  owner: screening  scope: area
-- Somebody asks for another class, once for each proposal.
CREATE TABLE screening_request (
  area_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,        -- personal: pseudonym; 0 when erased
  id INTEGER NOT NULL,
  words TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  answer TEXT NOT NULL,              -- public
  answered_at INTEGER NOT NULL,      -- 0: waits
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX screening_request_once ON screening_request (area_id, proposal_id, person_id) WHERE person_id <> 0;
CREATE INDEX screening_request_by_person ON screening_request (person_id) WHERE person_id <> 0;
CREATE INDEX screening_request_that_waits ON screening_request (area_id, proposal_id) WHERE answered_at = 0;

-- view: screening_public_waiting  owner: screening  scope: area
-- Proposals of which somebody asked for another class and has no answer yet.
CREATE VIEW screening_public_waiting AS
  SELECT area_id, proposal_id FROM screening_request WHERE answered_at = 0;
