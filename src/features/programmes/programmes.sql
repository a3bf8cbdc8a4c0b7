-- Statements of the room programmes. Tables: programme, programme_edition, round, stage, holiday.

-- Rounds with the stage they stand at, newest first. id 0: any; only_open 1: not the finished ones;
-- before: the last id of the page before, or the largest number.
-- name: round_list :many
-- params: area, id, only_open, before, limit
-- returns: n_stages int
SELECT round.area_id, round.id, round.title, round.budget_fen, round.minimum_age, round.max_choices,
       round.rule, round.utility, round.tie, round.stage_no, round.created_at, round.version,
       stage.kind, stage.name, stage.name_en, stage.state, stage.opens_at, stage.closes_at, stage.working_days,
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
SELECT no, kind, name, name_en, state, opens_at, closes_at, gates, enter_gates, acts, notice,
       working_days, opened_at, opened_by,
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

-- The plan a round rests on, in the edition that holds for it.
-- name: programme_of_round :maybe
-- params: area, round
-- crosses areas: a district's programme runs as rounds of its communities
SELECT programme.area_id, programme.id, programme.title, programme.template, programme.summary,
       edition.no, edition.published_at
FROM round
JOIN programme ON programme.area_id = round.programme_area_id AND programme.id = round.programme_id
JOIN programme_edition AS edition ON edition.area_id = round.programme_area_id
  AND edition.programme_id = round.programme_id AND edition.no = round.programme_edition
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

-- What the round has chosen: at the cost it had on the ballot, where there was one.
-- name: round_chosen_money :many
-- params: area, round
-- returns: projects int, total_fen int
SELECT project.kind, CAST(COUNT(*) AS BIGINT) AS projects,
       CAST(COALESCE(SUM(COALESCE(outcome.cost_fen, project.cost_fen)), 0) AS BIGINT) AS total_fen
FROM decisions_public_chosen AS chosen
JOIN proposals_public_proposal AS project ON project.area_id = chosen.area_id AND project.id = chosen.proposal_id
LEFT JOIN polls_public_outcome AS outcome ON outcome.area_id = chosen.area_id
  AND outcome.proposal_id = chosen.proposal_id
WHERE chosen.area_id = :area AND chosen.round_id = :round
GROUP BY project.kind
ORDER BY project.kind

-- name: person_name :maybe
-- params: person
SELECT name FROM people_public_person WHERE id = :person

-- name: programme_insert :exec
-- params: area, id, title text, template text, summary text, draft text, created_by, created_at
INSERT INTO programme (area_id, id, title, template, summary, edition, draft, created_by,
                       created_at, published_at, version)
VALUES (:area, :id, :title, :template, :summary, 0, :draft, :created_by, :created_at, 0, 1)

-- name: programme_publish :versioned
-- params: area, id, version, title text, summary text, published_at
UPDATE programme SET title = :title, summary = :summary, edition = edition + 1, draft = '',
  published_at = :published_at, version = version + 1
WHERE area_id = :area AND id = :id AND version = :version

-- name: programme_edition_insert :exec
-- params: area, programme, no, rules text, reason text, published_at, published_by
INSERT INTO programme_edition (area_id, programme_id, no, rules, reason, published_at, published_by)
VALUES (:area, :programme, :no, :rules, :reason, :published_at, :published_by)

-- A programme of this area.
-- name: programme_get :one
-- params: area, id
SELECT programme.id, programme.title, programme.template, programme.summary, programme.edition,
       programme.draft, programme.created_at, programme.published_at, programme.version
FROM programme WHERE programme.area_id = :area AND programme.id = :id

-- A programme of this area or one above it, with its newest edition; the rules are empty before the
-- first one.
-- name: programme_seen :one
-- params: area, id
-- returns: rules text, reason text
-- crosses areas: communities see and join the programmes of the areas above them
WITH RECURSIVE way (id, depth) AS (
  SELECT area.id, 0 FROM areas_public_area AS area WHERE area.id = :area
  UNION ALL
  SELECT area.parent_id, way.depth + 1 FROM way JOIN areas_public_area AS area ON area.id = way.id
  WHERE area.parent_id <> 0 AND way.depth < 10
)
SELECT programme.area_id, programme.id, programme.title, programme.template, programme.summary,
       programme.edition, programme.draft, programme.created_at, programme.published_at,
       programme.version, COALESCE(edition.rules, '') AS rules,
       COALESCE(edition.reason, '') AS reason
FROM programme
LEFT JOIN programme_edition AS edition ON edition.area_id = programme.area_id
  AND edition.programme_id = programme.id AND edition.no = programme.edition
WHERE programme.id = :id AND programme.area_id IN (SELECT way.id FROM way)

-- name: programme_save_draft :versioned
-- params: area, id, version, draft text, title text, summary text
UPDATE programme SET draft = :draft,
  title = CASE WHEN edition = 0 THEN :title ELSE title END,
  summary = CASE WHEN edition = 0 THEN :summary ELSE summary END, version = version + 1
WHERE area_id = :area AND id = :id AND version = :version

-- name: round_rules :one
-- params: area, round
-- crosses areas: a district's programme runs as rounds of its communities
SELECT edition.rules, round.programme_area_id, round.programme_id, edition.no
FROM round
JOIN programme_edition AS edition ON edition.area_id = round.programme_area_id
  AND edition.programme_id = round.programme_id AND edition.no = round.programme_edition
WHERE round.area_id = :area AND round.id = :round

-- name: round_insert :exec
-- params: area, id, programme_area, programme, edition, title text, budget_fen, minimum_age, max_choices, rule text, utility text, tie text, created_at
INSERT INTO round (area_id, id, programme_area_id, programme_id, programme_edition, title,
                   budget_fen, minimum_age, max_choices, rule, utility, tie, stage_no, created_at,
                   version)
VALUES (:area, :id, :programme_area, :programme, :edition, :title, :budget_fen, :minimum_age,
        :max_choices, :rule, :utility, :tie, 1, :created_at, 1)
ON CONFLICT (area_id, programme_area_id, programme_id) DO NOTHING

-- name: stage_insert :exec
-- params: area, round, no, kind text, name text, name_en text, state, opens_at, closes_at, gates text, enter_gates text, acts, notice text, working_days, opened_at, opened_by
INSERT INTO stage (area_id, round_id, no, kind, name, name_en, state, opens_at, closes_at, gates,
                   enter_gates, acts, notice, working_days, opened_at, opened_by, closed_at,
                   closed_by, waive_reason, version)
VALUES (:area, :round, :no, :kind, :name, :name_en, :state, :opens_at, :closes_at, :gates,
        :enter_gates, :acts, :notice, :working_days, :opened_at, :opened_by, 0, 0, '', 1)

-- name: round_move :versioned
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

-- --- pages of programmes ---

-- Programmes of this area and those above it, newest first. drafts 1: also what is not published.
-- before: the last id of the page before, or the largest number.
-- name: programme_list :many
-- params: area, drafts, before, limit
-- returns: is_here int
-- crosses areas: communities see and join the programmes of the areas above them
WITH RECURSIVE way (id, depth) AS (
  SELECT area.id, 0 FROM areas_public_area AS area WHERE area.id = :area
  UNION ALL
  SELECT area.parent_id, way.depth + 1 FROM way JOIN areas_public_area AS area ON area.id = way.id
  WHERE area.parent_id <> 0 AND way.depth < 10
)
SELECT programme.area_id, programme.id, programme.title, programme.summary, programme.edition,
       programme.published_at, owner.name AS area_name,
       CASE WHEN programme.area_id = :area THEN 1 ELSE 0 END AS is_here
FROM programme JOIN areas_public_area AS owner ON owner.id = programme.area_id
WHERE programme.area_id IN (SELECT way.id FROM way) AND programme.id < :before
  AND (programme.edition > 0 OR (:drafts = 1 AND programme.area_id = :area))
ORDER BY programme.id DESC
LIMIT :limit

-- Who joined a programme, by name.
-- name: programme_rounds :many
-- params: programme_area, programme, limit
-- returns: n_stages int
-- crosses areas: a programme is run by the communities below its area
SELECT round.area_id, round.id, area.name AS area_name, area.name_en AS area_name_en,
       round.budget_fen, round.stage_no, stage.name AS stage_name, stage.kind AS stage_kind,
       stage.state AS stage_state,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM stage AS every
        WHERE every.area_id = round.area_id AND every.round_id = round.id) AS n_stages
FROM round
JOIN areas_public_area AS area ON area.id = round.area_id
JOIN stage ON stage.area_id = round.area_id AND stage.round_id = round.id
  AND stage.no = round.stage_no
WHERE round.programme_id = :programme AND round.programme_area_id = :programme_area
ORDER BY area.name, round.id
LIMIT :limit

-- The round of a community in a programme.
-- name: round_in_programme :maybe
-- params: area, programme
SELECT round.id FROM round WHERE round.area_id = :area AND round.programme_id = :programme
