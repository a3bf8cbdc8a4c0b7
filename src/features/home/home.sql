-- Statements of the room home: it has no table of its own and reads what others publish.

-- The newest round, when none is running.
-- name: home_newest_round :maybe
-- params: area
SELECT id FROM programmes_public_round WHERE area_id = :area ORDER BY id DESC LIMIT 1;

-- The poll of a round, with its sums once it is counted.
-- name: home_poll :maybe
-- params: area, round
SELECT poll.id, poll.state, poll.opens_at, poll.closes_at, result.budget_fen, result.total_cost_fen
FROM polls_public_poll AS poll
LEFT JOIN polls_public_result AS result
  ON result.area_id = poll.area_id AND result.poll_id = poll.id
WHERE poll.area_id = :area AND poll.round_id = :round
ORDER BY poll.id DESC LIMIT 1;

-- Whether any project was ever chosen here.
-- name: home_projects :maybe
-- params: area
SELECT proposal_id FROM delivery_public_funded WHERE area_id = :area LIMIT 1;

-- What a round has chosen, by whichever way: projects, and what they cost the public.
-- name: home_chosen :one
-- params: area, round
-- returns: n int, cost_fen int
SELECT CAST(COUNT(*) AS BIGINT) AS n,
       CAST(COALESCE(SUM(CASE WHEN COALESCE(firm.value_fen, 0) >= funded.cost_fen THEN 0
                              ELSE funded.cost_fen - COALESCE(firm.value_fen, 0) END), 0) AS BIGINT) AS cost_fen
FROM delivery_public_funded AS funded
LEFT JOIN pledges_public_firm AS firm ON firm.area_id = funded.area_id AND firm.proposal_id = funded.proposal_id
WHERE funded.area_id = :area AND funded.round_id = :round;

-- The latest notices.
-- name: home_publications :many
-- params: area, limit
SELECT id, round_id, stage_no, title, published_at, ends_at FROM publicity_public_publication
WHERE area_id = :area ORDER BY id DESC LIMIT :limit;

-- What people proposed in a round: all but the withdrawn ones, those on the ballot, and those that
-- came otherwise than through this site (channel 1).
-- name: home_proposals :one
-- params: area, round
-- returns: proposals int, accepted int, offline int
SELECT CAST(COUNT(*) AS BIGINT) AS proposals,
       CAST(COALESCE(SUM(CASE WHEN state = 2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS accepted,
       CAST(COALESCE(SUM(CASE WHEN channel = 1 THEN 0 ELSE 1 END), 0) AS BIGINT) AS offline
FROM proposals_public_proposal
WHERE area_id = :area AND round_id = :round AND state <> 4;
