-- Statements of the room notices. Tables: notice (area), notice_reader (instance).

-- name: notice_insert :exec
-- params: area, id, person, kind, round, words text, words_en text, link text, sent_at
INSERT INTO notice (area_id, id, person_id, kind, round_id, words, words_en, link, sent_at,
  is_spread, spread_to)
VALUES (:area, :id, :person, :kind, :round, :words, :words_en, :link, :sent_at, 0, 0)

-- One row for each member of staff who works for the area on that day.
-- name: notice_insert_office :exec
-- params: area, id, kind, round, words text, words_en text, link text, sent_at, today_on, worker, secretary
INSERT INTO notice (area_id, id, person_id, kind, round_id, words, words_en, link, sent_at,
  is_spread, spread_to)
SELECT :area, :id, given.person_id, :kind, :round, :words, :words_en, :link, :sent_at, 0, 0
FROM people_public_grant AS given
WHERE given.area_id = :area AND given.role IN (:worker, :secretary) AND given.revoked_at = 0
  AND given.starts_on <= :today_on AND (given.ends_on = 0 OR given.ends_on >= :today_on)
GROUP BY given.person_id

-- A person's own and those to everybody where they live, newest first, before an id.
-- name: notice_box :many
-- params: person, before, rows
-- returns: is_new int
-- crosses areas: a person reads what they were told anywhere
SELECT told.area_id, told.id, told.kind, told.words, told.words_en, told.link, told.sent_at,
       CASE WHEN told.id > COALESCE((SELECT reader.read_to FROM notice_reader AS reader
                                     WHERE reader.person_id = :person), 0) THEN 1 ELSE 0 END AS is_new,
       area.name, area.name_en
FROM (
  SELECT notice.area_id, notice.id, notice.kind, notice.words, notice.words_en, notice.link,
         notice.sent_at
  FROM notice
  WHERE notice.person_id = :person AND notice.person_id <> 0 AND notice.id < :before
  UNION ALL
  SELECT notice.area_id, notice.id, notice.kind, notice.words, notice.words_en, notice.link,
         notice.sent_at
  FROM people_public_resident AS home
  JOIN notice ON notice.area_id = home.area_id AND notice.person_id = 0
  WHERE home.person_id = :person AND home.left_on = 0 AND notice.id < :before
) AS told
JOIN areas_public_area AS area ON area.id = told.area_id
ORDER BY told.id DESC
LIMIT :rows

-- name: notice_read :exec
-- params: person, read_to
INSERT INTO notice_reader (person_id, read_to, channel, email) VALUES (:person, :read_to, 0, '')
ON CONFLICT (person_id) DO UPDATE SET read_to = excluded.read_to
WHERE excluded.read_to > notice_reader.read_to

-- name: notice_of_person :many
-- params: person, rows
-- crosses areas: a person's own data
SELECT kind, words, link, sent_at FROM notice
WHERE person_id = :person AND person_id <> 0
ORDER BY id
LIMIT :rows

-- name: notice_erase :exec
-- params: person
-- crosses areas: a person is erased wherever they were told something
DELETE FROM notice WHERE person_id = :person AND person_id <> 0

-- name: notice_reader_erase :exec
-- params: person
DELETE FROM notice_reader WHERE person_id = :person

-- name: notice_choose :exec
-- params: person, channel, email text
INSERT INTO notice_reader (person_id, read_to, channel, email)
VALUES (:person, 0, :channel, :email)
ON CONFLICT (person_id) DO UPDATE SET channel = excluded.channel, email = excluded.email

-- name: notice_reader_get :maybe
-- params: person
SELECT reader.channel, reader.email, reader.read_to FROM notice_reader AS reader
WHERE reader.person_id = :person

-- name: notice_phone :maybe
-- params: person
SELECT phone FROM people_public_phone WHERE person_id = :person

-- name: notice_delivery_erase :exec
-- params: person
-- crosses areas: a person is erased wherever they were told something
DELETE FROM notice_delivery WHERE person_id = :person
