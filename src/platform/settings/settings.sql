-- Values of areas, inherited downwards.

-- name: setting_find :maybe
-- params: id, key text
-- returns: value text
-- crosses areas: an area inherits from those above it
WITH RECURSIVE up (id, parent_id, depth) AS (
  SELECT id, parent_id, 0 FROM areas_public_area WHERE id = :id
  UNION ALL
  SELECT above.id, above.parent_id, up.depth + 1
  FROM areas_public_area AS above JOIN up ON above.id = up.parent_id
  WHERE up.depth < 8
)
SELECT value FROM (
  SELECT setting.value AS value, up.depth AS depth FROM up
  JOIN setting ON setting.area_id = up.id AND setting.key = :key
  UNION ALL
  SELECT value, 99 AS depth FROM setting WHERE area_id = 0 AND key = :key
) AS found ORDER BY depth LIMIT 1;

-- name: setting_put :exec
-- params: area, key text, value text
INSERT INTO setting (area_id, key, value) VALUES (:area, :key, :value)
ON CONFLICT (area_id, key) DO UPDATE SET value = excluded.value;

-- name: setting_remove :exec
-- params: area, key text
DELETE FROM setting WHERE area_id = :area AND key = :key;
