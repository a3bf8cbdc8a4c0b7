-- Where notices hang on paper.

-- table: publication_posting  owner: publicity  scope: area
-- A notice put up in one place. Corrected or withdrawn with a reason; record_change keeps what it said before.
CREATE TABLE publication_posting (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  publication_id INTEGER NOT NULL,
  place TEXT NOT NULL,               -- public
  up_on INTEGER NOT NULL,
  up_by TEXT NOT NULL,               -- personal: name; who put it up, as typed, for staff only
  up_photo_id INTEGER NOT NULL,      -- 0: none; shown to everybody or kept for staff, as the photo says
  down_on INTEGER NOT NULL,          -- 0: it hangs
  down_by TEXT NOT NULL,             -- personal: name; likewise
  down_photo_id INTEGER NOT NULL,
  is_withdrawn INTEGER NOT NULL CHECK (is_withdrawn IN (0, 1)),
  recorded_by INTEGER NOT NULL,      -- staff
  recorded_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX publication_posting_by_publication ON publication_posting (area_id, publication_id, id);
CREATE INDEX publication_posting_hanging ON publication_posting (area_id, publication_id)
  WHERE down_on = 0 AND is_withdrawn = 0;
