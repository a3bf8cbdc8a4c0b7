-- Statements of the room areas. Table: area (scope: instance).

-- name: area_insert :exec
-- params: id, parent, kind, name text, name_en text, code text, phone text, address text, hours text
INSERT INTO area (id, parent_id, kind, name, name_en, code, phone, address, hours, version)
VALUES (:id, :parent, :kind, :name, :name_en, :code, :phone, :address, :hours, 1)
ON CONFLICT (parent_id, name) DO NOTHING

-- name: area_get :maybe
-- params: id
SELECT area.id, area.parent_id, area.kind, area.name, area.name_en, area.code, area.phone,
       area.address, area.hours, area.version
FROM area
WHERE area.id = :id

-- The area itself first, then its parent, and so on up; a broken tree ends after ten.
-- name: area_path :many
-- params: id
-- returns: depth int
WITH RECURSIVE way (id, depth) AS (
  SELECT area.id, 0 FROM area WHERE area.id = :id
  UNION ALL
  SELECT area.parent_id, way.depth + 1 FROM way JOIN area ON area.id = way.id
  WHERE area.parent_id <> 0 AND way.depth < 10
)
SELECT area.id, area.parent_id, area.kind, area.name, area.name_en, area.code, area.phone,
       area.address, area.hours, way.depth AS depth
FROM way JOIN area ON area.id = way.id
ORDER BY depth

-- name: area_communities_below :many
-- params: id, rows
WITH RECURSIVE below (id, depth) AS (
  SELECT area.id, 0 FROM area WHERE area.id = :id
  UNION ALL
  SELECT area.id, below.depth + 1 FROM below JOIN area ON area.parent_id = below.id
  WHERE below.depth < 10
)
SELECT area.id, area.parent_id, area.kind, area.name, area.name_en, area.code, area.phone,
       area.address, area.hours
FROM below JOIN area ON area.id = below.id
WHERE area.kind = 4
ORDER BY area.parent_id, area.name, area.id
LIMIT :rows

-- Communities by street and name, from the one after :after on (0: from the beginning). `pattern`
-- is a LIKE pattern over the Chinese and the English name, escaped with a backslash. With the stage
-- at which the newest round stands; empty where none runs.
-- name: area_choose :many
-- params: pattern text, after, rows
-- returns: street_name text, street_name_en text, stage_name text, stage_name_en text
-- crosses areas: the page from which one goes to any of them
SELECT area.id, area.name, area.name_en, COALESCE(street.name, '') AS street_name,
       COALESCE(street.name_en, '') AS street_name_en,
       COALESCE((SELECT stage.name FROM programmes_public_stage AS stage
                 WHERE stage.area_id = area.id AND stage.state = 2
                 ORDER BY stage.round_id DESC LIMIT 1), '') AS stage_name,
       COALESCE((SELECT stage.name_en FROM programmes_public_stage AS stage
                 WHERE stage.area_id = area.id AND stage.state = 2
                 ORDER BY stage.round_id DESC LIMIT 1), '') AS stage_name_en
FROM area LEFT JOIN area AS street ON street.id = area.parent_id
WHERE area.kind = 4
  AND (area.name LIKE :pattern ESCAPE '\' OR LOWER(area.name_en) LIKE :pattern ESCAPE '\')
  AND (:after = 0 OR (COALESCE(street.name, ''), area.name, area.id) > (
    SELECT COALESCE(last_street.name, ''), last.name, last.id
    FROM area AS last LEFT JOIN area AS last_street ON last_street.id = last.parent_id
    WHERE last.id = :after))
ORDER BY COALESCE(street.name, ''), area.name, area.id
LIMIT :rows

-- name: area_named :maybe
-- params: parent, name text, except
SELECT area.id FROM area
WHERE area.parent_id = :parent AND area.name = :name AND area.id <> :except

-- name: area_update :versioned
-- params: id, version, name text, name_en text, code text, phone text, address text, hours text
UPDATE area
SET name = :name, name_en = :name_en, code = :code, phone = :phone, address = :address,
    hours = :hours, version = version + 1
WHERE id = :id AND version = :version

-- What stands below an area, each after what it stands in, in the order it was made. `path` is the
-- ids from the area down, 19 digits each, so that its order is that of the tree. Buildings only when
-- asked for: a district has thousands.
-- name: area_tree :many
-- params: id, has_buildings, today_on, after text, rows
-- returns: depth int, path text, n_staff int, n_secretaries int
-- crosses areas: who works where is shown to those who keep the tree
WITH RECURSIVE below (id, path, depth) AS (
  SELECT area.id, '', 0 FROM area WHERE area.id = :id
  UNION ALL
  SELECT area.id,
         below.path || SUBSTR('0000000000000000000' || CAST(area.id AS TEXT),
                              LENGTH(CAST(area.id AS TEXT)) + 1, 19),
         below.depth + 1
  FROM below JOIN area ON area.parent_id = below.id
  WHERE below.depth < 10 AND (area.kind < 5 OR :has_buildings <> 0)
)
SELECT area.id, area.kind, area.name, area.name_en, below.depth AS depth, below.path AS path,
  (SELECT CAST(COUNT(DISTINCT given.person_id) AS BIGINT) FROM people_public_grant AS given
   WHERE given.area_id = area.id AND given.role <> 1 AND given.revoked_at = 0
     AND given.starts_on <= :today_on AND (given.ends_on = 0 OR given.ends_on >= :today_on)) AS n_staff,
  (SELECT CAST(COUNT(*) AS BIGINT) FROM people_public_grant AS given
   WHERE given.area_id = area.id AND given.role = 4 AND given.revoked_at = 0
     AND given.starts_on <= :today_on AND (given.ends_on = 0 OR given.ends_on >= :today_on)) AS n_secretaries
FROM below JOIN area ON area.id = below.id
WHERE below.depth > 0 AND below.path > :after
ORDER BY below.path
LIMIT :rows

-- How many of each stand at or below an area, and the first district, the first street, and the
-- first community that has nobody to lead it (0: none).
-- name: area_counts :one
-- params: id, today_on
-- returns: districts int, streets int, communities int, led int, district int, street int, community int
-- crosses areas: who works where is shown to those who keep the tree
WITH RECURSIVE below (id, depth) AS (
  SELECT area.id, 0 FROM area WHERE area.id = :id
  UNION ALL
  SELECT area.id, below.depth + 1
  FROM below JOIN area ON area.parent_id = below.id
  WHERE below.depth < 10 AND area.kind < 5
), place (id, kind, is_led) AS (
  SELECT area.id, area.kind,
    CASE WHEN EXISTS (
      SELECT 1 FROM people_public_grant AS given
      WHERE given.area_id = area.id AND given.role = 4 AND given.revoked_at = 0
        AND given.starts_on <= :today_on AND (given.ends_on = 0 OR given.ends_on >= :today_on))
    THEN 1 ELSE 0 END
  FROM below JOIN area ON area.id = below.id
)
SELECT CAST(COALESCE(SUM(CASE WHEN place.kind = 2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS districts,
  CAST(COALESCE(SUM(CASE WHEN place.kind = 3 THEN 1 ELSE 0 END), 0) AS BIGINT) AS streets,
  CAST(COALESCE(SUM(CASE WHEN place.kind = 4 THEN 1 ELSE 0 END), 0) AS BIGINT) AS communities,
  CAST(COALESCE(SUM(CASE WHEN place.kind = 4 THEN place.is_led ELSE 0 END), 0) AS BIGINT) AS led,
  CAST(COALESCE(MIN(CASE WHEN place.kind = 2 THEN place.id END), 0) AS BIGINT) AS district,
  CAST(COALESCE(MIN(CASE WHEN place.kind = 3 THEN place.id END), 0) AS BIGINT) AS street,
  CAST(COALESCE(MIN(CASE WHEN place.kind = 4 AND place.is_led = 0 THEN place.id END), 0) AS BIGINT) AS community
FROM place
