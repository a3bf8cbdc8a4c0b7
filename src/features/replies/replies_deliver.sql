-- Answers delivered many at once: an evening's letters, a morning's calls. Table: reply.

-- How many written answers wait to be delivered by each way.
-- name: reply_deliver_ways :many
-- params: area, round
-- returns: n int
SELECT reply.way, CAST(COUNT(*) AS BIGINT) AS n
FROM reply
JOIN replies_public_case AS owed ON owed.area_id = reply.area_id
  AND owed.proposal_id = reply.proposal_id AND owed.kind = reply.kind AND owed.about = reply.about
WHERE reply.area_id = :area AND reply.round_id = :round AND reply.delivered_at = 0
GROUP BY reply.way
ORDER BY reply.way

-- Those that wait to be delivered one way, with where the proposer lives as far as the roll knows.
-- name: reply_deliver_list :many
-- params: area, round, way, after, limit
-- returns: person_name text, phone text, building text, door text
SELECT reply.proposal_id, reply.words, reply.written_at, origin.title, origin.receipt,
       origin.proposer_name, COALESCE(person.name, '') AS person_name,
       CASE WHEN origin.proposer_phone <> '' THEN origin.proposer_phone ELSE COALESCE(roll.phone, '') END
         AS phone,
       COALESCE(roll.building, '') AS building, COALESCE(roll.door, '') AS door
FROM reply
JOIN replies_public_case AS owed ON owed.area_id = reply.area_id
  AND owed.proposal_id = reply.proposal_id AND owed.kind = reply.kind AND owed.about = reply.about
JOIN proposals_public_origin AS origin ON origin.area_id = reply.area_id
  AND origin.id = reply.proposal_id
LEFT JOIN people_public_person AS person ON person.id = origin.proposer_id
LEFT JOIN people_public_roll AS roll ON roll.area_id = reply.area_id
  AND roll.person_id = origin.proposer_id
WHERE reply.area_id = :area AND reply.round_id = :round AND reply.way = :way
  AND reply.delivered_at = 0 AND reply.proposal_id > :after
ORDER BY reply.proposal_id
LIMIT :limit

-- No row when it was delivered meanwhile, goes another way now, or the record has changed.
-- name: reply_deliver :exec
-- params: area, round, proposal, way, delivered_at, deliverer text, recorded_by, batch
UPDATE reply SET delivered_at = :delivered_at, deliverer = :deliverer, recorded_by = :recorded_by,
  batch_id = :batch, version = version + 1
WHERE area_id = :area AND round_id = :round AND proposal_id = :proposal AND way = :way
  AND delivered_at = 0
  AND EXISTS (SELECT 1 FROM replies_public_case AS owed
              WHERE owed.area_id = :area AND owed.proposal_id = :proposal
                AND owed.kind = reply.kind AND owed.about = reply.about)

-- What was recorded last in one go and nobody has changed since.
-- name: reply_batch_last :maybe
-- params: area, round
-- returns: n int, sent_at int, deliverer text, recorder text
SELECT reply.batch_id, CAST(COUNT(*) AS BIGINT) AS n, MAX(reply.delivered_at) AS sent_at,
       MAX(reply.deliverer) AS deliverer, MAX(COALESCE(person.name, '')) AS recorder
FROM reply
LEFT JOIN people_public_person AS person ON person.id = reply.recorded_by
WHERE reply.area_id = :area AND reply.round_id = :round AND reply.batch_id <> 0
GROUP BY reply.batch_id
ORDER BY reply.batch_id DESC
LIMIT 1

-- name: reply_batch :many
-- params: area, round, batch
SELECT proposal_id FROM reply
WHERE area_id = :area AND round_id = :round AND batch_id = :batch
ORDER BY proposal_id

-- name: reply_take_back :exec
-- params: area, round, batch
UPDATE reply SET delivered_at = 0, deliverer = '', recorded_by = 0, batch_id = 0,
  version = version + 1
WHERE area_id = :area AND round_id = :round AND batch_id = :batch
