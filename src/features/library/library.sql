-- Statements of the room library. Tables: library_entry, library_pick.

-- name: library_insert :exec
-- params: area, id, title text, kind, scope text, provider text, price_fen, unit text, basis text, project, created_by, created_at
INSERT INTO library_entry (area_id, id, title, kind, scope, provider, price_fen, unit, basis, project_id, ended_on,
                           end_reason, created_by, created_at, version)
VALUES (:area, :id, :title, :kind, :scope, :provider, :price_fen, :unit, :basis, :project, 0, '', :created_by,
        :created_at, 1)

-- One of this area, to change it.
-- name: library_own :one
-- params: area, id
SELECT entry.id, entry.title, entry.kind, entry.scope, entry.provider, entry.price_fen, entry.unit, entry.basis,
       entry.version
FROM library_entry AS entry
WHERE entry.area_id = :area AND entry.id = :id AND entry.ended_on = 0

-- name: library_change :versioned
-- params: area, id, version, title text, kind, scope text, provider text, price_fen, unit text, basis text
UPDATE library_entry
SET title = :title, kind = :kind, scope = :scope, provider = :provider, price_fen = :price_fen, unit = :unit,
    basis = :basis, version = version + 1
WHERE area_id = :area AND id = :id AND version = :version AND ended_on = 0

-- name: library_take_out :versioned
-- params: area, id, version, ended_on, reason text
UPDATE library_entry SET ended_on = :ended_on, end_reason = :reason, version = version + 1
WHERE area_id = :area AND id = :id AND version = :version AND ended_on = 0

-- One of this area or an area above; n: how many residents of this community want it, mine: one of them.
-- name: library_seen :one
-- params: area, id, person
-- returns: area_name text, area_name_en text, n int, mine int
-- crosses areas: what the areas above offer is offered here
WITH RECURSIVE way (id, depth) AS (
  SELECT area.id, 0 FROM areas_public_area AS area WHERE area.id = :area
  UNION ALL
  SELECT area.parent_id, way.depth + 1 FROM way JOIN areas_public_area AS area ON area.id = way.id
  WHERE area.parent_id <> 0 AND way.depth < 10
)
SELECT entry.area_id, entry.id, entry.title, entry.kind, entry.scope, entry.provider, entry.price_fen, entry.unit,
       entry.basis, entry.project_id, entry.ended_on, entry.end_reason, entry.version,
       COALESCE(place.name, '') AS area_name, COALESCE(place.name_en, '') AS area_name_en,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM library_pick AS pick
        WHERE pick.area_id = :area AND pick.entry_id = entry.id) AS n,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM library_pick AS pick
        WHERE pick.area_id = :area AND pick.entry_id = entry.id AND pick.person_id = :person) AS mine
FROM library_entry AS entry
LEFT JOIN areas_public_area AS place ON place.id = entry.area_id
WHERE entry.id = :id AND entry.area_id IN (SELECT way.id FROM way)

-- What is offered here, the newest first. pattern is a LIKE pattern; before: the last id of the page
-- before, or the largest number.
-- name: library_list :many
-- params: area, pattern text, before, limit
-- returns: area_name text, area_name_en text, n int
-- crosses areas: what the areas above offer is offered here
WITH RECURSIVE way (id, depth) AS (
  SELECT area.id, 0 FROM areas_public_area AS area WHERE area.id = :area
  UNION ALL
  SELECT area.parent_id, way.depth + 1 FROM way JOIN areas_public_area AS area ON area.id = way.id
  WHERE area.parent_id <> 0 AND way.depth < 10
)
SELECT entry.id, entry.title, entry.kind, entry.provider, entry.price_fen, entry.unit, entry.project_id,
       COALESCE(place.name, '') AS area_name, COALESCE(place.name_en, '') AS area_name_en,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM library_pick AS pick
        WHERE pick.area_id = :area AND pick.entry_id = entry.id) AS n
FROM library_entry AS entry
LEFT JOIN areas_public_area AS place ON place.id = entry.area_id
WHERE entry.area_id IN (SELECT way.id FROM way) AND entry.ended_on = 0 AND entry.id < :before
  AND (entry.title LIKE :pattern ESCAPE '\' OR entry.provider LIKE :pattern ESCAPE '\'
       OR entry.scope LIKE :pattern ESCAPE '\')
ORDER BY entry.id DESC
LIMIT :limit

-- A finished project, as an entry could be made of it; entry: the one that is offered, 0: none.
-- name: library_project :one
-- params: area, project
-- returns: cost_fen int, state_on int, provider text, entry int
SELECT finished.proposal_id, finished.title, finished.cost_fen, finished.state_on,
       COALESCE((SELECT bought.bidder FROM delivery_public_purchase AS bought
        WHERE bought.area_id = :area AND bought.proposal_id = :project AND bought.no = 1), '') AS provider,
       COALESCE((SELECT entry.id FROM library_entry AS entry
        WHERE entry.area_id = :area AND entry.project_id = :project AND entry.ended_on = 0), 0) AS entry
FROM delivery_public_end AS finished
WHERE finished.area_id = :area AND finished.proposal_id = :project AND finished.state = 2

-- name: library_want :exec
-- params: area, entry, person, picked_at
INSERT INTO library_pick (area_id, entry_id, person_id, picked_at)
VALUES (:area, :entry, :person, :picked_at)
ON CONFLICT (area_id, entry_id, person_id) DO NOTHING

-- name: library_unwant :exec
-- params: area, entry, person
DELETE FROM library_pick WHERE area_id = :area AND entry_id = :entry AND person_id = :person

-- name: library_of_person :many
-- params: person, limit
-- crosses areas: a person may have lived in several places
SELECT pick.area_id, pick.entry_id, pick.picked_at
FROM library_pick AS pick
WHERE pick.person_id = :person
ORDER BY pick.picked_at, pick.entry_id
LIMIT :limit

-- name: library_erase_person :exec
-- params: person
-- crosses areas: a person may have lived in several places
DELETE FROM library_pick WHERE person_id = :person
