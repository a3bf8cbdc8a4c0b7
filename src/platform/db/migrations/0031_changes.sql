-- Lines of logs that are corrected or taken back.

-- table: record_change  owner: changes  scope: area
-- What a line said before it was corrected, or why it was taken back: no names of people.
CREATE TABLE record_change (
  area_id INTEGER NOT NULL,
  of_id INTEGER NOT NULL,            -- the row, of whatever table
  id INTEGER NOT NULL,
  is_withdrawal INTEGER NOT NULL CHECK (is_withdrawal IN (0, 1)),
  was TEXT NOT NULL,
  reason TEXT NOT NULL,
  changed_by INTEGER NOT NULL,       -- staff
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (area_id, of_id, id)
) STRICT, WITHOUT ROWID;
