-- Statements of the room programmes. Tables: programme, round, stage.

-- Rounds with the stage they stand at, newest first. id 0: any; only_open 1: not the finished ones;
-- before: the last id of the page before, or the largest number.
-- name: round_list :many
-- params: area, id, only_open, before, limit
-- returns: n_stages int
SELECT round.area_id, round.id, round.title, round.budget_fen, round.minimum_age, round.max_choices,
       round.rule, round.utility, round.tie, round.stage_no, round.created_at, round.version,
       stage.kind, stage.name, stage.state, stage.opens_at, stage.closes_at, stage.working_days,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM stage AS every
        WHERE every.area_id = round.area_id AND every.round_id = round.id) AS n_stages
FROM round
JOIN stage ON stage.area_id = round.area_id AND stage.round_id = round.id
  AND stage.no = round.stage_no
WHERE round.area_id = :area AND round.id < :before AND (:id = 0 OR round.id = :id)
  AND (:only_open = 0 OR stage.state = 2)
ORDER BY round.id DESC
LIMIT :limit

-- name: stage_list :many
-- params: area, round
SELECT no, kind, name, state, opens_at, closes_at, gates, working_days, opened_at, opened_by,
       closed_at, closed_by, waive_reason, version
FROM stage
WHERE area_id = :area AND round_id = :round
ORDER BY no

-- What waits for the secretary: the open stage of every round.
-- name: stage_open_list :many
-- params: area
SELECT stage.round_id, stage.no, stage.name, stage.closes_at, round.title
FROM stage
JOIN round ON round.area_id = stage.area_id AND round.id = stage.round_id
WHERE stage.area_id = :area AND stage.state = 2
ORDER BY stage.closes_at

-- name: programme_of_round :maybe
-- params: area, round
-- crosses areas: a district's programme runs as rounds of its communities
SELECT programme.title, programme.template, programme.summary
FROM round
JOIN programme ON programme.area_id = round.programme_area_id AND programme.id = round.programme_id
WHERE round.area_id = :area AND round.id = :round

-- What the accepted proposals of a round would cost, by kind.
-- name: round_accepted_money :many
-- params: area, round
-- returns: proposals int, total_fen int
SELECT kind, CAST(COUNT(*) AS BIGINT) AS proposals,
       CAST(COALESCE(SUM(cost_fen), 0) AS BIGINT) AS total_fen
FROM proposals_public_proposal
WHERE area_id = :area AND round_id = :round AND state = 2
GROUP BY kind
ORDER BY kind

-- What the ballot of a round chose, once counted.
-- name: round_chosen_money :many
-- params: area, round
-- returns: projects int, total_fen int
SELECT chosen.kind, CAST(COUNT(*) AS BIGINT) AS projects,
       CAST(COALESCE(SUM(chosen.cost_fen), 0) AS BIGINT) AS total_fen
FROM polls_public_poll AS poll
JOIN polls_public_result_option AS chosen ON chosen.area_id = poll.area_id
  AND chosen.poll_id = poll.id
WHERE poll.area_id = :area AND poll.round_id = :round AND poll.state = 4 AND chosen.is_selected = 1
GROUP BY chosen.kind
ORDER BY chosen.kind

-- name: person_name :maybe
-- params: person
SELECT name FROM people_public_person WHERE id = :person

-- name: programme_insert :exec
-- params: area, id, title text, template text, summary text, published_at
INSERT INTO programme (area_id, id, title, template, summary, published_at, version)
VALUES (:area, :id, :title, :template, :summary, :published_at, 1)

-- name: round_insert :exec
-- params: area, id, programme, title text, budget_fen, minimum_age, max_choices, created_at
INSERT INTO round (area_id, id, programme_area_id, programme_id, title, budget_fen, minimum_age,
                   max_choices, rule, utility, tie, stage_no, created_at, version)
VALUES (:area, :id, :area, :programme, :title, :budget_fen, :minimum_age,
        :max_choices, 'greedy', 'cost', 'votes,cost,name', 1, :created_at, 1)

-- name: stage_insert :exec
-- params: area, round, no, kind text, name text, state, opens_at, closes_at, gates text, working_days, opened_at, opened_by
INSERT INTO stage (area_id, round_id, no, kind, name, state, opens_at, closes_at, gates,
                   working_days, opened_at, opened_by, closed_at, closed_by, waive_reason, version)
VALUES (:area, :round, :no, :kind, :name, :state, :opens_at, :closes_at, :gates,
        :working_days, :opened_at, :opened_by, 0, 0, '', 1)

-- name: round_move :exec
-- params: area, id, version, stage_no
UPDATE round SET stage_no = :stage_no, version = version + 1
WHERE area_id = :area AND id = :id AND version = :version

-- name: stage_leave :exec
-- params: area, round, no, closed_at, closed_by
UPDATE stage SET state = 3, closed_at = :closed_at, closed_by = :closed_by, version = version + 1
WHERE area_id = :area AND round_id = :round AND no = :no AND state = 2

-- name: stage_enter :exec
-- params: area, round, no, opened_at, opened_by
UPDATE stage SET state = 2, opened_at = :opened_at, opened_by = :opened_by, version = version + 1
WHERE area_id = :area AND round_id = :round AND no = :no AND state = 1

-- name: stage_waive :exec
-- params: area, round, no, reason text, closed_at, closed_by
UPDATE stage SET state = 4, waive_reason = :reason, closed_at = :closed_at, closed_by = :closed_by,
  version = version + 1
WHERE area_id = :area AND round_id = :round AND no = :no AND state = 1

-- The open stage or one to come.
-- name: stage_plan :exec
-- params: area, round, no, opens_at, closes_at
UPDATE stage SET opens_at = :opens_at, closes_at = :closes_at, version = version + 1
WHERE area_id = :area AND round_id = :round AND no = :no AND state IN (1, 2)

-- For rounds run elsewhere: a stage put into a state, at times, without an act of anybody.
-- name: stage_place :exec
-- params: area, round, no, state, opened_at, closed_at
UPDATE stage SET state = :state, opened_at = :opened_at, opened_by = 0, closed_at = :closed_at,
  closed_by = 0, version = version + 1
WHERE area_id = :area AND round_id = :round AND no = :no

-- name: round_place :exec
-- params: area, id, stage_no
UPDATE round SET stage_no = :stage_no, version = version + 1 WHERE area_id = :area AND id = :id

-- --- working days ---

-- name: holiday_list :many
SELECT day_on, is_working FROM holiday ORDER BY day_on

-- name: holiday_drop :exec
-- params: year
DELETE FROM holiday WHERE year = :year

-- name: holiday_insert :exec
-- params: day_on, year, is_working, name text, imported_at
INSERT INTO holiday (day_on, year, is_working, name, imported_at)
VALUES (:day_on, :year, :is_working, :name, :imported_at)
