-- Statements of the room intake. Tables: intake_chain, intake_chain_line.

-- What this person has entered lately one by one, newest first.
-- name: intake_recent :many
-- params: area, actor, limit
SELECT e.id, e.title, e.place, e.receipt, e.state, e.channel, e.submitted_at
FROM proposals_public_entry AS e
WHERE e.area_id = :area AND e.entered_by = :actor AND e.entered_by <> 0
  AND NOT EXISTS (SELECT 1 FROM intake_chain_line AS l
                  WHERE l.area_id = :area AND l.proposal_id = e.id AND l.proposal_id <> 0)
ORDER BY e.id DESC
LIMIT :limit

-- name: intake_entry :one
-- params: area, id
SELECT id, round_id, title, need, place, receipt, state, version, entered_by, submitted_at
FROM proposals_public_entry
WHERE area_id = :area AND id = :id

-- name: intake_person :maybe
-- params: area, person
SELECT person_id, name, phone, building, door FROM people_public_roll
WHERE area_id = :area AND person_id = :person

-- name: chain_insert :exec
-- params: area, id, channel, is_whole, by_person, created_at
INSERT INTO intake_chain (area_id, id, channel, state, is_whole, by_person, created_at, decided_at,
                          version)
VALUES (:area, :id, :channel, 1, :is_whole, :by_person, :created_at, 0, 1)

-- name: chain_line_insert :exec
-- params: area, id, chain, line, kind, number, raw text, name text, place text, words text, phone text
INSERT INTO intake_chain_line (area_id, id, chain_id, line, kind, number, raw, name, place, words,
                               phone, person_id, proposal_id)
VALUES (:area, :id, :chain, :line, :kind, :number, :raw, :name, :place, :words, :phone, 0, 0)

-- name: chain_get :one
-- params: area, id
-- returns: by_name text, n_taken int
SELECT chain.id, chain.channel, chain.state, chain.is_whole, chain.by_person, chain.created_at,
       chain.decided_at, chain.version, COALESCE(person.name, '') AS by_name,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM intake_chain_line AS l
        WHERE l.area_id = :area AND l.chain_id = :id AND l.proposal_id <> 0) AS n_taken
FROM intake_chain AS chain
LEFT JOIN people_public_person AS person ON person.id = chain.by_person
WHERE chain.area_id = :area AND chain.id = :id

-- by 0: everybody's, else what this person pasted.
-- name: chain_list :many
-- params: area, by, before, limit
-- returns: by_name text, n_taken int
SELECT chain.id, chain.state, chain.created_at, COALESCE(person.name, '') AS by_name,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM intake_chain_line AS l
        WHERE l.area_id = :area AND l.chain_id = chain.id AND l.proposal_id <> 0) AS n_taken
FROM intake_chain AS chain
LEFT JOIN people_public_person AS person ON person.id = chain.by_person
WHERE chain.area_id = :area AND chain.id < :before AND (:by = 0 OR chain.by_person = :by)
ORDER BY chain.id DESC
LIMIT :limit

-- name: chain_lines :many
-- params: area, chain
SELECT id, line, kind, number, raw, name, place, words, phone, person_id, proposal_id
FROM intake_chain_line
WHERE area_id = :area AND chain_id = :chain
ORDER BY line

-- name: chain_line_get :one
-- params: area, id
SELECT id, chain_id, line, kind, number, raw, name, place, words, person_id, proposal_id
FROM intake_chain_line
WHERE area_id = :area AND id = :id

-- Everybody on the roll who has the name of a line, for all lines at once; CROSS JOIN makes SQLite
-- look each name up.
-- name: chain_candidates :many
-- params: area, chain, limit
SELECT l.id AS line_id, roll.person_id, roll.name, roll.phone, roll.building, roll.door,
       roll.place_key
FROM intake_chain_line AS l
JOIN people_public_roll AS roll ON roll.area_id = l.area_id AND roll.name = l.name
WHERE l.area_id = :area AND l.chain_id = :chain AND l.name <> ''
ORDER BY l.line, roll.person_id
LIMIT :limit

-- name: chain_line_edit :exec
-- params: area, chain, id, kind, name text, place text, words text, person
UPDATE intake_chain_line SET kind = :kind, name = :name, place = :place, words = :words,
  person_id = :person
WHERE area_id = :area AND chain_id = :chain AND id = :id

-- name: chain_line_taken :exec
-- params: area, chain, id, proposal, person
UPDATE intake_chain_line SET proposal_id = :proposal, person_id = :person
WHERE area_id = :area AND chain_id = :chain AND id = :id

-- name: chain_decide :versioned
-- params: area, id, from_state, state, version, decided_at
UPDATE intake_chain SET state = :state, decided_at = :decided_at, version = version + 1
WHERE area_id = :area AND id = :id AND state = :from_state AND version = :version

-- name: chain_touch :exec
-- params: area, id
UPDATE intake_chain SET version = version + 1 WHERE area_id = :area AND id = :id AND state = 1

-- name: chain_lines_delete :exec
-- params: area, chain
DELETE FROM intake_chain_line WHERE area_id = :area AND chain_id = :chain

-- name: chain_export :many
-- params: person
-- crosses areas: everything kept about one person
SELECT id, raw FROM intake_chain_line WHERE person_id = :person ORDER BY id

-- name: chain_erase_person :exec
-- params: person
-- crosses areas: a person is erased everywhere
UPDATE intake_chain_line SET raw = '', name = '', place = '', phone = '', person_id = -1 WHERE person_id = :person
