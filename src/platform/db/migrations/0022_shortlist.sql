-- Round tables, what they rank, and the shortlist that is fixed from it.

-- table: round_table  owner: shortlist  scope: area
CREATE TABLE round_table (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  no INTEGER NOT NULL CHECK (no > 0),
  name TEXT NOT NULL,                -- may be empty: it has its number
  reported_at INTEGER NOT NULL,      -- 0: no ranking yet
  reported_by INTEGER NOT NULL,
  note TEXT NOT NULL,                -- public: why the ranking was corrected; empty: it was not
  corrected_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX round_table_by_no ON round_table (area_id, round_id, no);

-- table: round_table_person  owner: shortlist  scope: area
CREATE TABLE round_table_person (
  area_id INTEGER NOT NULL,
  table_id INTEGER NOT NULL,
  part INTEGER NOT NULL CHECK (part BETWEEN 1 AND 3), -- 1 head 2 recorder 3 speaker
  person_id INTEGER NOT NULL,        -- personal: pseudonym; 0 when the roll does not know them for certain
  name TEXT NOT NULL,                -- personal: name
  PRIMARY KEY (area_id, table_id, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX round_table_person_by_person ON round_table_person (person_id) WHERE person_id <> 0;

-- table: round_table_item  owner: shortlist  scope: area
-- The packages: a project lies on one table, with the place the table gave it.
CREATE TABLE round_table_item (
  area_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  table_id INTEGER NOT NULL,
  place INTEGER NOT NULL CHECK (place >= 0), -- 1 is the first; 0: not ranked
  PRIMARY KEY (area_id, proposal_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX round_table_item_by_table ON round_table_item (area_id, table_id, place);
CREATE INDEX round_table_item_by_round ON round_table_item (area_id, round_id);

-- table: shortlist_hall  owner: shortlist  scope: area
-- The vote in the hall as one person entered it; a second person enters it again.
CREATE TABLE shortlist_hall (
  area_id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  no INTEGER NOT NULL CHECK (no BETWEEN 1 AND 2),
  voters INTEGER NOT NULL CHECK (voters > 0),
  entered_by INTEGER NOT NULL,
  entered_at INTEGER NOT NULL,
  PRIMARY KEY (area_id, round_id, no)
) STRICT, WITHOUT ROWID;

-- table: shortlist_hall_count  owner: shortlist  scope: area
CREATE TABLE shortlist_hall_count (
  area_id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  no INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  votes INTEGER NOT NULL CHECK (votes >= 0),
  PRIMARY KEY (area_id, round_id, no, proposal_id)
) STRICT, WITHOUT ROWID;

-- table: shortlist  owner: shortlist  scope: area
-- A fixed shortlist; never changed.
CREATE TABLE shortlist (
  area_id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  by_vote INTEGER NOT NULL CHECK (by_vote BETWEEN 0 AND 1), -- the hall voted
  top INTEGER NOT NULL,              -- projects a table presented
  most INTEGER NOT NULL,             -- on the list; 0: no limit
  voters INTEGER NOT NULL,           -- in the hall; 0 without a vote
  words TEXT NOT NULL,               -- public, may be empty
  fixed_at INTEGER NOT NULL,
  fixed_by INTEGER NOT NULL,
  PRIMARY KEY (area_id, round_id)
) STRICT, WITHOUT ROWID;

-- table: shortlist_item  owner: shortlist  scope: area
-- What became of every project that lay on a table.
CREATE TABLE shortlist_item (
  area_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  no INTEGER NOT NULL,               -- place in the order of the decision
  table_no INTEGER NOT NULL,
  place INTEGER NOT NULL,            -- at its table; 0: not ranked
  votes INTEGER NOT NULL,            -- -1: none were taken
  outcome INTEGER NOT NULL CHECK (outcome BETWEEN 1 AND 4), -- 1 on the list 2 not in its table's top 3 no room 4 no room for its kind
  is_tied INTEGER NOT NULL CHECK (is_tied BETWEEN 0 AND 1), -- one with the same votes came out the other way
  PRIMARY KEY (area_id, proposal_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX shortlist_item_by_round ON shortlist_item (area_id, round_id, no);

-- view: shortlist_public_list  owner: shortlist  scope: area
-- Rounds whose shortlist is fixed.
CREATE VIEW shortlist_public_list AS
  SELECT area_id, round_id, by_vote, top, most, voters, fixed_at FROM shortlist;

-- view: shortlist_public_item  owner: shortlist  scope: area
-- What became of each project; outcome 1 is on the list.
CREATE VIEW shortlist_public_item AS
  SELECT area_id, proposal_id, round_id, no, table_no, place, votes, outcome FROM shortlist_item;
