-- table: photo  owner: files  scope: area
-- A picture as brought (never public), the clean copy everybody sees, and its thumbnail.
CREATE TABLE photo (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  original_file INTEGER NOT NULL,
  shown_file INTEGER NOT NULL,
  thumb_file INTEGER NOT NULL,
  width INTEGER NOT NULL,            -- of the copy
  height INTEGER NOT NULL,
  added_by INTEGER NOT NULL,         -- person
  added_at INTEGER NOT NULL,
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;
