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
  added_by INTEGER NOT NULL,         -- personal: pseudonym; 0 once erased
  added_at INTEGER NOT NULL,
  is_shown INTEGER NOT NULL DEFAULT 1 CHECK (is_shown IN (0, 1)), -- 0: only staff get it
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_by_adder ON photo (added_by);

-- What rooms may say of a photo: never its bytes.
-- view: files_public_photo  owner: files  scope: area
CREATE VIEW files_public_photo AS
  SELECT photo.area_id, photo.id, photo.width, photo.height, photo.added_by, photo.added_at, photo.is_shown,
         file.name, file.sha256
  FROM photo JOIN file ON file.area_id = photo.area_id AND file.id = photo.original_file;

-- table: proposal_photo  owner: proposals  scope: area
-- The photos of a proposal; ids rise, so that the first brought stands first.
CREATE TABLE proposal_photo (
  area_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  photo_id INTEGER NOT NULL,
  PRIMARY KEY (area_id, proposal_id, photo_id)
) STRICT, WITHOUT ROWID;
