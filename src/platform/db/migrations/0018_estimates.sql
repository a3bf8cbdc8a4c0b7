-- Prices of proposals and what they rest on.

-- table: estimate  owner: estimates  scope: area
-- A price that was entered. Only its state changes: a new price is a new row.
CREATE TABLE estimate (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  cost_fen INTEGER NOT NULL CHECK (cost_fen > 0),
  basis INTEGER NOT NULL CHECK (basis BETWEEN 1 AND 3), -- 1 quotes 2 library 3 department
  source TEXT NOT NULL,              -- public: entry of the library, or department
  words TEXT NOT NULL,               -- public: how it comes about
  document_id INTEGER NOT NULL,      -- file, for staff; 0: none
  document_name TEXT NOT NULL,
  usual_n INTEGER NOT NULL,          -- past prices of its kind when it was entered; 0: none asked
  median_fen INTEGER NOT NULL,
  deviation_fen INTEGER NOT NULL,
  low_fen INTEGER NOT NULL,
  high_fen INTEGER NOT NULL,
  needs INTEGER NOT NULL,            -- why a second signature: 1 outside the range, 2 large; bits
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 4), -- 1 waits 2 in force 3 sent back 4 replaced
  entered_by INTEGER NOT NULL,
  entered_at INTEGER NOT NULL,
  decided_by INTEGER NOT NULL,       -- who signed or sent it back; 0: nobody has
  decided_at INTEGER NOT NULL,
  note TEXT NOT NULL,                -- why it was sent back
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX estimate_by_proposal ON estimate (area_id, proposal_id, id);
CREATE UNIQUE INDEX estimate_live ON estimate (area_id, proposal_id, state) WHERE state < 3;
CREATE INDEX estimate_waiting ON estimate (area_id, state, id) WHERE state = 1;

-- table: estimate_quote  owner: estimates  scope: area
CREATE TABLE estimate_quote (
  area_id INTEGER NOT NULL,
  estimate_id INTEGER NOT NULL,
  no INTEGER NOT NULL,
  supplier TEXT NOT NULL,
  cost_fen INTEGER NOT NULL CHECK (cost_fen > 0),
  quoted_on INTEGER NOT NULL,
  document_id INTEGER NOT NULL,
  document_name TEXT NOT NULL,
  PRIMARY KEY (area_id, estimate_id, no)
) STRICT, WITHOUT ROWID;

-- view: estimates_public_price  owner: estimates  scope: area
-- The prices in force.
CREATE VIEW estimates_public_price AS
  SELECT area_id, proposal_id, id, round_id, cost_fen, basis, source, words, entered_at FROM estimate WHERE state = 2;
