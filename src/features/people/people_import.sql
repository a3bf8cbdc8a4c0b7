-- Bringing a roll in. An import's rows are staged in pieces before roll_import has its row, so a file
-- is seen whole or not at all; taking it in and undoing it are a few statements over all rows.

-- name: import_row_insert :exec
-- params: area, import, line, kind, person, name text, phone text, building text, door text, place_key text, birth_year, birth_month, residency, bad_column, bad_code text, bad_number, bad_cell text, before_phone text, before_building text, before_door text, before_place_key text, before_birth_year, before_birth_month, before_residency
INSERT INTO roll_import_row (area_id, import_id, line, kind, person_id, name, phone, building, door, place_key,
  birth_year, birth_month, residency, bad_column, bad_code, bad_number, bad_cell,
  before_phone, before_building, before_door, before_place_key, before_birth_year,
  before_birth_month, before_residency)
VALUES (:area, :import, :line, :kind, :person, :name, :phone, :building, :door, :place_key,
  :birth_year, :birth_month, :residency, :bad_column, :bad_code, :bad_number, :bad_cell,
  :before_phone, :before_building, :before_door, :before_place_key, :before_birth_year,
  :before_birth_month, :before_residency)

-- name: import_insert :exec
-- params: area, id, file_name text, by_person, created_at, rows_new, rows_changed, rows_same, rows_bad
INSERT INTO roll_import (area_id, id, file_name, state, by_person, created_at, decided_at,
                         rows_new, rows_changed, rows_same, rows_bad, version)
VALUES (:area, :id, :file_name, 1, :by_person, :created_at, 0, :rows_new, :rows_changed,
        :rows_same, :rows_bad, 1)

-- Rows of files whose staging broke off: older than :before (an id is made of its time).
-- name: import_rows_sweep :exec
-- params: area, before
DELETE FROM roll_import_row
WHERE area_id = :area AND import_id < :before
  AND NOT EXISTS (SELECT 1 FROM roll_import
                  WHERE roll_import.area_id = :area AND roll_import.id = roll_import_row.import_id)

-- name: import_get :one
-- params: area, id
SELECT roll_import.id, roll_import.file_name, roll_import.state, roll_import.by_person,
       roll_import.created_at, roll_import.decided_at, roll_import.rows_new,
       roll_import.rows_changed, roll_import.rows_same, roll_import.rows_bad, roll_import.version,
       person.name AS by_name
FROM roll_import JOIN person ON person.id = roll_import.by_person
WHERE roll_import.area_id = :area AND roll_import.id = :id

-- name: import_list :many
-- params: area, before, rows
SELECT roll_import.id, roll_import.file_name, roll_import.state, roll_import.created_at,
       roll_import.rows_new, roll_import.rows_changed, roll_import.rows_same, roll_import.rows_bad,
       person.name AS by_name
FROM roll_import JOIN person ON person.id = roll_import.by_person
WHERE roll_import.area_id = :area AND roll_import.id < :before
ORDER BY roll_import.id DESC
LIMIT :rows

-- name: import_rows :many
-- params: area, import, kind, after_line, rows
SELECT line, kind, person_id, name, phone, building, door, birth_year, birth_month, residency,
       bad_column, bad_code, bad_number, bad_cell, before_phone, before_building, before_door,
       before_birth_year, before_birth_month, before_residency
FROM roll_import_row
WHERE area_id = :area AND import_id = :import AND kind = :kind AND line > :after_line
ORDER BY line
LIMIT :rows

-- name: import_decide :versioned
-- params: area, id, state, from_state, version, decided_at
UPDATE roll_import
SET state = :state, decided_at = :decided_at, version = version + 1
WHERE area_id = :area AND id = :id AND state = :from_state AND version = :version

-- name: import_rows_delete :exec
-- params: area, import
DELETE FROM roll_import_row WHERE area_id = :area AND import_id = :import

-- How many people to be changed are not as the preview showed them.
-- name: import_stale_before :one
-- params: area, import
-- returns: n int
SELECT CAST(COUNT(*) AS BIGINT) AS n
FROM roll_import_row
LEFT JOIN resident ON resident.area_id = roll_import_row.area_id
  AND resident.person_id = roll_import_row.person_id
LEFT JOIN person ON person.id = roll_import_row.person_id
WHERE roll_import_row.area_id = :area AND roll_import_row.import_id = :import
  AND roll_import_row.kind = 2
  AND (resident.person_id IS NULL OR resident.left_on <> 0
       OR person.name <> roll_import_row.name
       OR person.phone <> roll_import_row.before_phone
       OR person.birth_year <> roll_import_row.before_birth_year
       OR person.birth_month <> roll_import_row.before_birth_month
       OR resident.building <> roll_import_row.before_building
       OR resident.door <> roll_import_row.before_door
       OR resident.residency <> roll_import_row.before_residency)

-- How many new people, or new numbers of people known, have come onto the roll since the preview:
-- by their number, or by their name and address.
-- name: import_stale_new :one
-- params: area, import
-- returns: n int
SELECT CAST(COUNT(*) AS BIGINT) AS n
FROM roll_import_row
WHERE roll_import_row.area_id = :area AND roll_import_row.import_id = :import
  AND ((roll_import_row.kind = 1 AND roll_import_row.building <> '' AND roll_import_row.door <> ''
        AND EXISTS (
          SELECT 1 FROM resident JOIN person ON person.id = resident.person_id
          WHERE resident.area_id = :area AND resident.left_on = 0
            AND resident.place_key = roll_import_row.place_key
            AND person.name = roll_import_row.name))
    OR (roll_import_row.kind IN (1, 2) AND roll_import_row.phone <> ''
        AND EXISTS (
          SELECT 1 FROM person JOIN resident ON resident.person_id = person.id
          WHERE resident.area_id = :area AND resident.left_on = 0
            AND person.phone = roll_import_row.phone
            AND person.id <> roll_import_row.person_id)))

-- name: import_take_people :exec
-- params: area, import, created_at
INSERT INTO person (id, name, phone, birth_year, birth_month, created_at, erased_at, version)
SELECT person_id, name, phone, birth_year, birth_month, CAST(:created_at AS BIGINT), 0, 1
FROM roll_import_row
WHERE area_id = :area AND import_id = :import AND kind = 1

-- name: import_take_residents :exec
-- params: area, import, since_on
INSERT INTO resident (area_id, person_id, building, door, place_key, residency, since_on, left_on, version)
SELECT area_id, person_id, building, door, place_key, residency, CAST(:since_on AS BIGINT), 0, 1
FROM roll_import_row
WHERE area_id = :area AND import_id = :import AND kind = 1

-- name: import_change_people :exec
-- params: area, import
UPDATE person
SET phone = roll_import_row.phone, birth_year = roll_import_row.birth_year,
    birth_month = roll_import_row.birth_month, version = person.version + 1
FROM roll_import_row
WHERE roll_import_row.area_id = :area AND roll_import_row.import_id = :import
  AND roll_import_row.kind = 2 AND person.id = roll_import_row.person_id

-- name: import_change_residents :exec
-- params: area, import
UPDATE resident
SET building = roll_import_row.building, door = roll_import_row.door,
    place_key = roll_import_row.place_key, residency = roll_import_row.residency,
    version = resident.version + 1
FROM roll_import_row
WHERE resident.area_id = :area AND roll_import_row.area_id = :area
  AND roll_import_row.import_id = :import AND roll_import_row.kind = 2
  AND resident.person_id = roll_import_row.person_id

-- How many people taken in or changed are no longer as the import left them, or have since been
-- given a code, a role or another community: undoing would lose that.
-- name: import_stale_after :one
-- params: area, import
-- returns: n int
SELECT CAST(COUNT(*) AS BIGINT) AS n
FROM roll_import_row
LEFT JOIN resident ON resident.area_id = roll_import_row.area_id
  AND resident.person_id = roll_import_row.person_id
LEFT JOIN person ON person.id = roll_import_row.person_id
WHERE roll_import_row.area_id = :area AND roll_import_row.import_id = :import
  AND roll_import_row.kind IN (1, 2)
  AND (resident.person_id IS NULL OR resident.left_on <> 0
       OR person.name <> roll_import_row.name
       OR person.phone <> roll_import_row.phone
       OR person.birth_year <> roll_import_row.birth_year
       OR person.birth_month <> roll_import_row.birth_month
       OR resident.building <> roll_import_row.building
       OR resident.door <> roll_import_row.door
       OR resident.residency <> roll_import_row.residency
       OR (roll_import_row.kind = 1
           AND (person.version <> 1 OR resident.version <> 1
                OR EXISTS (SELECT 1 FROM role_grant
                           WHERE role_grant.person_id = roll_import_row.person_id))))

-- name: import_undo_residents :exec
-- params: area, import
DELETE FROM resident
WHERE area_id = :area
  AND person_id IN (SELECT roll_import_row.person_id FROM roll_import_row
                    WHERE roll_import_row.area_id = :area AND roll_import_row.import_id = :import
                      AND roll_import_row.kind = 1)

-- name: import_undo_people :exec
-- params: area, import
DELETE FROM person
WHERE id IN (SELECT roll_import_row.person_id FROM roll_import_row
             WHERE roll_import_row.area_id = :area AND roll_import_row.import_id = :import
               AND roll_import_row.kind = 1)

-- name: import_restore_people :exec
-- params: area, import
UPDATE person
SET phone = roll_import_row.before_phone, birth_year = roll_import_row.before_birth_year,
    birth_month = roll_import_row.before_birth_month, version = person.version + 1
FROM roll_import_row
WHERE roll_import_row.area_id = :area AND roll_import_row.import_id = :import
  AND roll_import_row.kind = 2 AND person.id = roll_import_row.person_id

-- name: import_restore_residents :exec
-- params: area, import
UPDATE resident
SET building = roll_import_row.before_building, door = roll_import_row.before_door,
    place_key = roll_import_row.before_place_key, residency = roll_import_row.before_residency,
    version = resident.version + 1
FROM roll_import_row
WHERE resident.area_id = :area AND roll_import_row.area_id = :area
  AND roll_import_row.import_id = :import AND roll_import_row.kind = 2
  AND resident.person_id = roll_import_row.person_id
