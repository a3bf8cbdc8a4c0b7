-- What the demonstration has left in the database.

-- name: demo_check_counts :one
-- returns: people int, residents int, staff int, proposals int, ballots int, pending int
-- crosses areas: a test
SELECT CAST((SELECT COUNT(*) FROM person) AS BIGINT) AS people,
       CAST((SELECT COUNT(*) FROM resident) AS BIGINT) AS residents,
       CAST((SELECT COUNT(*) FROM role_grant) AS BIGINT) AS staff,
       CAST((SELECT COUNT(*) FROM proposal) AS BIGINT) AS proposals,
       CAST((SELECT COUNT(*) FROM ballot) AS BIGINT) AS ballots,
       CAST((SELECT COUNT(*) FROM journal_pending) AS BIGINT) AS pending;

-- name: demo_check_rounds :many
-- crosses areas: a test
SELECT r.title, r.stage_no, s.state, s.opens_at, s.closes_at
FROM round AS r
JOIN stage AS s ON s.area_id = r.area_id AND s.round_id = r.id AND s.no = r.stage_no
ORDER BY r.created_at;

-- name: demo_check_proposal_states :many
-- returns: n int
-- crosses areas: a test
SELECT r.title, p.state, CAST(COUNT(*) AS BIGINT) AS n
FROM proposal AS p JOIN round AS r ON r.area_id = p.area_id AND r.id = p.round_id
GROUP BY r.title, r.created_at, p.state ORDER BY r.created_at, p.state;

-- name: demo_check_polls :many
-- returns: ballots int, winners int, losers int
-- crosses areas: a test
SELECT p.title, p.state, p.closes_at,
       CAST((SELECT COUNT(*) FROM ballot AS b
             WHERE b.area_id = p.area_id AND b.poll_id = p.id) AS BIGINT) AS ballots,
       CAST((SELECT COUNT(*) FROM result_option AS o WHERE o.area_id = p.area_id
             AND o.poll_id = p.id AND o.is_selected = 1) AS BIGINT) AS winners,
       CAST((SELECT COUNT(*) FROM result_option AS o WHERE o.area_id = p.area_id
             AND o.poll_id = p.id AND o.is_selected = 0) AS BIGINT) AS losers
FROM poll AS p ORDER BY p.opened_at;

-- name: demo_check_objections :many
-- crosses areas: a test
SELECT objected_at, answered_at FROM objection ORDER BY id;

-- name: demo_check_journal :many
-- crosses areas: a test
SELECT act, happened_at, reason FROM journal_entry ORDER BY id;

-- name: demo_check_ballots :many
-- crosses areas: a test
SELECT choices FROM ballot ORDER BY poll_id, choices;

-- name: demo_check_results :many
-- crosses areas: a test
SELECT no, place, is_selected, votes FROM result_option ORDER BY poll_id, no;

-- name: demo_check_poll_add :exec
-- params: area, id, closes_at
INSERT INTO poll (area_id, id, round_id, title, state, opens_at, closes_at, budget_fen, max_choices,
  minimum_age, rule, utility, completion, increment_fen, tie, misfit, zero_support, eligible,
  is_imported, opened_at, closed_at, counted_at, version)
VALUES (:area, :id, 0, 't', 2, 0, :closes_at, 1, 1, 0, 'greedy', 'cost', 'none', 0, 'name',
        'skip', 'exclude', 0, 0, 0, 0, 0, 1);
