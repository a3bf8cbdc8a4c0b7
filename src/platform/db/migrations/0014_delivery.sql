-- What becomes of a project that was funded. A project is known by its proposal; its own row comes
-- with the first act and its version guards everything below it.

-- table: delivery_project  owner: delivery  scope: area
CREATE TABLE delivery_project (
  area_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 3), -- DeliveryState: 1 under way 2 accepted 3 stopped
  state_on INTEGER NOT NULL,         -- the day it was accepted or stopped; 0: neither
  reason TEXT NOT NULL,              -- of the stop, public
  version INTEGER NOT NULL,
  PRIMARY KEY (area_id, proposal_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_project_by_round ON delivery_project (area_id, round_id, proposal_id);

-- table: delivery_purchase  owner: delivery  scope: area
-- state: 1 called, 2 chosen, 3 contracted.
CREATE TABLE delivery_purchase (
  area_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  no INTEGER NOT NULL,               -- 1 .. within the project
  title TEXT NOT NULL,
  kind_code TEXT NOT NULL,           -- of the round's rules: "engineering"; similar purchases share it
  method INTEGER NOT NULL,           -- PurchaseMethod
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 3),
  called_on INTEGER NOT NULL,
  call_words TEXT NOT NULL,          -- where and how it was called
  bidder_no INTEGER NOT NULL,        -- who was chosen; 0: nobody yet
  chosen_on INTEGER NOT NULL,
  reason TEXT NOT NULL,              -- of the choice, public
  contract_number TEXT NOT NULL,
  contract_fen INTEGER NOT NULL,
  signed_on INTEGER NOT NULL,        -- 0: not yet
  due_on INTEGER NOT NULL,           -- finished by, as the contract says
  PRIMARY KEY (area_id, proposal_id, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_purchase_similar ON delivery_purchase (area_id, kind_code, signed_on);

-- table: delivery_bidder  owner: delivery  scope: area
CREATE TABLE delivery_bidder (
  area_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  purchase_no INTEGER NOT NULL,
  no INTEGER NOT NULL,
  name TEXT NOT NULL,                -- of a firm
  quote_fen INTEGER NOT NULL,
  words TEXT NOT NULL,               -- what else they offer
  PRIMARY KEY (area_id, proposal_id, purchase_no, no)
) STRICT, WITHOUT ROWID;

-- table: delivery_milestone  owner: delivery  scope: area
CREATE TABLE delivery_milestone (
  area_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  no INTEGER NOT NULL,
  title TEXT NOT NULL,
  due_on INTEGER NOT NULL,
  first_due_on INTEGER NOT NULL,     -- as first planned
  done_on INTEGER NOT NULL,          -- 0: not yet
  words TEXT NOT NULL,               -- how it went
  PRIMARY KEY (area_id, proposal_id, no)
) STRICT, WITHOUT ROWID;

-- table: delivery_acceptance  owner: delivery  scope: area
CREATE TABLE delivery_acceptance (
  area_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  no INTEGER NOT NULL,
  held_on INTEGER NOT NULL,
  is_passed INTEGER NOT NULL CHECK (is_passed IN (0, 1)),
  words TEXT NOT NULL,               -- what was looked at, what is still to be done
  recorded_by INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  PRIMARY KEY (area_id, proposal_id, no)
) STRICT, WITHOUT ROWID;

-- table: delivery_acceptor  owner: delivery  scope: area
CREATE TABLE delivery_acceptor (
  area_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  acceptance_no INTEGER NOT NULL,
  no INTEGER NOT NULL,
  name TEXT NOT NULL,                -- personal: name
  what TEXT NOT NULL,                -- 居民代表
  PRIMARY KEY (area_id, proposal_id, acceptance_no, no)
) STRICT, WITHOUT ROWID;

-- table: delivery_entry  owner: delivery  scope: area
-- The ledger is only added to: no statement changes or deletes an entry or a posting.
CREATE TABLE delivery_entry (
  area_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  no INTEGER NOT NULL,               -- 1 .. within the project, without gaps
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 9), -- LedgerKind
  happened_on INTEGER NOT NULL,
  voucher TEXT NOT NULL,             -- number of the voucher or document; may be empty
  words TEXT NOT NULL,
  purchase_no INTEGER NOT NULL,      -- whose contract it is; 0: none
  reverses INTEGER NOT NULL,         -- the entry it takes back; 0: none
  recorded_by INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  PRIMARY KEY (area_id, proposal_id, no)
) STRICT, WITHOUT ROWID;
-- An entry is taken back once.
CREATE UNIQUE INDEX delivery_entry_reversal ON delivery_entry (area_id, proposal_id, reverses) WHERE reverses <> 0;

-- table: delivery_posting  owner: delivery  scope: area
-- The amounts of an entry sum to zero for each source.
CREATE TABLE delivery_posting (
  area_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  entry_no INTEGER NOT NULL,
  account INTEGER NOT NULL CHECK (account BETWEEN 1 AND 7), -- LedgerAccount
  source INTEGER NOT NULL CHECK (source BETWEEN 1 AND 4),   -- LedgerSource
  amount_fen INTEGER NOT NULL CHECK (amount_fen <> 0),
  PRIMARY KEY (area_id, proposal_id, entry_no, account, source)
) STRICT, WITHOUT ROWID;

CREATE INDEX result_option_selected ON result_option (area_id, poll_id, no) WHERE is_selected = 1;
