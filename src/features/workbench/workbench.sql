-- Statements of the room workbench: it has no table of its own.

-- What came in since that moment, newest first.
-- name: workbench_new_proposals :many
-- params: area, since_at, limit
SELECT id, title, submitted_at, channel FROM proposals_public_proposal
WHERE area_id = :area AND submitted_at >= :since_at AND state <> 4
ORDER BY submitted_at DESC, id DESC LIMIT :limit;

-- name: workbench_new_count :one
-- params: area, since_at
-- returns: n int
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM proposals_public_proposal
WHERE area_id = :area AND submitted_at >= :since_at AND state <> 4;
