-- How the notices of a round went, and whom nothing reached. Tables: notice, notice_delivery.

-- name: notice_round_counts :many
-- params: area, round
-- returns: n int
SELECT delivery.channel, delivery.state, CAST(COUNT(*) AS BIGINT) AS n
FROM notice
JOIN notice_delivery AS delivery ON delivery.area_id = notice.area_id
  AND delivery.notice_id = notice.id
  AND (notice.person_id = 0 OR notice.person_id = delivery.person_id)
WHERE notice.area_id = :area AND notice.round_id = :round
GROUP BY delivery.channel, delivery.state
ORDER BY delivery.channel, delivery.state

-- name: notice_round_all :many
-- params: area, round
SELECT id, kind, words, words_en, sent_at FROM notice
WHERE area_id = :area AND round_id = :round AND person_id = 0
ORDER BY id DESC
LIMIT 20

-- name: notice_round_title :one
-- params: area, round
SELECT title FROM programmes_public_round WHERE area_id = :area AND id = :round

-- Those on the roll whom nothing told what was for everybody: who asked to be told by a person, who
-- has no telephone or no way to sign in and chose nothing, and whose message did not arrive.
-- name: notice_untold_all :many
-- params: area, notice, pattern text, has_after, after_key text, after_id, rows
-- returns: state int, reason int, chosen int
SELECT home.person_id, home.name, home.phone, home.building, home.door, home.place_key,
       COALESCE(delivery.state, 0) AS state, COALESCE(delivery.reason, 0) AS reason,
       COALESCE(reader.channel, 0) AS chosen
FROM people_public_roll AS home
LEFT JOIN notice_reader AS reader ON reader.person_id = home.person_id
LEFT JOIN notice_delivery AS delivery ON delivery.area_id = home.area_id
  AND delivery.notice_id = :notice AND delivery.person_id = home.person_id
WHERE home.area_id = :area AND home.name LIKE :pattern ESCAPE '\'
  AND (:has_after = 0 OR (home.place_key, home.person_id) > (:after_key, :after_id))
  AND (delivery.state IN (4, 5) OR (delivery.state IS NULL AND (
        COALESCE(reader.channel, 0) = 4 OR (COALESCE(reader.channel, 0) = 0 AND (
          home.phone = '' OR NOT EXISTS (SELECT 1 FROM auth_public_way AS way
                                         WHERE way.person_id = home.person_id))))))
ORDER BY home.place_key, home.person_id
LIMIT :rows

-- The same for what was for one person each.
-- name: notice_untold_own :many
-- params: area, round, pattern text, has_after, after_key text, after_id, rows
-- returns: state int, reason int, chosen int
SELECT notice.id, notice.kind, notice.words, notice.words_en, home.person_id, home.name, home.phone,
       home.building, home.door, home.place_key, COALESCE(delivery.state, 0) AS state,
       COALESCE(delivery.reason, 0) AS reason, COALESCE(reader.channel, 0) AS chosen
FROM notice
JOIN people_public_roll AS home ON home.area_id = notice.area_id
  AND home.person_id = notice.person_id
LEFT JOIN notice_reader AS reader ON reader.person_id = home.person_id
LEFT JOIN notice_delivery AS delivery ON delivery.area_id = notice.area_id
  AND delivery.notice_id = notice.id AND delivery.person_id = notice.person_id
WHERE notice.area_id = :area AND notice.round_id = :round AND notice.person_id <> 0
  AND home.name LIKE :pattern ESCAPE '\'
  AND (:has_after = 0 OR (home.place_key, notice.id) > (:after_key, :after_id))
  AND (delivery.state IN (4, 5) OR (delivery.state IS NULL AND (
        COALESCE(reader.channel, 0) = 4 OR (COALESCE(reader.channel, 0) = 0 AND (
          home.phone = '' OR NOT EXISTS (SELECT 1 FROM auth_public_way AS way
                                         WHERE way.person_id = home.person_id))))))
ORDER BY home.place_key, notice.id
LIMIT :rows

-- A person has told them, whatever was to be sent; not while it is under way or has arrived.
-- name: notice_told :exec
-- params: area, round, notice, person, by, now_at
INSERT INTO notice_delivery (area_id, notice_id, person_id, channel, state, tries, next_at, attempt,
  lease_until_at, reason, status, settled_at, settled_by)
SELECT :area, :notice, home.person_id, 4, 3, 0, 0, 0, 0, 0, 0, :now_at, :by
FROM people_public_roll AS home
JOIN notice ON notice.area_id = home.area_id AND notice.round_id = :round AND notice.id = :notice
  AND notice.person_id IN (0, home.person_id)
WHERE home.area_id = :area AND home.person_id = :person
ON CONFLICT (area_id, notice_id, person_id) DO UPDATE SET channel = 4, state = 3, reason = 0,
  settled_at = excluded.settled_at, settled_by = excluded.settled_by
WHERE notice_delivery.state IN (4, 5)

-- Sent once more because a person has said so.
-- name: notice_again :exec
-- params: area, round, notice, person, by, now_at
UPDATE notice_delivery SET state = 1, tries = 0, next_at = :now_at, settled_at = :now_at,
  settled_by = :by
WHERE area_id = :area AND notice_id = :notice AND person_id = :person AND state IN (4, 5)
  AND EXISTS (SELECT 1 FROM notice WHERE notice.area_id = :area AND notice.round_id = :round
              AND notice.id = :notice)

-- Whom a notice to one person is for.
-- name: notice_person :maybe
-- params: area, round, notice
SELECT person_id FROM notice
WHERE area_id = :area AND round_id = :round AND id = :notice AND person_id <> 0
ORDER BY person_id
LIMIT 1
