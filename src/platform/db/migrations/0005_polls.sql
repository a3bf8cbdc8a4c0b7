-- table: poll  owner: polls  scope: area
-- state: 1 draft, 2 open, 3 closed, 4 counted.
CREATE TABLE poll (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  title TEXT NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 4),
  opens_at INTEGER NOT NULL,
  closes_at INTEGER NOT NULL,
  budget_fen INTEGER NOT NULL,
  max_choices INTEGER NOT NULL,
  minimum_age INTEGER NOT NULL,
  maximum_age INTEGER NOT NULL DEFAULT 0,   -- 0: none
  residencies INTEGER NOT NULL DEFAULT 14,  -- who of the roll may vote: 2 to the power of each residency, added
  rule TEXT NOT NULL,
  utility TEXT NOT NULL,
  completion TEXT NOT NULL,          -- of equal shares; "none" otherwise
  increment_fen INTEGER NOT NULL,    -- of add1, for every voter: whole yuan; 0 = one yuan
  tie TEXT NOT NULL,
  misfit TEXT NOT NULL,
  zero_support TEXT NOT NULL,        -- "exclude": what nobody chose cannot win; "include" for imported files
  eligible INTEGER NOT NULL,         -- people on the roll when it opened; 0 for an imported file
  is_imported INTEGER NOT NULL CHECK (is_imported IN (0, 1)),
  opened_at INTEGER NOT NULL,
  closed_at INTEGER NOT NULL,
  counted_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX poll_by_round ON poll (area_id, round_id);

-- table: poll_option  owner: polls  scope: area
-- What can be chosen, frozen when the poll opens.
CREATE TABLE poll_option (
  area_id INTEGER NOT NULL,
  poll_id INTEGER NOT NULL,
  no INTEGER NOT NULL,               -- the number on the ballot
  code TEXT NOT NULL,                -- name in the order of ties; the file's id for imports
  proposal_id INTEGER NOT NULL,      -- 0 for imports
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  place TEXT NOT NULL,
  kind INTEGER NOT NULL,
  cost_fen INTEGER NOT NULL,
  PRIMARY KEY (area_id, poll_id, no)
) STRICT, WITHOUT ROWID;

-- table: ballot  owner: polls  scope: area
-- One person, one ballot: the key is HMAC(poll key, person); the poll key is a file outside database
-- and backup. No id, no time.
CREATE TABLE ballot (
  area_id INTEGER NOT NULL,
  poll_id INTEGER NOT NULL,
  ballot_key BLOB NOT NULL,          -- personal: pseudonym
  choices TEXT NOT NULL,             -- option numbers rising, separated by commas; empty = blank
  receipt TEXT NOT NULL,
  PRIMARY KEY (area_id, poll_id, ballot_key),
  UNIQUE (area_id, poll_id, receipt)
) STRICT, WITHOUT ROWID;

-- table: result  owner: polls  scope: area
CREATE TABLE result (
  area_id INTEGER NOT NULL,
  poll_id INTEGER NOT NULL,
  rule TEXT NOT NULL,
  utility TEXT NOT NULL,
  tie TEXT NOT NULL,
  voters INTEGER NOT NULL,
  budget_fen INTEGER NOT NULL,
  total_cost_fen INTEGER NOT NULL,
  endowment TEXT NOT NULL,           -- equal shares: what each voter was given, exact; else empty
  steps TEXT NOT NULL,               -- equal shares: how many increments of add1 are in it
  computed_at INTEGER NOT NULL,
  ballots_sha256 BLOB NOT NULL,      -- of the published ballot file
  PRIMARY KEY (area_id, poll_id)
) STRICT, WITHOUT ROWID;

-- table: result_option  owner: polls  scope: area
CREATE TABLE result_option (
  area_id INTEGER NOT NULL,
  poll_id INTEGER NOT NULL,
  no INTEGER NOT NULL,
  place INTEGER NOT NULL,            -- order in which the rule looked at it, 1 ..
  is_selected INTEGER NOT NULL CHECK (is_selected IN (0, 1)),
  votes INTEGER NOT NULL,
  left_before_fen INTEGER NOT NULL,  -- money left when the rule came to it
  reason INTEGER NOT NULL,           -- TallyReason: 0 selected 1 cost more than was left 3 nobody chose it ...
  funding INTEGER NOT NULL,          -- PollFunding: 0 lost 1 free 2 its supporters 3 the budget 4 the completion
  price TEXT NOT NULL,               -- funding 2: what a supporter paid unless less was left, exact; else empty
  payers INTEGER NOT NULL,           -- funding 2: how many paid anything
  supporters_left TEXT NOT NULL,     -- equal shares, losers: what its supporters had left together, exact
  -- Losers: the least change that selects it; -1 none does, -2 it was not found within the effort.
  lacked_fen INTEGER NOT NULL,       -- how much cheaper, in whole yuan
  lacked_votes INTEGER NOT NULL,     -- how many more supporters
  lacked_budget_fen INTEGER NOT NULL, -- how much more money, in whole yuan
  PRIMARY KEY (area_id, poll_id, no)
) STRICT, WITHOUT ROWID;

-- view: polls_public_poll  owner: polls  scope: area
CREATE VIEW polls_public_poll AS
  SELECT area_id, id, round_id, title, state, opens_at, closes_at, budget_fen, max_choices, eligible,
         opened_at, closed_at, counted_at, is_imported
  FROM poll;

-- view: polls_public_result  owner: polls  scope: area
CREATE VIEW polls_public_result AS
  SELECT area_id, poll_id, rule, voters, budget_fen, total_cost_fen, computed_at FROM result;

-- view: polls_public_result_option  owner: polls  scope: area
CREATE VIEW polls_public_result_option AS
  SELECT result_option.area_id, result_option.poll_id, result_option.no, result_option.place,
         result_option.is_selected, result_option.votes, poll_option.title, poll_option.cost_fen, poll_option.kind,
         poll_option.proposal_id
  FROM result_option
  JOIN poll_option ON poll_option.area_id = result_option.area_id
    AND poll_option.poll_id = result_option.poll_id AND poll_option.no = result_option.no;
