-- table: programme  owner: programmes  scope: area
-- The plan an area publishes; runs in each participating community as a round.
CREATE TABLE programme (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  title TEXT NOT NULL,
  template TEXT NOT NULL,            -- name of the template it was made from
  summary TEXT NOT NULL,
  edition INTEGER NOT NULL,          -- the newest published one, 0: none yet
  draft TEXT NOT NULL,               -- rules being edited (round_rules.h); empty: nothing is
  created_by INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  published_at INTEGER NOT NULL,     -- of the newest edition, 0: none yet
  version INTEGER NOT NULL,
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;

-- table: round  owner: programmes  scope: area
-- A community's instance of a programme: its money, its stages, its ballots.
CREATE TABLE round (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  programme_area_id INTEGER NOT NULL,
  programme_id INTEGER NOT NULL,
  programme_edition INTEGER NOT NULL, -- whose rules hold for this round
  title TEXT NOT NULL,
  budget_fen INTEGER NOT NULL CHECK (budget_fen >= 0),
  minimum_age INTEGER NOT NULL,
  max_choices INTEGER NOT NULL,
  rule TEXT NOT NULL,                -- "greedy"
  utility TEXT NOT NULL,             -- "cost"
  tie TEXT NOT NULL,                 -- "votes,cost,name"
  stage_no INTEGER NOT NULL,         -- the current stage
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX round_by_programme ON round (area_id, programme_area_id, programme_id);
CREATE INDEX round_of_programme ON round (programme_id, area_id);

-- table: stage  owner: programmes  scope: area
-- state: 1 not yet, 2 open, 3 done, 4 waived.
CREATE TABLE stage (
  area_id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  no INTEGER NOT NULL,
  kind TEXT NOT NULL,                -- "collect", "vote", "publish", ...
  name TEXT NOT NULL,
  name_en TEXT NOT NULL,             -- may be empty
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 4),
  opens_at INTEGER NOT NULL,         -- planned
  closes_at INTEGER NOT NULL,        -- planned
  gates TEXT NOT NULL,               -- to leave it: names, separated by spaces
  enter_gates TEXT NOT NULL,         -- to enter it, likewise
  acts INTEGER NOT NULL,             -- who works in it: 1 << role for each, 0: the community's staff
  notice TEXT NOT NULL,              -- code of the notice a publish stage publishes, or empty
  working_days INTEGER NOT NULL,     -- when its length is counted so; 0 otherwise
  opened_at INTEGER NOT NULL,        -- 0: not yet
  opened_by INTEGER NOT NULL,
  closed_at INTEGER NOT NULL,
  closed_by INTEGER NOT NULL,
  waive_reason TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (area_id, round_id, no)
) STRICT, WITHOUT ROWID;

-- view: programmes_public_round  owner: programmes  scope: area
CREATE VIEW programmes_public_round AS
  SELECT area_id, id, title, budget_fen, minimum_age, max_choices, rule, utility, tie, stage_no, created_at
  FROM round;

-- view: programmes_public_stage  owner: programmes  scope: area
CREATE VIEW programmes_public_stage AS
  SELECT area_id, round_id, no, kind, name, name_en, state, notice, opens_at, closes_at, working_days, opened_at, closed_at
  FROM stage;
