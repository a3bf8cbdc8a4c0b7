-- name: frame_area_path :many
-- params: id
-- returns: depth int
-- The area and its ancestors, nearest first.
WITH RECURSIVE path (id, parent_id, depth) AS (
  SELECT id, parent_id, 0 FROM areas_public_area WHERE id = :id
  UNION ALL
  SELECT a.id, a.parent_id, p.depth + 1 FROM areas_public_area AS a JOIN path AS p ON a.id = p.parent_id
)
SELECT a.id, a.kind, a.name, a.name_en, a.phone, a.address, a.hours, p.depth AS depth
FROM path AS p JOIN areas_public_area AS a ON a.id = p.id
ORDER BY p.depth;
