-- Reading proposals against the rules of their round, and who keeps out of it.

-- table: screening  owner: screening  scope: area
-- Where a proposal stands: one row each. ground and what follows say what was decided last (0: nothing
-- yet); state says where the reading is by now. What was cited is kept in its words: rules and lists change.
CREATE TABLE screening (
  area_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 3),   -- 1 waits for a second reader 2 disputed 3 decided
  ground INTEGER NOT NULL CHECK (ground BETWEEN 0 AND 5), -- 1 passes 2 clause 3 department 4 private 5 other
  cited_no INTEGER NOT NULL,         -- number of the clause or line, 0: none
  cited TEXT NOT NULL,               -- its words
  cited_en TEXT NOT NULL,            -- may be empty
  cited_list INTEGER NOT NULL,       -- version of the responsibility list, 0: none
  cited_area INTEGER NOT NULL,       -- the area whose list it is, 0: none
  reason TEXT NOT NULL,              -- public
  n_readers INTEGER NOT NULL,        -- how many agreed
  by_secretary INTEGER NOT NULL,     -- 1: the secretary, after two had disagreed
  decided_at INTEGER NOT NULL,       -- 0: not yet
  PRIMARY KEY (area_id, proposal_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX screening_by_round ON screening (area_id, round_id, ground, proposal_id);
CREATE INDEX screening_that_is_open ON screening (area_id, proposal_id) WHERE state < 3;

-- table: screening_reading  owner: screening  scope: area
-- What one reader found. Only counts changes: 1 while it takes part in what is open or was decided.
CREATE TABLE screening_reading (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  proposal_version INTEGER NOT NULL, -- of the words that were read
  reader_id INTEGER NOT NULL,        -- staff
  is_secretary INTEGER NOT NULL,     -- what the public is told of the reader
  ground INTEGER NOT NULL CHECK (ground BETWEEN 1 AND 5),
  cited_no INTEGER NOT NULL,
  cited_list INTEGER NOT NULL,
  cited_area INTEGER NOT NULL,
  reason TEXT NOT NULL,
  read_at INTEGER NOT NULL,
  counts INTEGER NOT NULL CHECK (counts BETWEEN 0 AND 1),
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;
-- Holds all that is asked of it: without statistics SQLite would rather read the whole area.
CREATE INDEX screening_reading_by_proposal ON screening_reading (area_id, proposal_id, counts, proposal_version, reader_id);
CREATE UNIQUE INDEX screening_reading_that_counts ON screening_reading (area_id, proposal_id, reader_id)
  WHERE counts = 1;

-- table: screening_interest  owner: screening  scope: area
-- A member of staff has an interest in a proposal and keeps out of it, until they take it back.
CREATE TABLE screening_interest (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,        -- personal: pseudonym
  declared_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL,         -- 0: it stands
  end_reason TEXT NOT NULL,          -- public
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX screening_interest_by_proposal ON screening_interest (area_id, proposal_id, ended_at, person_id);
CREATE UNIQUE INDEX screening_interest_that_stands ON screening_interest (area_id, person_id, proposal_id)
  WHERE ended_at = 0 AND person_id <> 0;
CREATE INDEX screening_interest_by_person ON screening_interest (person_id) WHERE person_id <> 0;

-- view: screening_public_interest  owner: screening  scope: area
-- Who keeps out of what; an interest in a merged proposal is one in the proposal it goes on in.
CREATE VIEW screening_public_interest AS
  SELECT area_id, proposal_id, person_id FROM screening_interest WHERE ended_at = 0
  UNION ALL
  SELECT interest.area_id, origin.merged_into, interest.person_id
  FROM screening_interest AS interest
  JOIN proposals_public_origin AS origin ON origin.area_id = interest.area_id AND origin.id = interest.proposal_id
  WHERE interest.ended_at = 0 AND origin.merged_into <> 0;

-- view: screening_public_reading  owner: screening  scope: area
-- Readings that count, of which words, by people who have no interest in it.
CREATE VIEW screening_public_reading AS
  SELECT reading.area_id, reading.proposal_id, reading.proposal_version, reading.reader_id
  FROM screening_reading AS reading
  WHERE reading.counts = 1 AND NOT EXISTS (
    SELECT 1 FROM screening_interest AS interest
    WHERE interest.area_id = reading.area_id AND interest.person_id = reading.reader_id
      AND interest.proposal_id = reading.proposal_id AND interest.ended_at = 0);

-- view: screening_public_open  owner: screening  scope: area
-- What one has read and nobody has decided since.
CREATE VIEW screening_public_open AS SELECT area_id, proposal_id FROM screening WHERE state < 3;

-- view: screening_public_outcome  owner: screening  scope: area
-- What was decided of each proposal, and what was cited. For everybody.
CREATE VIEW screening_public_outcome AS
  SELECT area_id, proposal_id, round_id, ground, cited_no, cited, cited_en, cited_list, cited_area, reason, n_readers,
         by_secretary, decided_at
  FROM screening WHERE ground <> 0;
