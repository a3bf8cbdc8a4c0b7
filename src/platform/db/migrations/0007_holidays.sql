-- table: holiday  owner: programmes  scope: instance
-- Public holidays and days worked instead, a year at a time (data/holidays). A year that is not here
-- is as the program has it built in.
CREATE TABLE holiday (
  day_on INTEGER NOT NULL,
  year INTEGER NOT NULL,
  is_working INTEGER NOT NULL CHECK (is_working IN (0, 1)), -- 1: a Saturday or Sunday worked
  name TEXT NOT NULL,
  imported_at INTEGER NOT NULL,
  PRIMARY KEY (day_on)
) STRICT, WITHOUT ROWID;
