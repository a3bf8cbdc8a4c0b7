-- Statements of the room records; entries themselves are read through platform/journal.

-- The highest role each person ever had in the area or above it, for readers who see no names.
-- name: records_roles :many
-- params: area
-- returns: role int
WITH RECURSIVE up (id, depth) AS (
  SELECT area.id, 0 FROM areas_public_area AS area WHERE area.id = :area
  UNION ALL
  SELECT below.parent_id, up.depth + 1
  FROM up JOIN areas_public_area AS below ON below.id = up.id
  WHERE below.parent_id <> 0 AND up.depth < 8
)
SELECT given.person_id, CAST(MAX(given.role) AS BIGINT) AS role
FROM people_public_grant AS given
JOIN up ON up.id = given.area_id
GROUP BY given.person_id
ORDER BY given.person_id;
