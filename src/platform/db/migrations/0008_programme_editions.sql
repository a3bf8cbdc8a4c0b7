-- table: programme_edition  owner: programmes  scope: area
-- A programme as it was published: never changed. A change is the next edition, with its reason.
CREATE TABLE programme_edition (
  area_id INTEGER NOT NULL,
  programme_id INTEGER NOT NULL,
  no INTEGER NOT NULL,               -- 1, 2, 3 ...
  rules TEXT NOT NULL,               -- round_rules.h
  reason TEXT NOT NULL,              -- why it differs from the one before; empty for the first
  published_at INTEGER NOT NULL,
  published_by INTEGER NOT NULL,     -- 0: the program
  PRIMARY KEY (area_id, programme_id, no)
) STRICT, WITHOUT ROWID;
