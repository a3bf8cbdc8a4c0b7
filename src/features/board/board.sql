-- Statements of the room board. Tables: board_area, board_late, board_day. What stands below an area
-- is its communities: buildings and grids are not walked.

-- --- counting ---------------------------------------------------------------------------------

-- name: board_communities :many
-- params: after, limit
-- crosses areas: the job counts every community
SELECT area.id FROM areas_public_area AS area WHERE area.kind = 4 AND area.id > :after
ORDER BY area.id LIMIT :limit

-- The public money of all open rounds: their budgets, what their funded projects cost (by the books
-- once they are over, else the estimate without what is pledged), and what was paid. Source 4 is
-- pledges.
-- name: board_money :one
-- params: area
-- returns: budget_fen int, funded int, accepted int, decided_fen int, paid_fen int
SELECT (SELECT CAST(COALESCE(SUM(round.budget_fen), 0) AS BIGINT) FROM programmes_public_round AS round
        WHERE round.area_id = :area AND EXISTS (SELECT 1 FROM programmes_public_stage AS stage
             WHERE stage.area_id = :area AND stage.round_id = round.id AND stage.state = 2)) AS budget_fen,
       CAST(COUNT(*) AS BIGINT) AS funded,
       CAST(COALESCE(SUM(CASE WHEN project.state = 2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS accepted,
       CAST(COALESCE(SUM(CASE WHEN project.state = 1
         THEN project.estimate_fen - (SELECT CAST(COALESCE(SUM(firm.value_fen), 0) AS BIGINT)
           FROM pledges_public_firm AS firm
           WHERE firm.area_id = :area AND firm.proposal_id = project.proposal_id)
         ELSE (SELECT CAST(COALESCE(SUM(posting.amount_fen), 0) AS BIGINT)
           FROM delivery_public_posting AS posting
           WHERE posting.area_id = :area AND posting.proposal_id = project.proposal_id
             AND posting.account BETWEEN 3 AND 6 AND posting.source < 4) END), 0) AS BIGINT) AS decided_fen,
       (SELECT CAST(COALESCE(SUM(posting.amount_fen), 0) AS BIGINT) FROM delivery_public_posting AS posting
        WHERE posting.area_id = :area AND posting.account = 5 AND posting.source < 4
          AND EXISTS (SELECT 1 FROM programmes_public_stage AS stage
             WHERE stage.area_id = :area AND stage.round_id = posting.round_id AND stage.state = 2)) AS paid_fen
FROM delivery_public_end AS project
WHERE project.area_id = :area AND EXISTS (SELECT 1 FROM programmes_public_stage AS stage
             WHERE stage.area_id = :area AND stage.round_id = project.round_id AND stage.state = 2)

-- name: board_area_put :exec
-- params: area, counted_at, round, round_title text, stage_kind, late, oldest_at, budget_fen, decided_fen, paid_fen, funded, accepted
INSERT INTO board_area (area_id, counted_at, round_id, round_title, stage_kind, late,
                        oldest_at, budget_fen, decided_fen, paid_fen, funded, accepted)
VALUES (:area, :counted_at, :round, :round_title, :stage_kind, :late, :oldest_at,
        :budget_fen, :decided_fen, :paid_fen, :funded, :accepted)
ON CONFLICT (area_id) DO UPDATE
  SET counted_at = excluded.counted_at, round_id = excluded.round_id,
      round_title = excluded.round_title, stage_kind = excluded.stage_kind, late = excluded.late, oldest_at = excluded.oldest_at,
      budget_fen = excluded.budget_fen, decided_fen = excluded.decided_fen,
      paid_fen = excluded.paid_fen, funded = excluded.funded, accepted = excluded.accepted

-- name: board_late_clear :exec
-- params: area
DELETE FROM board_late WHERE area_id = :area

-- name: board_late_add :exec
-- params: area, id, holder, what text, what_en text, link text, due_at
INSERT INTO board_late (area_id, id, holder, what, what_en, link, due_at)
VALUES (:area, :id, :holder, :what, :what_en, :link, :due_at)

-- name: board_day_put :exec
-- params: area, counted_on, late
INSERT INTO board_day (area_id, counted_on, late) VALUES (:area, :counted_on, :late)
ON CONFLICT (area_id, counted_on) DO UPDATE SET late = excluded.late

-- name: board_day_forget :exec
-- params: area, before_on
DELETE FROM board_day WHERE area_id = :area AND counted_on < :before_on

-- --- showing ----------------------------------------------------------------------------------

-- All communities at or below an area together, and those of them that were counted a week ago.
-- name: board_total :one
-- params: area, week_ago_on
-- returns: communities int, counted int, counted_at int, late int, oldest_at int, budget_fen int, decided_fen int, paid_fen int, funded int, accepted int, week_counted int, week_late int
-- crosses areas: the board is about the communities below
WITH RECURSIVE below (id, depth) AS (
  SELECT area.id, 0 FROM areas_public_area AS area WHERE area.id = :area
  UNION ALL
  SELECT area.id, below.depth + 1
  FROM below JOIN areas_public_area AS area ON area.parent_id = below.id
  WHERE below.depth < 5 AND area.kind < 5
)
SELECT CAST(COUNT(*) AS BIGINT) AS communities,
       CAST(COUNT(counted.area_id) AS BIGINT) AS counted,
       COALESCE(MIN(counted.counted_at), 0) AS counted_at,
       CAST(COALESCE(SUM(counted.late), 0) AS BIGINT) AS late,
       COALESCE(MIN(CASE WHEN counted.oldest_at > 0 THEN counted.oldest_at END), 0) AS oldest_at,
       CAST(COALESCE(SUM(counted.budget_fen), 0) AS BIGINT) AS budget_fen,
       CAST(COALESCE(SUM(counted.decided_fen), 0) AS BIGINT) AS decided_fen,
       CAST(COALESCE(SUM(counted.paid_fen), 0) AS BIGINT) AS paid_fen,
       CAST(COALESCE(SUM(counted.funded), 0) AS BIGINT) AS funded,
       CAST(COALESCE(SUM(counted.accepted), 0) AS BIGINT) AS accepted,
       CAST(COUNT(week.area_id) AS BIGINT) AS week_counted,
       CAST(COALESCE(SUM(week.late), 0) AS BIGINT) AS week_late
FROM below JOIN areas_public_area AS place ON place.id = below.id AND place.kind = 4
LEFT JOIN board_area AS counted ON counted.area_id = place.id
LEFT JOIN board_day AS week ON week.area_id = place.id AND week.counted_on = :week_ago_on

-- By what is late or by money, the most first; the page before ended at `most` and `before`.
-- name: board_areas :many
-- params: area, pattern text, by_money, most, before, limit
-- returns: street text, street_en text
-- crosses areas: the board is about the communities below
WITH RECURSIVE below (id, depth) AS (
  SELECT area.id, 0 FROM areas_public_area AS area WHERE area.id = :area
  UNION ALL
  SELECT area.id, below.depth + 1
  FROM below JOIN areas_public_area AS area ON area.parent_id = below.id
  WHERE below.depth < 5 AND area.kind < 5
)
SELECT counted.area_id, counted.round_title, place.name, place.name_en, COALESCE(street.name, '') AS street,
       COALESCE(street.name_en, '') AS street_en, counted.stage_kind, counted.late,
       counted.oldest_at, counted.budget_fen, counted.decided_fen, counted.paid_fen, counted.funded,
       counted.accepted
FROM below JOIN areas_public_area AS place ON place.id = below.id
JOIN board_area AS counted ON counted.area_id = place.id
LEFT JOIN areas_public_area AS street ON street.id = place.parent_id
WHERE (place.name LIKE :pattern ESCAPE '\' OR street.name LIKE :pattern ESCAPE '\')
  AND (CASE WHEN :by_money <> 0 THEN counted.budget_fen ELSE counted.late END < :most
       OR (CASE WHEN :by_money <> 0 THEN counted.budget_fen ELSE counted.late END = :most
           AND counted.area_id < :before))
ORDER BY CASE WHEN :by_money <> 0 THEN counted.budget_fen ELSE counted.late END DESC,
         counted.area_id DESC
LIMIT :limit

-- What is late, the longest first.
-- name: board_items :many
-- params: area, pattern text, due_at, after, limit
-- returns: area_name text, area_name_en text
-- crosses areas: the board is about the communities below
WITH RECURSIVE below (id, depth) AS (
  SELECT area.id, 0 FROM areas_public_area AS area WHERE area.id = :area
  UNION ALL
  SELECT area.id, below.depth + 1
  FROM below JOIN areas_public_area AS area ON area.parent_id = below.id
  WHERE below.depth < 5 AND area.kind < 5
)
SELECT late.area_id, late.id, late.holder, late.what, late.what_en, late.link,
       late.due_at, place.name AS area_name, place.name_en AS area_name_en
FROM below JOIN board_late AS late ON late.area_id = below.id
JOIN areas_public_area AS place ON place.id = below.id
WHERE (late.what LIKE :pattern ESCAPE '\' OR late.what_en LIKE :pattern ESCAPE '\' OR place.name LIKE :pattern ESCAPE '\')
  AND (late.due_at > :due_at OR (late.due_at = :due_at AND late.id > :after))
ORDER BY late.due_at, late.id
LIMIT :limit
