-- The list of staff. 0 or '' as a filter: any. entered 1: taken down by `by`, 2: by any staff, 3: made
-- on line. phone 1: only those whose proposer has no number.

-- name: desk_newest :many
-- params: area, round, state, kind, channel, entered, by, phone, words text, edge, limit
-- returns: proposer text, entered_name text, has_phone int
SELECT id, title, state, kind, channel, place, cost_fen, ticket, submitted_at, proposer,
       entered_name, CAST(has_phone AS BIGINT) AS has_phone
FROM proposals_public_desk
WHERE area_id = :area AND id < :edge
  AND (:round = 0 OR round_id = :round) AND (:state = 0 OR state = :state)
  AND (:kind = 0 OR kind = :kind) AND (:channel = 0 OR channel = :channel)
  AND (:entered = 0 OR (:entered = 1 AND entered_by = :by) OR (:entered = 2 AND entered_by <> 0)
       OR (:entered = 3 AND entered_by = 0))
  AND (:phone = 0 OR has_phone = 0)
  AND (:words = '' OR id IN (SELECT proposal_id FROM proposal_search
                             WHERE proposal_search MATCH :words AND area_id = :area))
ORDER BY id DESC
LIMIT :limit
-- only: postgres
SELECT id, title, state, kind, channel, place, cost_fen, ticket, submitted_at, proposer,
       entered_name, CAST(has_phone AS BIGINT) AS has_phone
FROM proposals_public_desk
WHERE area_id = :area AND id < :edge
  AND (:round = 0 OR round_id = :round) AND (:state = 0 OR state = :state)
  AND (:kind = 0 OR kind = :kind) AND (:channel = 0 OR channel = :channel)
  AND (:entered = 0 OR (:entered = 1 AND entered_by = :by) OR (:entered = 2 AND entered_by <> 0)
       OR (:entered = 3 AND entered_by = 0))
  AND (:phone = 0 OR has_phone = 0)
  AND (:words = '' OR id IN (SELECT proposal_id FROM proposal_search
                             WHERE area_id = :area AND to_tsvector('simple', words)
                               @@ plainto_tsquery('simple', :words)))
ORDER BY id DESC
LIMIT :limit

-- name: desk_oldest :many
-- params: area, round, state, kind, channel, entered, by, phone, words text, edge, limit
-- returns: proposer text, entered_name text, has_phone int
SELECT id, title, state, kind, channel, place, cost_fen, ticket, submitted_at, proposer,
       entered_name, CAST(has_phone AS BIGINT) AS has_phone
FROM proposals_public_desk
WHERE area_id = :area AND id > :edge
  AND (:round = 0 OR round_id = :round) AND (:state = 0 OR state = :state)
  AND (:kind = 0 OR kind = :kind) AND (:channel = 0 OR channel = :channel)
  AND (:entered = 0 OR (:entered = 1 AND entered_by = :by) OR (:entered = 2 AND entered_by <> 0)
       OR (:entered = 3 AND entered_by = 0))
  AND (:phone = 0 OR has_phone = 0)
  AND (:words = '' OR id IN (SELECT proposal_id FROM proposal_search
                             WHERE proposal_search MATCH :words AND area_id = :area))
ORDER BY id
LIMIT :limit
-- only: postgres
SELECT id, title, state, kind, channel, place, cost_fen, ticket, submitted_at, proposer,
       entered_name, CAST(has_phone AS BIGINT) AS has_phone
FROM proposals_public_desk
WHERE area_id = :area AND id > :edge
  AND (:round = 0 OR round_id = :round) AND (:state = 0 OR state = :state)
  AND (:kind = 0 OR kind = :kind) AND (:channel = 0 OR channel = :channel)
  AND (:entered = 0 OR (:entered = 1 AND entered_by = :by) OR (:entered = 2 AND entered_by <> 0)
       OR (:entered = 3 AND entered_by = 0))
  AND (:phone = 0 OR has_phone = 0)
  AND (:words = '' OR id IN (SELECT proposal_id FROM proposal_search
                             WHERE area_id = :area AND to_tsvector('simple', words)
                               @@ plainto_tsquery('simple', :words)))
ORDER BY id
LIMIT :limit

-- How many came each way; withdrawn ones do not count.
-- name: desk_channels :many
-- params: area, round
-- returns: n int
SELECT channel, CAST(COUNT(*) AS BIGINT) AS n FROM proposal
WHERE area_id = :area AND (:round = 0 OR round_id = :round) AND state <> 4
GROUP BY channel
ORDER BY 2 DESC, channel
