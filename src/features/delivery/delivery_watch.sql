-- Statements about what happens to a project on its way.

-- name: delivery_watch_numbers :one
-- params: area, proposal
-- returns: changes int, visits int
SELECT (SELECT COALESCE(MAX(change.no), 0) FROM delivery_change AS change
        WHERE change.area_id = :area AND change.proposal_id = :proposal) AS changes,
       (SELECT COALESCE(MAX(visit.no), 0) FROM delivery_visit AS visit
        WHERE visit.area_id = :area AND visit.proposal_id = :proposal) AS visits

-- name: milestone_get :one
-- params: area, proposal, no
SELECT no, title, due_on, done_on FROM delivery_milestone
WHERE area_id = :area AND proposal_id = :proposal AND no = :no

-- name: milestone_move :exec
-- params: area, proposal, no, due_on
UPDATE delivery_milestone SET due_on = :due_on
WHERE area_id = :area AND proposal_id = :proposal AND no = :no AND done_on = 0

-- name: change_insert :exec
-- params: area, proposal, no, kind, changed_on, words text, step text, old_due_on, new_due_on, recorded_by, recorded_at
INSERT INTO delivery_change (area_id, proposal_id, no, kind, changed_on, words, step, old_due_on, new_due_on,
                             recorded_by, recorded_at)
VALUES (:area, :proposal, :no, :kind, :changed_on, :words, :step, :old_due_on, :new_due_on,
        :recorded_by, :recorded_at)

-- The newest changes.
-- name: change_list :many
-- params: area, proposal, limit
SELECT no, kind, changed_on, words, step, old_due_on, new_due_on FROM delivery_change
WHERE area_id = :area AND proposal_id = :proposal
ORDER BY no DESC
LIMIT :limit

-- name: visit_insert :exec
-- params: area, proposal, no, visited_on, name text, what text, words text, recorded_by, recorded_at
INSERT INTO delivery_visit (area_id, proposal_id, no, visited_on, name, what, words, recorded_by, recorded_at)
VALUES (:area, :proposal, :no, :visited_on, :name, :what, :words, :recorded_by, :recorded_at)

-- The newest visits.
-- name: visit_list :many
-- params: area, proposal, limit
SELECT no, visited_on, name, what, words FROM delivery_visit
WHERE area_id = :area AND proposal_id = :proposal
ORDER BY no DESC
LIMIT :limit
