-- Notices on their way out of the site. Tables: notice, notice_delivery.

-- Whether there is anything to do at all: asked every few seconds.
-- name: notice_work :one
-- params: since_at, now_at
-- returns: has_new int, has_waiting int, has_stale int
-- crosses areas: the job serves the whole installation
SELECT CASE WHEN EXISTS (SELECT 1 FROM notice
         WHERE notice.is_spread = 0 AND notice.sent_at >= :since_at) THEN 1 ELSE 0 END AS has_new,
       CASE WHEN EXISTS (SELECT 1 FROM notice_delivery AS delivery
         WHERE delivery.state = 1 AND delivery.next_at <= :now_at) THEN 1 ELSE 0 END AS has_waiting,
       CASE WHEN EXISTS (SELECT 1 FROM notice_delivery AS delivery
         WHERE delivery.state = 2 AND delivery.lease_until_at <= :now_at) THEN 1 ELSE 0 END AS has_stale

-- name: notice_unspread :many
-- params: since_at, rows
-- crosses areas: the job serves the whole installation
SELECT area_id, id, person_id, spread_to FROM notice
WHERE is_spread = 0 AND sent_at >= :since_at
ORDER BY sent_at
LIMIT :rows

-- A row for whoever was told and wants it sent.
-- name: notice_spread_one :exec
-- params: area, id, person, now_at
INSERT INTO notice_delivery (area_id, notice_id, person_id, channel, state, tries, next_at, attempt,
  lease_until_at, reason, status, settled_at, settled_by)
SELECT :area, :id, reader.person_id, reader.channel, 1, 0, :now_at, 0, 0, 0, 0, :now_at, 0
FROM notice_reader AS reader
WHERE reader.person_id = :person AND reader.channel BETWEEN 1 AND 3
ON CONFLICT (area_id, notice_id, person_id) DO NOTHING

-- Those on the roll behind a person, as many as fit in a transaction.
-- name: notice_spread_to :many
-- params: area, after, rows
SELECT home.person_id
FROM people_public_roll AS home
JOIN notice_reader AS reader ON reader.person_id = home.person_id
WHERE home.area_id = :area AND home.person_id > :after AND reader.channel BETWEEN 1 AND 3
ORDER BY home.person_id
LIMIT :rows

-- name: notice_spread_mark :exec
-- params: area, id, person, is_spread, spread_to
UPDATE notice SET is_spread = :is_spread, spread_to = :spread_to
WHERE area_id = :area AND id = :id AND person_id = :person

-- The one that has waited longest, with all that a message is made of.
-- name: notice_next :maybe
-- params: now_at
-- returns: phone text, email text
-- crosses areas: the job serves the whole installation
SELECT delivery.area_id, delivery.notice_id, delivery.person_id, delivery.channel, delivery.tries,
       notice.kind, notice.words, notice.link, area.name,
       COALESCE(person.phone, '') AS phone, COALESCE(reader.email, '') AS email
FROM notice_delivery AS delivery
JOIN notice ON notice.area_id = delivery.area_id AND notice.id = delivery.notice_id
  AND notice.person_id IN (0, delivery.person_id)
JOIN areas_public_area AS area ON area.id = delivery.area_id
LEFT JOIN people_public_phone AS person ON person.person_id = delivery.person_id
LEFT JOIN notice_reader AS reader ON reader.person_id = delivery.person_id
WHERE delivery.state = 1 AND delivery.next_at <= :now_at
ORDER BY delivery.next_at, delivery.person_id
LIMIT 1

-- name: notice_take :versioned
-- params: area, notice, person, attempt, lease_until_at, now_at
UPDATE notice_delivery SET state = 2, tries = tries + 1, attempt = :attempt,
  lease_until_at = :lease_until_at, settled_at = :now_at
WHERE area_id = :area AND notice_id = :notice AND person_id = :person AND state = 1

-- name: notice_settle :exec
-- params: area, notice, person, attempt, state, next_at, reason, status, now_at
UPDATE notice_delivery SET state = :state, next_at = :next_at, reason = :reason, status = :status,
  settled_at = :now_at
WHERE area_id = :area AND notice_id = :notice AND person_id = :person AND attempt = :attempt
  AND state = 2

-- Whoever was sending these is gone: nobody knows what became of them.
-- name: notice_stale :exec
-- params: now_at, reason
-- crosses areas: the job serves the whole installation
UPDATE notice_delivery SET state = 5, reason = :reason, status = 0, settled_at = :now_at
WHERE state = 2 AND lease_until_at <= :now_at
