-- What is worth knowing about a result and takes long to work out: written once, at the count.

-- table: poll_wins  owner: polls  scope: area
-- Voters by the number of their choices that were selected.
CREATE TABLE poll_wins (
  area_id INTEGER NOT NULL,
  poll_id INTEGER NOT NULL,
  wins INTEGER NOT NULL,
  voters INTEGER NOT NULL,
  PRIMARY KEY (area_id, poll_id, wins)
) STRICT, WITHOUT ROWID;

-- table: poll_check  owner: polls  scope: area
-- The checks of tally_explain.h, each with its witness.
CREATE TABLE poll_check (
  area_id INTEGER NOT NULL,
  poll_id INTEGER NOT NULL,
  no INTEGER NOT NULL,               -- TallyCheckName
  verdict INTEGER NOT NULL,          -- TallyVerdict
  option_no INTEGER NOT NULL,        -- of the witness; 0: none
  voters INTEGER NOT NULL,
  money TEXT NOT NULL,               -- exact
  PRIMARY KEY (area_id, poll_id, no)
) STRICT, WITHOUT ROWID;

-- table: poll_other  owner: polls  scope: area
-- What another rule would have made of the same ballots.
CREATE TABLE poll_other (
  area_id INTEGER NOT NULL,
  poll_id INTEGER NOT NULL,
  no INTEGER NOT NULL,
  rule TEXT NOT NULL,
  utility TEXT NOT NULL,
  completion TEXT NOT NULL,
  total_cost_fen INTEGER NOT NULL,
  selected INTEGER NOT NULL,         -- how many projects
  added TEXT NOT NULL,               -- option numbers it selects and the result does not, separated by commas
  removed TEXT NOT NULL,             -- those it does not select and the result does
  voters_more INTEGER NOT NULL,      -- voters who would have had more of their choices
  voters_fewer INTEGER NOT NULL,
  PRIMARY KEY (area_id, poll_id, no)
) STRICT, WITHOUT ROWID;
