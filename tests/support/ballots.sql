-- What the crash tests and the bench read and make beside the rooms' own statements.

-- name: ballots_stored :many
-- params: area, poll_id
SELECT ballot_key, choices, receipt FROM ballot WHERE area_id = :area AND poll_id = :poll_id;

-- A proposal for bench and tests, not through the room: a new column with a default costs nothing here.
-- name: world_proposal_insert :exec
-- params: area, id, title text, receipt text, proposer, submitted_at
INSERT INTO proposal (area_id, id, round_id, title, need, place, beneficiaries, kind, cost_fen, state,
                      reason, channel, receipt, proposer_id, proposer_name, proposer_phone,
                      entered_by, submitted_at, decided_at, decided_by, version)
VALUES (:area, :id, 1, :title, '晚上回家看不清台阶。', '北门', '楼里的老人和孩子', 1, 0, 1,
        '', 1, :receipt, :proposer, '', '', 0, :submitted_at, 0, 0, 1);

-- What bench/bench_grow.c needs of a demonstration.

-- name: grow_area :one
-- params: name text
SELECT id FROM area WHERE name = :name;

-- name: grow_refused :one
-- params: area, round
SELECT id FROM proposal WHERE area_id = :area AND round_id = :round AND state = 3 ORDER BY id LIMIT 1;

-- name: grow_proposal_copy :exec
-- params: area, id, original, receipt text, proposer
INSERT INTO proposal (area_id, id, round_id, title, need, place, beneficiaries, kind, cost_fen, state, reason, channel,
  receipt, proposer_id, proposer_name, proposer_phone, entered_by, submitted_at, decided_at, decided_by, version)
SELECT area_id, :id, round_id, title, need, place, beneficiaries, kind, cost_fen, state, reason, 1, :receipt, :proposer,
  '', '', 0, submitted_at, decided_at, decided_by, 1
FROM proposal WHERE area_id = :area AND id = :original;
