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
  is_spread INTEGER NOT NULL,        -- 1: notice_delivery has its rows
  spread_to INTEGER NOT NULL,        -- the last person of the roll who has one, while it has not all of them
  PRIMARY KEY (area_id, person_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_to_spread ON notice (sent_at) WHERE is_spread = 0;
CREATE INDEX notice_by_round ON notice (area_id, round_id, person_id, id);
CREATE INDEX notice_of_person ON notice (person_id, id) WHERE person_id <> 0;

-- table: notice_reader  owner: notices  scope: instance
-- Up to where a person has read, and how they want to be told besides; without a row: nothing, not at all.
CREATE TABLE notice_reader (
  person_id INTEGER NOT NULL,        -- personal: pseudonym
  read_to INTEGER NOT NULL,          -- id of a notice, 0: nothing
  channel INTEGER NOT NULL CHECK (channel BETWEEN 0 AND 4), -- NoticeChannel in notices_rules.h
  email TEXT NOT NULL,               -- personal: contact; empty unless the channel is e-mail
  PRIMARY KEY (person_id)
) STRICT, WITHOUT ROWID;

-- table: notice_delivery  owner: notices  scope: area
-- A notice on its way out of the site, once for each person: the key is what keeps it from being sent twice.
CREATE TABLE notice_delivery (
  area_id INTEGER NOT NULL,
  notice_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,        -- personal: pseudonym
  channel INTEGER NOT NULL CHECK (channel BETWEEN 1 AND 4),
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 5), -- NoticeState in notices_rules.h
  tries INTEGER NOT NULL,
  next_at INTEGER NOT NULL,          -- waiting: not before
  attempt INTEGER NOT NULL,          -- id of the last attempt; its outcome counts while it is the last
  lease_until_at INTEGER NOT NULL,   -- sending: later than this nobody is at it any more
  reason INTEGER NOT NULL,           -- SendReason of the last attempt
  status INTEGER NOT NULL,           -- what the gateway answered, 0: nothing
  settled_at INTEGER NOT NULL,       -- of the last change
  settled_by INTEGER NOT NULL,       -- staff who decided, 0: the program
  PRIMARY KEY (area_id, notice_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_delivery_that_waits ON notice_delivery (next_at) WHERE state = 1;
CREATE INDEX notice_delivery_under_way ON notice_delivery (lease_until_at) WHERE state = 2;
CREATE INDEX notice_delivery_of_person ON notice_delivery (person_id);

-- view: people_public_phone  owner: people  scope: instance
-- Where somebody is reached who has chosen to be told by telephone.
CREATE VIEW people_public_phone AS
  SELECT id AS person_id, phone FROM person WHERE erased_at = 0;

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

-- view: auth_public_way  owner: auth  scope: instance
-- Who has some way to sign in.
CREATE VIEW auth_public_way AS
  SELECT person_id FROM credential;
