-- Statements about staff. Tables: person, role_grant (instance); resident (area). A grant counts
-- while it is not taken back and its last day is not over; role 1 is a resident, never staff.

-- Administrator of the area or of one above it (area 0: of all), today?
-- name: staff_power :one
-- params: area, person, today_on
-- returns: n int
WITH RECURSIVE up (id, depth) AS (
  SELECT area.id, 0 FROM areas_public_area AS area WHERE area.id = :area
  UNION ALL
  SELECT area.parent_id, up.depth + 1
  FROM up JOIN areas_public_area AS area ON area.id = up.id
  WHERE up.depth < 10
)
SELECT CAST(COUNT(*) AS BIGINT) AS n
FROM role_grant JOIN up ON up.id = role_grant.area_id
WHERE role_grant.person_id = :person AND role_grant.role = 10 AND role_grant.revoked_at = 0
  AND role_grant.starts_on <= :today_on
  AND (role_grant.ends_on = 0 OR role_grant.ends_on >= :today_on)

-- Other administrator roles of a person than one.
-- name: staff_other_power :one
-- params: person, except, today_on
-- returns: n int
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM role_grant
WHERE person_id = :person AND id <> :except AND role = 10 AND revoked_at = 0
  AND starts_on <= :today_on AND (ends_on = 0 OR ends_on >= :today_on)

-- Staff roles and rolls of a person that `actor` does not administer.
-- name: staff_beyond :one
-- params: person, actor, today_on
-- returns: n int
-- crosses areas: whether an account reaches further than its administrator
WITH RECURSIVE place (id) AS (
  SELECT role_grant.area_id FROM role_grant
  WHERE role_grant.person_id = :person AND role_grant.role <> 1 AND role_grant.revoked_at = 0
    AND (role_grant.ends_on = 0 OR role_grant.ends_on >= :today_on)
  UNION
  SELECT resident.area_id FROM resident
  WHERE resident.person_id = :person AND resident.left_on = 0
), up (place, id, depth) AS (
  SELECT place.id, place.id, 0 FROM place
  UNION ALL
  SELECT up.place, area.parent_id, up.depth + 1
  FROM up JOIN areas_public_area AS area ON area.id = up.id
  WHERE up.depth < 10
)
SELECT CAST(COUNT(*) AS BIGINT) AS n
FROM place
WHERE NOT EXISTS (
  SELECT 1 FROM up JOIN role_grant AS mine ON mine.area_id = up.id
  WHERE up.place = place.id AND mine.person_id = :actor AND mine.role = 10 AND mine.revoked_at = 0
    AND mine.starts_on <= :today_on AND (mine.ends_on = 0 OR mine.ends_on >= :today_on))

-- People with this phone who are on a roll or in a role that `actor` administers.
-- name: staff_find_phone :many
-- params: phone text, actor, today_on
-- crosses areas: as far as the administrator's own areas reach
WITH RECURSIVE place (person, id) AS (
  SELECT person.id, role_grant.area_id
  FROM person JOIN role_grant ON role_grant.person_id = person.id
  WHERE person.phone = :phone AND role_grant.revoked_at = 0
  UNION
  SELECT person.id, resident.area_id
  FROM person JOIN resident ON resident.person_id = person.id
  WHERE person.phone = :phone AND resident.left_on = 0
), up (person, id, depth) AS (
  SELECT place.person, place.id, 0 FROM place
  UNION ALL
  SELECT up.person, area.parent_id, up.depth + 1
  FROM up JOIN areas_public_area AS area ON area.id = up.id
  WHERE up.depth < 10
)
SELECT person.id, person.name
FROM person
WHERE person.phone = :phone AND person.erased_at = 0 AND EXISTS (
  SELECT 1 FROM up JOIN role_grant AS mine ON mine.area_id = up.id
  WHERE up.person = person.id AND mine.person_id = :actor AND mine.role = 10
    AND mine.revoked_at = 0 AND mine.starts_on <= :today_on
    AND (mine.ends_on = 0 OR mine.ends_on >= :today_on))
ORDER BY person.id
LIMIT 20

-- Does somebody of this name hold this role in this very area?
-- name: staff_named :many
-- params: area, role, name text, today_on
SELECT person.id
FROM role_grant JOIN person ON person.id = role_grant.person_id
WHERE role_grant.area_id = :area AND role_grant.role = :role AND person.name = :name
  AND role_grant.revoked_at = 0 AND (role_grant.ends_on = 0 OR role_grant.ends_on >= :today_on)
ORDER BY person.id
LIMIT 1

-- name: staff_revoke :exec
-- params: id, revoked_at, revoked_by
UPDATE role_grant SET revoked_at = :revoked_at, revoked_by = :revoked_by
WHERE id = :id AND revoked_at = 0

-- One appointment in the area or below it.
-- name: staff_get :one
-- params: area, id
-- returns: area_name text, area_name_en text, by_name text, revoked_name text
WITH RECURSIVE up (id, depth) AS (
  SELECT role_grant.area_id, 0 FROM role_grant WHERE role_grant.id = :id
  UNION ALL
  SELECT area.parent_id, up.depth + 1
  FROM up JOIN areas_public_area AS area ON area.id = up.id
  WHERE up.depth < 10
)
SELECT role_grant.id, role_grant.person_id, role_grant.role, role_grant.area_id,
       role_grant.granted_by, role_grant.granted_at, role_grant.starts_on, role_grant.ends_on,
       role_grant.revoked_at, person.name, person.phone, area.name AS area_name,
       area.name_en AS area_name_en, COALESCE(giver.name, '') AS by_name,
       COALESCE(taker.name, '') AS revoked_name
FROM role_grant
JOIN person ON person.id = role_grant.person_id
JOIN areas_public_area AS area ON area.id = role_grant.area_id
LEFT JOIN person AS giver ON giver.id = role_grant.granted_by
LEFT JOIN person AS taker ON taker.id = role_grant.revoked_by
WHERE role_grant.id = :id AND role_grant.role <> 1
  AND EXISTS (SELECT 1 FROM up WHERE up.id = :area)

-- Who works in the area and below it, in the order of the tree, the highest role first. `place` is
-- as in area_tree, then a space (before all digits: an area comes before what is below it) and two
-- digits that fall as the role rises. words: a LIKE pattern for the name of the person or of the
-- area; empty: everybody.
-- name: staff_by_place :many
-- params: area, today_on, words text, after_key text, after_id, rows
-- returns: place text, area_name text, area_name_en text, by_name text
WITH RECURSIVE below (id, path, depth) AS (
  SELECT area.id, '', 0 FROM areas_public_area AS area WHERE area.id = :area
  UNION ALL
  SELECT area.id,
         below.path || SUBSTR('0000000000000000000' || CAST(area.id AS TEXT),
                              LENGTH(CAST(area.id AS TEXT)) + 1, 19),
         below.depth + 1
  FROM below JOIN areas_public_area AS area ON area.parent_id = below.id
  WHERE below.depth < 10
), work (id, place) AS (
  SELECT role_grant.id, below.path || ' ' || CAST(90 - role_grant.role AS TEXT)
  FROM below JOIN role_grant ON role_grant.area_id = below.id
  WHERE role_grant.role <> 1 AND role_grant.revoked_at = 0
    AND (role_grant.ends_on = 0 OR role_grant.ends_on >= :today_on)
)
SELECT role_grant.id, person.name, person.phone, role_grant.role, role_grant.granted_at,
       role_grant.starts_on, role_grant.ends_on, work.place AS place, area.name AS area_name,
       area.name_en AS area_name_en, COALESCE(giver.name, '') AS by_name
FROM work
JOIN role_grant ON role_grant.id = work.id
JOIN person ON person.id = role_grant.person_id
JOIN areas_public_area AS area ON area.id = role_grant.area_id
LEFT JOIN person AS giver ON giver.id = role_grant.granted_by
WHERE (:after_id = 0 OR (work.place, work.id) > (:after_key, :after_id))
  AND (:words = '' OR person.name LIKE :words ESCAPE '\' OR area.name LIKE :words ESCAPE '\')
ORDER BY work.place, work.id
LIMIT :rows

-- The same, the newest first; is_start: from the newest on.
-- name: staff_by_time :many
-- params: area, today_on, words text, is_start, after_at, after_id, rows
-- returns: place text, area_name text, area_name_en text, by_name text
WITH RECURSIVE below (id, depth) AS (
  SELECT area.id, 0 FROM areas_public_area AS area WHERE area.id = :area
  UNION ALL
  SELECT area.id, below.depth + 1
  FROM below JOIN areas_public_area AS area ON area.parent_id = below.id
  WHERE below.depth < 10
)
SELECT role_grant.id, person.name, person.phone, role_grant.role, role_grant.granted_at,
       role_grant.starts_on, role_grant.ends_on, '' AS place, area.name AS area_name,
       area.name_en AS area_name_en, COALESCE(giver.name, '') AS by_name
FROM below
JOIN role_grant ON role_grant.area_id = below.id
JOIN person ON person.id = role_grant.person_id
JOIN areas_public_area AS area ON area.id = role_grant.area_id
LEFT JOIN person AS giver ON giver.id = role_grant.granted_by
WHERE role_grant.role <> 1 AND role_grant.revoked_at = 0
  AND (role_grant.ends_on = 0 OR role_grant.ends_on >= :today_on)
  AND (:is_start <> 0 OR (role_grant.granted_at, role_grant.id) < (:after_at, :after_id))
  AND (:words = '' OR person.name LIKE :words ESCAPE '\' OR area.name LIKE :words ESCAPE '\')
ORDER BY role_grant.granted_at DESC, role_grant.id DESC
LIMIT :rows
