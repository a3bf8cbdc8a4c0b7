-- Pledges: what residents and resident units of a community give to its projects.

-- table: pledge  owner: pledges  scope: area
-- Nothing is collected by the program: it writes down a word, and what came of it.
CREATE TABLE pledge (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  form INTEGER NOT NULL CHECK (form BETWEEN 1 AND 3), -- 1 money 2 goods 3 hours
  value_fen INTEGER NOT NULL CHECK (value_fen >= 0),  -- of money and goods
  hours INTEGER NOT NULL CHECK (hours >= 0),
  words TEXT NOT NULL,               -- public: which goods, what work
  person_id INTEGER NOT NULL,        -- personal: pseudonym; on the roll; 0 for a unit
  unit TEXT NOT NULL,                -- public: the resident unit; empty for a person
  contact_name TEXT NOT NULL,        -- personal: name; who speaks for the unit
  contact_phone TEXT NOT NULL,       -- personal: contact; likewise
  is_named INTEGER NOT NULL,         -- 1: the public list says who, 0: a neighbour
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 4), -- 1 promised 2 confirmed 3 received 4 released
  reason TEXT NOT NULL,              -- why released; may be empty when the giver took it back
  entered_by INTEGER NOT NULL,       -- staff who wrote it down, 0: the giver
  promised_at INTEGER NOT NULL,
  confirmed_at INTEGER NOT NULL,     -- 0: not
  received_at INTEGER NOT NULL,      -- 0: not
  released_at INTEGER NOT NULL,      -- 0: not
  version INTEGER NOT NULL,
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX pledge_by_proposal ON pledge (area_id, proposal_id, state);
CREATE INDEX pledge_by_round ON pledge (area_id, round_id, state, id);
CREATE INDEX pledge_by_state ON pledge (area_id, state, round_id);
CREATE INDEX pledge_by_person ON pledge (person_id, id) WHERE person_id <> 0;

-- view: pledges_public_firm  owner: pledges  scope: area
-- What counts: confirmed or received. value_fen of money and goods lowers what the public pays.
CREATE VIEW pledges_public_firm AS
  SELECT area_id, id, round_id, proposal_id, form, value_fen, hours FROM pledge WHERE state IN (2, 3);
