-- Statements of the room shortlist. Tables: round_table, round_table_person, round_table_item,
-- shortlist_hall, shortlist_hall_count, shortlist, shortlist_item.

-- name: round_tables :many
-- params: area, round, limit
SELECT id, no, name, reported_at, note, corrected_at, version FROM round_table
WHERE area_id = :area AND round_id = :round
ORDER BY no
LIMIT :limit

-- name: round_table_get :one
-- params: area, id
SELECT id, round_id, no, name, reported_at, version FROM round_table
WHERE area_id = :area AND id = :id

-- name: round_table_people :many
-- params: area, round
SELECT person.table_id, person.part, person.person_id, person.name
FROM round_table
JOIN round_table_person AS person ON person.area_id = round_table.area_id AND person.table_id = round_table.id
WHERE round_table.area_id = :area AND round_table.round_id = :round

-- The packages, as far as their projects are still accepted; ranked ones first.
-- name: round_table_items :many
-- params: area, round, limit
SELECT item.proposal_id, item.table_id, item.place, proposal.title, proposal.place AS location, proposal.kind, proposal.cost_fen
FROM round_table_item AS item
JOIN proposals_public_proposal AS proposal ON proposal.area_id = item.area_id AND proposal.id = item.proposal_id
WHERE item.area_id = :area AND item.round_id = :round AND proposal.state = 2
ORDER BY item.table_id, CASE WHEN item.place = 0 THEN 1 ELSE 0 END, item.place, proposal.kind, proposal.id
LIMIT :limit

-- Accepted projects of the round in the order they are dealt, with the table they lie on (0: none).
-- name: shortlist_projects :many
-- params: area, round, limit
-- returns: table_id int
SELECT proposal.id, proposal.title, proposal.place AS location, proposal.kind, proposal.cost_fen, COALESCE(item.table_id, 0) AS table_id
FROM proposals_public_proposal AS proposal
LEFT JOIN round_table_item AS item ON item.area_id = proposal.area_id AND item.proposal_id = proposal.id
WHERE proposal.area_id = :area AND proposal.round_id = :round AND proposal.state = 2
ORDER BY proposal.kind, proposal.id
LIMIT :limit

-- name: shortlist_counts :one
-- params: area, round
-- returns: accepted int, free int
SELECT CAST(COUNT(*) AS BIGINT) AS accepted,
       CAST(COALESCE(SUM(CASE WHEN item.table_id IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS free
FROM proposals_public_proposal AS proposal
LEFT JOIN round_table_item AS item ON item.area_id = proposal.area_id AND item.proposal_id = proposal.id
WHERE proposal.area_id = :area AND proposal.round_id = :round AND proposal.state = 2

-- name: round_table_insert :exec
-- params: area, id, round, name text
INSERT INTO round_table (area_id, id, round_id, no, name, reported_at, reported_by, note, corrected_at, version)
SELECT :area, :id, :round, COALESCE(MAX(no), 0) + 1, :name, 0, 0, '', 0, 1
FROM round_table WHERE area_id = :area AND round_id = :round

-- name: round_table_rename :versioned
-- params: area, id, version, name text
UPDATE round_table SET name = :name, version = version + 1
WHERE area_id = :area AND id = :id AND version = :version

-- name: round_table_remove :versioned
-- params: area, id, version
DELETE FROM round_table WHERE area_id = :area AND id = :id AND version = :version

-- name: round_table_remove_people :exec
-- params: area, table
DELETE FROM round_table_person WHERE area_id = :area AND table_id = :table

-- name: round_table_person_put :exec
-- params: area, table, part, person, name text
INSERT INTO round_table_person (area_id, table_id, part, person_id, name)
VALUES (:area, :table, :part, :person, :name)
ON CONFLICT (area_id, table_id, part) DO UPDATE SET person_id = excluded.person_id, name = excluded.name

-- name: round_table_clear :exec
-- params: area, table
DELETE FROM round_table_item WHERE area_id = :area AND table_id = :table

-- name: round_tables_clear :exec
-- params: area, round
DELETE FROM round_table_item WHERE area_id = :area AND round_id = :round

-- No row when the project is not an accepted one of the round, or lies on another table.
-- name: round_table_item_insert :exec
-- params: area, proposal, round, table
INSERT INTO round_table_item (area_id, proposal_id, round_id, table_id, place)
SELECT :area, proposal.id, :round, :table, 0
FROM proposals_public_proposal AS proposal
WHERE proposal.area_id = :area AND proposal.id = :proposal AND proposal.round_id = :round
  AND proposal.state = 2
ON CONFLICT DO NOTHING

-- name: round_table_unrank :exec
-- params: area, table
UPDATE round_table_item SET place = 0 WHERE area_id = :area AND table_id = :table

-- name: round_table_rank :exec
-- params: area, table, proposal, place
UPDATE round_table_item SET place = :place
WHERE area_id = :area AND table_id = :table AND proposal_id = :proposal

-- A changed package has to be ranked anew.
-- name: round_table_unreport :versioned
-- params: area, id, version
UPDATE round_table SET reported_at = 0, reported_by = 0, version = version + 1
WHERE area_id = :area AND id = :id AND version = :version

-- name: round_table_report :versioned
-- params: area, id, version, reported_at, reported_by, note text, corrected_at
UPDATE round_table SET reported_at = :reported_at, reported_by = :reported_by, note = :note,
  corrected_at = :corrected_at, version = version + 1
WHERE area_id = :area AND id = :id AND version = :version

-- --- the hall ----------------------------------------------------------------------------------

-- name: shortlist_halls :many
-- params: area, round
SELECT no, voters, entered_by FROM shortlist_hall
WHERE area_id = :area AND round_id = :round
ORDER BY no

-- name: shortlist_hall_counts :many
-- params: area, round
SELECT no, proposal_id, votes FROM shortlist_hall_count
WHERE area_id = :area AND round_id = :round
ORDER BY no, proposal_id

-- name: shortlist_hall_put :exec
-- params: area, round, no, voters, entered_by, entered_at
INSERT INTO shortlist_hall (area_id, round_id, no, voters, entered_by, entered_at)
VALUES (:area, :round, :no, :voters, :entered_by, :entered_at)
ON CONFLICT (area_id, round_id, no) DO UPDATE SET voters = excluded.voters,
  entered_by = excluded.entered_by, entered_at = excluded.entered_at

-- name: shortlist_hall_clear :exec
-- params: area, round, no
DELETE FROM shortlist_hall_count WHERE area_id = :area AND round_id = :round AND no = :no

-- name: shortlist_hall_count_insert :exec
-- params: area, round, no, proposal, votes
INSERT INTO shortlist_hall_count (area_id, round_id, no, proposal_id, votes)
VALUES (:area, :round, :no, :proposal, :votes)

-- --- the list ----------------------------------------------------------------------------------

-- name: shortlist_fixed :maybe
-- params: area, round
SELECT by_vote, top, most, voters, words, fixed_at FROM shortlist
WHERE area_id = :area AND round_id = :round

-- name: shortlist_insert :exec
-- params: area, round, by_vote, top, most, voters, words text, fixed_at, fixed_by
INSERT INTO shortlist (area_id, round_id, by_vote, top, most, voters, words, fixed_at, fixed_by)
VALUES (:area, :round, :by_vote, :top, :most, :voters, :words, :fixed_at, :fixed_by)
ON CONFLICT DO NOTHING

-- name: shortlist_item_insert :exec
-- params: area, proposal, round, no, table_no, place, votes, outcome, tied
INSERT INTO shortlist_item (area_id, proposal_id, round_id, no, table_no, place, votes, outcome, is_tied)
VALUES (:area, :proposal, :round, :no, :table_no, :place, :votes, :outcome, :tied)

-- name: shortlist_items :many
-- params: area, round, limit
SELECT item.proposal_id, item.no, item.table_no, item.place, item.votes, item.outcome, item.is_tied, proposal.title, proposal.place AS location,
       proposal.kind, proposal.cost_fen
FROM shortlist_item AS item
JOIN proposals_public_proposal AS proposal ON proposal.area_id = item.area_id AND proposal.id = item.proposal_id
WHERE item.area_id = :area AND item.round_id = :round
ORDER BY item.no
LIMIT :limit

-- --- what waits, and whose ----------------------------------------------------------------------

-- Rounds whose shortlist stage is open and not fixed.
-- name: shortlist_due :many
-- params: area
-- returns: tables int, reported int
SELECT round.id, round.title, stage.closes_at,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM round_table WHERE round_table.area_id = stage.area_id
          AND round_table.round_id = stage.round_id) AS tables,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM round_table WHERE round_table.area_id = stage.area_id
          AND round_table.round_id = stage.round_id AND round_table.reported_at > 0) AS reported
FROM programmes_public_stage AS stage
JOIN programmes_public_round AS round ON round.area_id = stage.area_id AND round.id = stage.round_id
WHERE stage.area_id = :area AND stage.state = 2 AND stage.kind = 'shortlist'
  AND NOT EXISTS (SELECT 1 FROM shortlist AS fixed WHERE fixed.area_id = stage.area_id
                  AND fixed.round_id = stage.round_id)
ORDER BY stage.closes_at, round.id

-- Tables whose recorder the person is.
-- name: shortlist_recorder_of :many
-- params: person, limit
-- crosses areas: a person's own, wherever the table is
-- returns: is_fixed int
SELECT recorder.area_id, recorder.table_id, round_table.no, round_table.reported_at, stage.opens_at,
       CASE WHEN fixed.round_id IS NULL THEN 0 ELSE 1 END AS is_fixed
FROM round_table_person AS recorder
JOIN round_table ON round_table.area_id = recorder.area_id AND round_table.id = recorder.table_id
JOIN programmes_public_stage AS stage ON stage.area_id = round_table.area_id AND stage.round_id = round_table.round_id
  AND stage.kind = 'shortlist' AND stage.state = 2
LEFT JOIN shortlist AS fixed ON fixed.area_id = round_table.area_id AND fixed.round_id = round_table.round_id
WHERE recorder.person_id = :person AND recorder.part = 2
ORDER BY recorder.table_id DESC
LIMIT :limit

-- name: shortlist_of_person :many
-- params: person, limit
-- crosses areas: a person may have lived in several communities
SELECT seat.area_id, seat.table_id, seat.part, seat.name, round_table.no
FROM round_table_person AS seat
JOIN round_table ON round_table.area_id = seat.area_id AND round_table.id = seat.table_id
WHERE seat.person_id = :person
ORDER BY seat.table_id DESC
LIMIT :limit

-- name: shortlist_erase_person :exec
-- params: person
-- crosses areas: a person may have lived in several communities
UPDATE round_table_person SET person_id = 0, name = '' WHERE person_id = :person
