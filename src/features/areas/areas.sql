-- Statements of the room areas. Table: area (scope: instance).

-- name: area_insert :exec
-- params: id, parent, kind, name text, name_en text, code text, phone text, address text, hours text
INSERT INTO area (id, parent_id, kind, name, name_en, code, phone, address, hours, version)
VALUES (:id, :parent, :kind, :name, :name_en, :code, :phone, :address, :hours, 1)
ON CONFLICT (parent_id, name) DO NOTHING

-- name: area_get :maybe
-- params: id
SELECT area.id, area.parent_id, area.kind, area.name, area.name_en, area.code, area.phone,
       area.address, area.hours
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
-- is a LIKE pattern over the Chinese and the English name, escaped with a backslash.
-- name: area_choose :many
-- params: pattern text, after, rows
-- returns: street_name text, street_name_en text
SELECT area.id, area.name, area.name_en, COALESCE(street.name, '') AS street_name,
       COALESCE(street.name_en, '') AS street_name_en
FROM area LEFT JOIN area AS street ON street.id = area.parent_id
WHERE area.kind = 4
  AND (area.name LIKE :pattern ESCAPE '\' OR LOWER(area.name_en) LIKE :pattern ESCAPE '\')
  AND (:after = 0 OR (COALESCE(street.name, ''), area.name, area.id) > (
    SELECT COALESCE(last_street.name, ''), last.name, last.id
    FROM area AS last LEFT JOIN area AS last_street ON last_street.id = last.parent_id
    WHERE last.id = :after))
ORDER BY COALESCE(street.name, ''), area.name, area.id
LIMIT :rows
