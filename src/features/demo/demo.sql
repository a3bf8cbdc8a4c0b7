-- The demonstration owns no table.

-- name: demo_next_closing :one
-- params: now_at
-- returns: closes_at int
-- crosses areas: the demonstration's clock goes to whatever ends next, anywhere
SELECT COALESCE(MIN(t.closes_at), 0) AS closes_at
FROM (SELECT closes_at FROM polls_public_poll WHERE state = 2 AND closes_at > :now_at
      UNION ALL
      SELECT closes_at FROM programmes_public_stage WHERE state = 2 AND closes_at > :now_at
      UNION ALL
      SELECT ends_at AS closes_at FROM publicity_public_publication WHERE ends_at > :now_at) AS t;
