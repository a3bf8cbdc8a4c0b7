-- table: intake_chain  owner: intake  scope: area
-- A pasted WeChat chain. state: 1 preview, 2 taken in, 3 undone, 4 dropped.
CREATE TABLE intake_chain (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  channel INTEGER NOT NULL,          -- as proposal.channel
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 4),
  is_whole INTEGER NOT NULL CHECK (is_whole IN (0, 1)), -- 0: there were more lines than are read
  by_person INTEGER NOT NULL,        -- staff
  created_at INTEGER NOT NULL,
  decided_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;

-- table: intake_chain_line  owner: intake  scope: area
-- Every line of a paste as it came, and what it seems to be. Those of a dropped one are deleted.
CREATE TABLE intake_chain_line (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  chain_id INTEGER NOT NULL,
  line INTEGER NOT NULL,             -- of the paste, 1 ..
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 6), -- 1 wish 2 head 3 example 4 repeat 5 changed later 6 no wish
  number INTEGER NOT NULL,           -- as written, 0 none
  raw TEXT NOT NULL,                 -- personal: name; as pasted
  name TEXT NOT NULL,                -- personal: name
  place TEXT NOT NULL,               -- personal: address
  words TEXT NOT NULL,
  phone TEXT NOT NULL DEFAULT '',    -- personal: phone; taken out of the words, which everybody will read
  person_id INTEGER NOT NULL,        -- personal: pseudonym; 0 by the name, -1 nobody on the roll
  proposal_id INTEGER NOT NULL,      -- what it became, or 0
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX intake_chain_line_by_chain ON intake_chain_line (area_id, chain_id, line);
CREATE INDEX intake_chain_line_by_proposal ON intake_chain_line (area_id, proposal_id) WHERE proposal_id <> 0;
CREATE INDEX intake_chain_line_by_person ON intake_chain_line (person_id);

-- What staff took down for somebody: for the room that takes it in.
-- view: proposals_public_entry  owner: proposals  scope: area
CREATE VIEW proposals_public_entry AS
  SELECT area_id, id, round_id, title, need, place, receipt, channel, state, version, entered_by, submitted_at
  FROM proposal;
