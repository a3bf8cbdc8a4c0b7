-- Statements of the room people. Tables: person, role_grant (instance); resident, roll_import,
-- roll_import_row (area). The statements of an import work on all its rows at once.

-- name: person_insert :exec
-- params: id, name text, phone text, birth_year, birth_month, created_at
INSERT INTO person (id, name, phone, birth_year, birth_month, created_at, erased_at, version)
VALUES (:id, :name, :phone, :birth_year, :birth_month, :created_at, 0, 1)

-- name: resident_insert :exec
-- params: area, person, building text, door text, place_key text, residency, since_on
INSERT INTO resident (area_id, person_id, building, door, place_key, residency, since_on, left_on, version)
VALUES (:area, :person, :building, :door, :place_key, :residency, :since_on, 0, 1)

-- name: grant_insert :exec
-- params: id, person, role, area, granted_by, granted_at, starts_on, ends_on
INSERT INTO role_grant (id, person_id, role, area_id, granted_by, granted_at, starts_on, ends_on,
                        revoked_at, revoked_by)
VALUES (:id, :person, :role, :area, :granted_by, :granted_at, :starts_on, :ends_on, 0, 0)

-- name: person_get :maybe
-- params: id
SELECT person.id, person.name, person.phone, person.birth_year, person.birth_month,
       person.created_at, person.version
FROM person
WHERE person.id = :id

-- name: resident_get :one
-- params: area, person
SELECT person.id, person.name, person.phone, person.birth_year, person.birth_month,
       resident.building, resident.door, resident.residency, resident.since_on, resident.left_on,
       resident.version
FROM resident JOIN person ON person.id = resident.person_id
WHERE resident.area_id = :area AND resident.person_id = :person

-- Roles of a person that are running or to come.
-- name: grants_of_person :many
-- params: person, today_on
SELECT role_grant.role, role_grant.area_id, role_grant.starts_on, role_grant.ends_on, area.name,
       area.name_en
FROM role_grant JOIN areas_public_area AS area ON area.id = role_grant.area_id
WHERE role_grant.person_id = :person AND role_grant.revoked_at = 0
  AND (role_grant.ends_on = 0 OR role_grant.ends_on >= :today_on)
ORDER BY role_grant.starts_on, role_grant.id

-- Communities on whose roll a person stands.
-- name: communities_of_person :many
-- params: person
-- crosses areas: a person may see all places they belong to
SELECT resident.area_id, resident.building, resident.door, resident.residency, resident.since_on,
       resident.left_on, area.name, area.name_en
FROM resident JOIN areas_public_area AS area ON area.id = resident.area_id
WHERE resident.person_id = :person
ORDER BY resident.left_on, resident.since_on, resident.area_id

-- The roll by address, after a row (:after_id 0: from the start). has_search 0: everybody; else
-- those whose name holds the pattern, whose address begins with it, or whose whole phone it is.
-- name: roll_by_place :many
-- params: area, has_search, name_pattern text, place_pattern text, phone text, after_key text, after_id, rows
SELECT person.id, person.name, person.phone, person.birth_year, person.birth_month,
       resident.building, resident.door, resident.place_key, resident.residency
FROM resident JOIN person ON person.id = resident.person_id
WHERE resident.area_id = :area AND resident.left_on = 0
  AND (:has_search = 0 OR person.name LIKE :name_pattern ESCAPE '\'
       OR resident.place_key LIKE :place_pattern ESCAPE '\' OR person.phone = :phone)
  AND (:after_id = 0 OR (resident.place_key, resident.person_id) > (:after_key, :after_id))
ORDER BY resident.place_key, resident.person_id
LIMIT :rows

-- The same by name.
-- name: roll_by_name :many
-- params: area, has_search, name_pattern text, place_pattern text, phone text, after_key text, after_id, rows
SELECT person.id, person.name, person.phone, person.birth_year, person.birth_month,
       resident.building, resident.door, resident.place_key, resident.residency
FROM resident JOIN person ON person.id = resident.person_id
WHERE resident.area_id = :area AND resident.left_on = 0
  AND (:has_search = 0 OR person.name LIKE :name_pattern ESCAPE '\'
       OR resident.place_key LIKE :place_pattern ESCAPE '\' OR person.phone = :phone)
  AND (:after_id = 0 OR (person.name, person.id) > (:after_key, :after_id))
ORDER BY person.name, person.id
LIMIT :rows

-- name: roll_count :one
-- params: area
-- returns: n int, n_phone int
SELECT CAST(COUNT(*) AS BIGINT) AS n,
       CAST(COALESCE(SUM(CASE WHEN person.phone <> '' THEN 1 ELSE 0 END), 0) AS BIGINT) AS n_phone
FROM resident JOIN person ON person.id = resident.person_id
WHERE resident.area_id = :area AND resident.left_on = 0

-- Everybody on the roll, to compare a file with.
-- name: roll_all :many
-- params: area
SELECT person.id, person.name, person.phone, person.birth_year, person.birth_month,
       resident.building, resident.door, resident.place_key, resident.residency
FROM resident JOIN person ON person.id = resident.person_id
WHERE resident.area_id = :area AND resident.left_on = 0
ORDER BY resident.place_key, resident.person_id

-- Somebody on the roll who has this phone, or this name at this address.
-- name: roll_find_phone :many
-- params: area, phone text
SELECT person.id, person.name
FROM resident JOIN person ON person.id = resident.person_id
WHERE resident.area_id = :area AND resident.left_on = 0 AND person.phone = :phone
ORDER BY person.id
LIMIT 1

-- name: roll_find_place :many
-- params: area, name text, place_key text
SELECT person.id, person.name
FROM resident JOIN person ON person.id = resident.person_id
WHERE resident.area_id = :area AND resident.left_on = 0 AND person.name = :name
  AND resident.place_key = :place_key AND resident.door <> '' AND resident.building <> ''
ORDER BY person.id
LIMIT 1

-- A new code, a new role: undoing the import that brought the person would now lose something.
-- name: person_touch :exec
-- params: id
UPDATE person SET version = version + 1 WHERE id = :id

-- name: person_erase :exec
-- params: person, erased_at
UPDATE person
SET name = '', phone = '', birth_year = 0, birth_month = 0, erased_at = :erased_at,
    version = version + 1
WHERE id = :person

-- name: resident_erase :exec
-- params: person, left_on
-- crosses areas: a person is erased from every roll they stand on
UPDATE resident
SET building = '', door = '', place_key = '', version = version + 1,
    left_on = CASE WHEN left_on = 0 THEN :left_on ELSE left_on END
WHERE person_id = :person

-- name: grant_revoke_all :exec
-- params: person, revoked_at
UPDATE role_grant SET revoked_at = :revoked_at WHERE person_id = :person AND revoked_at = 0

-- name: import_row_erase :exec
-- params: person
-- crosses areas: a person is erased from every staged file that names them
UPDATE roll_import_row
SET name = '', phone = '', building = '', door = '', place_key = '', birth_year = 0,
    birth_month = 0, before_phone = '', before_building = '', before_door = '',
    before_place_key = '', before_birth_year = 0, before_birth_month = 0
WHERE person_id = :person
