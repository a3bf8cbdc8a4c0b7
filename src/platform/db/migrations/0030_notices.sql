-- Notices: what people are told.

-- table: notice  owner: notices  scope: area
-- A sentence to one person, or to everybody on the community's roll; written with the fact it tells,
-- so that it is there exactly when the fact is. One sent to several people has the same id for each.
CREATE TABLE notice (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,        -- personal: pseudonym; 0: everybody on the roll
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 10), -- NoticeKind in notices_rules.h
  round_id INTEGER NOT NULL,
  words TEXT NOT NULL,
  words_en TEXT NOT NULL,
  link TEXT NOT NULL,                -- a path of the program
  sent_at INTEGER NOT NULL,
  PRIMARY KEY (area_id, person_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_of_person ON notice (person_id, id) WHERE person_id <> 0;

-- table: notice_reader  owner: notices  scope: instance
-- Up to where a person has read; nobody who never marked anything has a row.
CREATE TABLE notice_reader (
  person_id INTEGER NOT NULL,        -- personal: pseudonym
  read_to INTEGER NOT NULL,          -- id of a notice, 0: nothing
  PRIMARY KEY (person_id)
) STRICT, WITHOUT ROWID;

-- view: notices_public_unread  owner: notices  scope: area
-- What a person has not marked as read.
CREATE VIEW notices_public_unread AS
  SELECT notice.area_id, notice.person_id, notice.id
  FROM notice
  WHERE notice.person_id <> 0 AND notice.id > COALESCE((
    SELECT reader.read_to FROM notice_reader AS reader WHERE reader.person_id = notice.person_id), 0)
  UNION ALL
  SELECT notice.area_id, home.person_id, notice.id
  FROM people_public_resident AS home
  JOIN notice ON notice.area_id = home.area_id AND notice.person_id = 0
  WHERE home.left_on = 0 AND notice.id > COALESCE((
    SELECT reader.read_to FROM notice_reader AS reader WHERE reader.person_id = home.person_id), 0);
