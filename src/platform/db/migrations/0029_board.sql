-- What the supervision board shows: the last count of each community.

-- table: board_area  owner: board  scope: area
-- One row for each community. Title and stage are those of its newest open round; the money is the
-- public money of all its open rounds together.
CREATE TABLE board_area (
  area_id INTEGER NOT NULL,
  counted_at INTEGER NOT NULL,
  round_id INTEGER NOT NULL,         -- 0: no round is open
  round_title TEXT NOT NULL,
  stage_kind INTEGER NOT NULL,       -- StageKind; 0: none
  late INTEGER NOT NULL,             -- how many items
  oldest_at INTEGER NOT NULL,        -- when the longest late one was due; 0: none is late
  budget_fen INTEGER NOT NULL,
  decided_fen INTEGER NOT NULL,      -- what the funded projects cost the public, never less than what is paid
  paid_fen INTEGER NOT NULL,         -- public money paid out
  funded INTEGER NOT NULL,           -- projects
  accepted INTEGER NOT NULL,         -- of them
  PRIMARY KEY (area_id)
) STRICT, WITHOUT ROWID;

-- table: board_late  owner: board  scope: area
-- What was late at the last count: no detail, which may name a person to whoever does the work.
CREATE TABLE board_late (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  holder INTEGER NOT NULL CHECK (holder BETWEEN 1 AND 3), -- BoardHolder
  what TEXT NOT NULL,
  what_en TEXT NOT NULL,
  link TEXT NOT NULL,                -- where it is done
  due_at INTEGER NOT NULL,
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;

-- table: board_day  owner: board  scope: area
-- How many were late at the last count of a day, to compare with.
CREATE TABLE board_day (
  area_id INTEGER NOT NULL,
  counted_on INTEGER NOT NULL,
  late INTEGER NOT NULL,
  PRIMARY KEY (area_id, counted_on)
) STRICT, WITHOUT ROWID;
