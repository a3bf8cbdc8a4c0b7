-- Statements of the room delivery: projects, milestones, acceptance. Money: delivery_money.sql;
-- buying: delivery_purchase.sql.

-- A funded project with what decides its next step. The round has come to the works when a stage
-- implement or accept is not before it any more.
-- name: delivery_project_get :one
-- params: area, proposal
-- returns: state int, state_on int, reason text, project_version int, n_called int, n_chosen int, n_purchases int, n_milestones int, n_done int, next_due_on int, n_begun int
SELECT funded.proposal_id, funded.round_id, funded.title, funded.kind, funded.cost_fen,
       COALESCE(project.state, 1) AS state, COALESCE(project.state_on, 0) AS state_on,
       COALESCE(project.reason, '') AS reason, COALESCE(project.version, 0) AS project_version,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_purchase AS bought
        WHERE bought.area_id = :area AND bought.proposal_id = :proposal AND bought.state = 1) AS n_called,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_purchase AS bought
        WHERE bought.area_id = :area AND bought.proposal_id = :proposal AND bought.state = 2) AS n_chosen,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_purchase AS bought
        WHERE bought.area_id = :area AND bought.proposal_id = :proposal) AS n_purchases,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_milestone AS step
        WHERE step.area_id = :area AND step.proposal_id = :proposal) AS n_milestones,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_milestone AS step
        WHERE step.area_id = :area AND step.proposal_id = :proposal AND step.done_on > 0) AS n_done,
       (SELECT COALESCE(MIN(step.due_on), 0) FROM delivery_milestone AS step
        WHERE step.area_id = :area AND step.proposal_id = :proposal AND step.done_on = 0) AS next_due_on,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM programmes_public_stage AS stage
        WHERE stage.area_id = :area AND stage.round_id = funded.round_id
          AND stage.kind IN ('implement', 'accept') AND stage.state <> 1) AS n_begun
FROM delivery_public_funded AS funded
LEFT JOIN delivery_project AS project ON project.area_id = funded.area_id
  AND project.proposal_id = funded.proposal_id
WHERE funded.area_id = :area AND funded.proposal_id = :proposal

-- The projects of a round in the order of their proposals.
-- name: delivery_list :many
-- params: area, round, after, limit
-- returns: state int, state_on int, n_called int, n_chosen int, n_purchases int, n_milestones int, n_done int, next_due_on int, granted_fen int, contracted_fen int, requested_fen int, paid_fen int, retained_fen int, free_fen int
SELECT funded.proposal_id, funded.title, funded.kind, funded.cost_fen,
       COALESCE(project.state, 1) AS state, COALESCE(project.state_on, 0) AS state_on,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_purchase AS bought
        WHERE bought.area_id = :area AND bought.proposal_id = funded.proposal_id AND bought.state = 1) AS n_called,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_purchase AS bought
        WHERE bought.area_id = :area AND bought.proposal_id = funded.proposal_id AND bought.state = 2) AS n_chosen,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_purchase AS bought
        WHERE bought.area_id = :area AND bought.proposal_id = funded.proposal_id) AS n_purchases,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_milestone AS step
        WHERE step.area_id = :area AND step.proposal_id = funded.proposal_id) AS n_milestones,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_milestone AS step
        WHERE step.area_id = :area AND step.proposal_id = funded.proposal_id AND step.done_on > 0) AS n_done,
       (SELECT COALESCE(MIN(step.due_on), 0) FROM delivery_milestone AS step
        WHERE step.area_id = :area AND step.proposal_id = funded.proposal_id AND step.done_on = 0) AS next_due_on,
       (SELECT CAST(COALESCE(-SUM(amount_fen), 0) AS BIGINT) FROM delivery_posting AS posting
        WHERE posting.area_id = :area AND posting.proposal_id = funded.proposal_id AND posting.account = 1) AS granted_fen,
       (SELECT CAST(COALESCE(SUM(amount_fen), 0) AS BIGINT) FROM delivery_posting AS posting
        WHERE posting.area_id = :area AND posting.proposal_id = funded.proposal_id AND posting.account = 3) AS contracted_fen,
       (SELECT CAST(COALESCE(SUM(amount_fen), 0) AS BIGINT) FROM delivery_posting AS posting
        WHERE posting.area_id = :area AND posting.proposal_id = funded.proposal_id AND posting.account = 4) AS requested_fen,
       (SELECT CAST(COALESCE(SUM(amount_fen), 0) AS BIGINT) FROM delivery_posting AS posting
        WHERE posting.area_id = :area AND posting.proposal_id = funded.proposal_id AND posting.account = 5) AS paid_fen,
       (SELECT CAST(COALESCE(SUM(amount_fen), 0) AS BIGINT) FROM delivery_posting AS posting
        WHERE posting.area_id = :area AND posting.proposal_id = funded.proposal_id AND posting.account = 6) AS retained_fen,
       (SELECT CAST(COALESCE(SUM(amount_fen), 0) AS BIGINT) FROM delivery_posting AS posting
        WHERE posting.area_id = :area AND posting.proposal_id = funded.proposal_id AND posting.account = 2) AS free_fen
FROM delivery_public_funded AS funded
LEFT JOIN delivery_project AS project ON project.area_id = funded.area_id
  AND project.proposal_id = funded.proposal_id
WHERE funded.area_id = :area AND funded.round_id = :round AND funded.proposal_id > :after
ORDER BY funded.proposal_id
LIMIT :limit

-- name: delivery_first :maybe
-- params: area, round, after
SELECT funded.proposal_id FROM delivery_public_funded AS funded
WHERE funded.area_id = :area AND funded.round_id = :round AND funded.proposal_id > :after
ORDER BY funded.proposal_id
LIMIT 1

-- Built: not accepted or stopped, everything that was planned done.
-- name: delivery_counts :one
-- params: area, round
-- returns: projects int, accepted int, stopped int, built int, n_accept int
SELECT CAST(COUNT(*) AS BIGINT) AS projects,
       CAST(COALESCE(SUM(CASE WHEN project.state = 2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS accepted,
       CAST(COALESCE(SUM(CASE WHEN project.state = 3 THEN 1 ELSE 0 END), 0) AS BIGINT) AS stopped,
       CAST(COALESCE(SUM(CASE WHEN COALESCE(project.state, 1) = 1
         AND EXISTS (SELECT 1 FROM delivery_milestone AS step WHERE step.area_id = :area
           AND step.proposal_id = funded.proposal_id)
         AND NOT EXISTS (SELECT 1 FROM delivery_milestone AS step WHERE step.area_id = :area
           AND step.proposal_id = funded.proposal_id AND step.done_on = 0) THEN 1 ELSE 0 END), 0) AS BIGINT) AS built,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM programmes_public_stage AS stage
        WHERE stage.area_id = :area AND stage.round_id = :round AND stage.kind = 'accept') AS n_accept
FROM delivery_public_funded AS funded
LEFT JOIN delivery_project AS project ON project.area_id = funded.area_id
  AND project.proposal_id = funded.proposal_id
WHERE funded.area_id = :area AND funded.round_id = :round

-- Rounds that have decided, by a counted ballot or by their council, the newest first.
-- name: delivery_rounds :many
-- params: area, limit
SELECT round.id, round.title
FROM programmes_public_round AS round
WHERE round.area_id = :area
  AND (EXISTS (SELECT 1 FROM polls_public_poll AS poll
               WHERE poll.area_id = round.area_id AND poll.round_id = round.id AND poll.state = 4)
       OR EXISTS (SELECT 1 FROM delivery_public_funded AS funded
                  WHERE funded.area_id = round.area_id AND funded.round_id = round.id))
ORDER BY round.id DESC
LIMIT :limit

-- Nothing when somebody else acted first.
-- name: delivery_project_insert :versioned
-- params: area, proposal, round
INSERT INTO delivery_project (area_id, proposal_id, round_id, state, state_on, reason, version)
VALUES (:area, :proposal, :round, 1, 0, '', 1)
ON CONFLICT DO NOTHING

-- name: delivery_project_touch :versioned
-- params: area, proposal, version
UPDATE delivery_project SET version = version + 1
WHERE area_id = :area AND proposal_id = :proposal AND version = :version

-- name: delivery_project_end :exec
-- params: area, proposal, state, state_on, reason text
UPDATE delivery_project SET state = :state, state_on = :state_on, reason = :reason
WHERE area_id = :area AND proposal_id = :proposal

-- The last number of each thing of a project.
-- name: delivery_numbers :one
-- params: area, proposal
-- returns: entries int, purchases int, milestones int, acceptances int
SELECT (SELECT COALESCE(MAX(entry.no), 0) FROM delivery_entry AS entry
        WHERE entry.area_id = :area AND entry.proposal_id = :proposal) AS entries,
       (SELECT COALESCE(MAX(bought.no), 0) FROM delivery_purchase AS bought
        WHERE bought.area_id = :area AND bought.proposal_id = :proposal) AS purchases,
       (SELECT COALESCE(MAX(step.no), 0) FROM delivery_milestone AS step
        WHERE step.area_id = :area AND step.proposal_id = :proposal) AS milestones,
       (SELECT COALESCE(MAX(held.no), 0) FROM delivery_acceptance AS held
        WHERE held.area_id = :area AND held.proposal_id = :proposal) AS acceptances

-- --- milestones

-- name: milestone_insert :exec
-- params: area, proposal, no, title text, due_on
INSERT INTO delivery_milestone (area_id, proposal_id, no, title, due_on, first_due_on, done_on, words)
VALUES (:area, :proposal, :no, :title, :due_on, :due_on, 0, '')

-- name: milestone_done :exec
-- params: area, proposal, no, done_on, words text
UPDATE delivery_milestone SET done_on = :done_on, words = :words
WHERE area_id = :area AND proposal_id = :proposal AND no = :no AND done_on = 0

-- name: milestone_list :many
-- params: area, proposal
SELECT no, title, due_on, first_due_on, done_on, words FROM delivery_milestone
WHERE area_id = :area AND proposal_id = :proposal
ORDER BY due_on, no

-- --- acceptance

-- name: acceptance_insert :exec
-- params: area, proposal, no, held_on, is_passed, words text, recorded_by, recorded_at
INSERT INTO delivery_acceptance (area_id, proposal_id, no, held_on, is_passed, words, recorded_by, recorded_at)
VALUES (:area, :proposal, :no, :held_on, :is_passed, :words, :recorded_by, :recorded_at)

-- name: acceptor_insert :exec
-- params: area, proposal, acceptance, no, name text, what text
INSERT INTO delivery_acceptor (area_id, proposal_id, acceptance_no, no, name, what)
VALUES (:area, :proposal, :acceptance, :no, :name, :what)

-- Each acceptance with its people, the newest first.
-- name: acceptance_list :many
-- params: area, proposal, limit
SELECT held.no, held.held_on, held.is_passed, held.words, person.no AS person_no, person.name, person.what
FROM delivery_acceptance AS held
JOIN delivery_acceptor AS person ON person.area_id = held.area_id
  AND person.proposal_id = held.proposal_id AND person.acceptance_no = held.no
WHERE held.area_id = :area AND held.proposal_id = :proposal
ORDER BY held.no DESC, person.no
LIMIT :limit

-- Projects under way in rounds that are at the works: those with a milestone not done, and those
-- without any; the soonest first.
-- name: delivery_waiting :many
-- params: area, limit
-- returns: next_due_on int, step_title text
SELECT funded.proposal_id, funded.title, COALESCE(step.due_on, 0) AS next_due_on,
       COALESCE(step.title, '') AS step_title
FROM programmes_public_round AS round
JOIN programmes_public_stage AS stage ON stage.area_id = round.area_id
  AND stage.round_id = round.id AND stage.no = round.stage_no AND stage.state = 2
  AND stage.kind IN ('implement', 'accept')
JOIN delivery_public_funded AS funded ON funded.area_id = round.area_id AND funded.round_id = round.id
LEFT JOIN delivery_project AS project ON project.area_id = funded.area_id
  AND project.proposal_id = funded.proposal_id
LEFT JOIN delivery_milestone AS step ON step.area_id = funded.area_id
  AND step.proposal_id = funded.proposal_id
  AND step.no = (SELECT soon.no FROM delivery_milestone AS soon WHERE soon.area_id = :area
    AND soon.proposal_id = funded.proposal_id AND soon.done_on = 0 ORDER BY soon.due_on, soon.no LIMIT 1)
WHERE round.area_id = :area AND COALESCE(project.state, 1) = 1
ORDER BY CASE WHEN step.due_on IS NULL THEN 1 ELSE 0 END, step.due_on, funded.proposal_id
LIMIT :limit
