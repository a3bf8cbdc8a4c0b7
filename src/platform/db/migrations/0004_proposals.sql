-- table: proposal  owner: proposals  scope: area
-- state: 1 submitted, 2 accepted for the ballot, 3 refused with a reason, 4 withdrawn by its proposer,
-- 5 merged into another one, which answers for it; its own words, proposer and receipt stay.
CREATE TABLE proposal (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  title TEXT NOT NULL,
  need TEXT NOT NULL,
  place TEXT NOT NULL,
  beneficiaries TEXT NOT NULL,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4), -- 1 engineering 2 service 3 goods 4 not sure yet
  cost_fen INTEGER NOT NULL CHECK (cost_fen >= 0),    -- 0 until priced
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 5),
  reason TEXT NOT NULL,              -- why refused
  channel INTEGER NOT NULL,          -- domain.md 3: 1 portal .. 10 meeting
  ticket TEXT NOT NULL DEFAULT '',   -- number of the 12345 ticket it came from
  merged_into INTEGER NOT NULL DEFAULT 0, -- the proposal it goes on in; never one that is merged itself
  receipt TEXT NOT NULL,             -- to follow without an account
  proposer_id INTEGER NOT NULL,      -- personal: pseudonym; 0 when not on the roll
  proposer_name TEXT NOT NULL,       -- personal: name
  proposer_phone TEXT NOT NULL,      -- personal: contact
  entered_by INTEGER NOT NULL,       -- staff who typed it in, or 0
  submitted_at INTEGER NOT NULL,
  decided_at INTEGER NOT NULL,
  decided_by INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (area_id, id),
  UNIQUE (receipt)
) STRICT, WITHOUT ROWID;
CREATE INDEX proposal_by_round ON proposal (area_id, round_id, state, id);
CREATE INDEX proposal_by_state ON proposal (area_id, state, round_id, submitted_at);
CREATE INDEX proposal_by_person ON proposal (proposer_id);
CREATE INDEX proposal_by_enterer ON proposal (area_id, entered_by, id) WHERE entered_by <> 0;
CREATE INDEX proposal_by_main ON proposal (area_id, merged_into) WHERE merged_into <> 0;

-- Search text: CJK runs as pairs, other runs as words, separated by spaces (platform/text/search.h).
-- table: proposal_search  owner: proposals  scope: area
-- only: sqlite
CREATE VIRTUAL TABLE proposal_search USING fts5 (words, area_id UNINDEXED, proposal_id UNINDEXED, tokenize = 'unicode61 remove_diacritics 0');
-- only: postgres
CREATE TABLE proposal_search (words TEXT NOT NULL, area_id BIGINT NOT NULL, proposal_id BIGINT NOT NULL, PRIMARY KEY (area_id, proposal_id));
-- only: postgres
CREATE INDEX proposal_search_words ON proposal_search USING gin (to_tsvector('simple', words));

-- view: proposals_public_proposal  owner: proposals  scope: area
CREATE VIEW proposals_public_proposal AS
  SELECT area_id, id, round_id, title, need, place, beneficiaries, kind, cost_fen, state, reason, channel, submitted_at
  FROM proposal;
