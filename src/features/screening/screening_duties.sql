-- Statements of responsibility lists and of asking for another class. Tables: duty_list, duty_line,
-- screening_request.

-- The list that holds on a day: the area's own, else that of the nearest area above that has one.
-- name: duty_in_force :maybe
-- params: area, day_on
-- returns: area_name text
-- crosses areas: where an area has no list, that of an area above holds
WITH RECURSIVE way (id, depth) AS (
  SELECT CAST(:area AS BIGINT), 0
  UNION ALL
  SELECT area.parent_id, way.depth + 1 FROM way JOIN areas_public_area AS area ON area.id = way.id
  WHERE area.parent_id <> 0 AND way.depth < 10
)
SELECT list.area_id, list.id, list.no, list.holds_from_on, list.note,
       COALESCE(area.name, '') AS area_name
FROM way
JOIN duty_list AS list ON list.area_id = way.id
LEFT JOIN areas_public_area AS area ON area.id = way.id
WHERE list.holds_from_on <= :day_on
ORDER BY way.depth, list.no DESC
LIMIT 1

-- name: duty_get :one
-- params: area, id
SELECT id, no, holds_from_on, note FROM duty_list WHERE area_id = :area AND id = :id

-- name: duty_lines :many
-- params: area, list
SELECT no, class, matter, body FROM duty_line
WHERE area_id = :area AND list_id = :list
ORDER BY no

-- The area's own versions, the newest first.
-- name: duty_versions :many
-- params: area, limit
SELECT id, no, holds_from_on, note, n_lines, published_at FROM duty_list
WHERE area_id = :area
ORDER BY no DESC
LIMIT :limit

-- name: duty_list_insert :exec
-- params: area, id, no, holds_from_on, note text, n_lines, published_at, by
INSERT INTO duty_list (area_id, id, no, holds_from_on, note, n_lines, published_at, published_by)
VALUES (:area, :id, :no, :holds_from_on, :note, :n_lines, :published_at, :by)

-- name: duty_line_insert :exec
-- params: area, list, no, class, matter text, body text
INSERT INTO duty_line (area_id, list_id, no, class, matter, body)
VALUES (:area, :list, :no, :class, :matter, :body)

-- --- asking for another class ---

-- name: request_insert :exec
-- params: area, id, proposal, person, words text, asked_at
INSERT INTO screening_request (area_id, id, proposal_id, person_id, words, asked_at, answer, answered_at)
VALUES (:area, :id, :proposal, :person, :words, :asked_at, '', 0)
ON CONFLICT (area_id, proposal_id, person_id) WHERE person_id <> 0 DO NOTHING

-- name: request_answer :exec
-- params: area, proposal, answer text, answered_at
UPDATE screening_request SET answer = :answer, answered_at = :answered_at
WHERE area_id = :area AND proposal_id = :proposal AND answered_at = 0

-- name: requests_of :many
-- params: area, proposal, limit
SELECT id, person_id, words, asked_at, answer, answered_at FROM screening_request
WHERE area_id = :area AND proposal_id = :proposal
ORDER BY id
LIMIT :limit

-- name: requests_waiting :one
-- params: area, proposal
-- returns: n int
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM screening_request
WHERE area_id = :area AND proposal_id = :proposal AND answered_at = 0

-- name: request_export :many
-- params: person
-- crosses areas: everything kept about one person
SELECT request.proposal_id, request.words, request.asked_at, request.answer
FROM screening_request AS request
WHERE request.person_id = :person
ORDER BY request.id

-- name: request_erase :exec
-- params: person
-- crosses areas: a person is erased everywhere
UPDATE screening_request SET person_id = 0 WHERE person_id = :person
