-- Statements of the room documents. Tables: document, document_version, document_attachment.

-- name: document_insert :exec
-- params: area, id, kind, title text, number text, issuer text, created_by, created_at
INSERT INTO document (area_id, id, kind, title, number, issuer, newest_no, ended_on, end_reason,
                      created_by, created_at, version)
VALUES (:area, :id, :kind, :title, :number, :issuer, 1, 0, '', :created_by, :created_at, 1)

-- name: document_version_insert :exec
-- params: area, document, no, from_on, words text, change text, file, file_name text, added_by, added_at
INSERT INTO document_version (area_id, document_id, no, from_on, words, change, file_id, file_name,
                              added_by, added_at)
VALUES (:area, :document, :no, :from_on, :words, :change, :file, :file_name, :added_by, :added_at)

-- One of this area, to change it.
-- name: document_own :one
-- params: area, id
-- returns: newest_on int
SELECT document.id, document.kind, document.title, document.newest_no, document.ended_on,
       document.version,
       (SELECT newest.from_on FROM document_version AS newest
        WHERE newest.area_id = document.area_id AND newest.document_id = document.id
          AND newest.no = document.newest_no) AS newest_on
FROM document WHERE document.area_id = :area AND document.id = :id

-- name: document_grow :versioned
-- params: area, id, version, no
UPDATE document SET newest_no = :no, version = version + 1
WHERE area_id = :area AND id = :id AND version = :version AND ended_on = 0

-- name: document_end :versioned
-- params: area, id, version, ended_on, reason text
UPDATE document SET ended_on = :ended_on, end_reason = :reason, version = version + 1
WHERE area_id = :area AND id = :id AND version = :version AND ended_on = 0

-- One of this area or an area above.
-- name: document_seen :one
-- params: area, id
-- returns: area_name text, area_name_en text
-- crosses areas: what the areas above have put in force holds here
WITH RECURSIVE way (id, depth) AS (
  SELECT area.id, 0 FROM areas_public_area AS area WHERE area.id = :area
  UNION ALL
  SELECT area.parent_id, way.depth + 1 FROM way JOIN areas_public_area AS area ON area.id = way.id
  WHERE area.parent_id <> 0 AND way.depth < 10
)
SELECT document.area_id, document.id, document.kind, document.title, document.number,
       document.issuer, document.ended_on, document.end_reason, document.version,
       COALESCE(place.name, '') AS area_name, COALESCE(place.name_en, '') AS area_name_en
FROM document
LEFT JOIN areas_public_area AS place ON place.id = document.area_id
WHERE document.id = :id AND document.area_id IN (SELECT way.id FROM way)

-- The newest first.
-- name: document_versions :many
-- params: area, document, limit
SELECT no, from_on, words, change, file_id, file_name, added_at FROM document_version
WHERE area_id = :area AND document_id = :document
ORDER BY no DESC
LIMIT :limit

-- name: document_file :one
-- params: area, document, no
SELECT file_id FROM document_version
WHERE area_id = :area AND document_id = :document AND no = :no AND file_id <> 0

-- Of this area and the areas above, the newest document first, those that were ended too. pattern is
-- a LIKE pattern; before: the last id of the page before, or the largest number.
-- name: document_list :many
-- params: area, pattern text, today_on, before, limit
-- returns: area_name text, area_name_en text, first_on int, held_no int, held_on int
-- crosses areas: what the areas above have put in force holds here
WITH RECURSIVE way (id, depth) AS (
  SELECT area.id, 0 FROM areas_public_area AS area WHERE area.id = :area
  UNION ALL
  SELECT area.parent_id, way.depth + 1 FROM way JOIN areas_public_area AS area ON area.id = way.id
  WHERE area.parent_id <> 0 AND way.depth < 10
)
SELECT document.id, document.kind, document.title, document.number, document.issuer,
       document.ended_on,
       COALESCE(place.name, '') AS area_name, COALESCE(place.name_en, '') AS area_name_en,
       first.from_on AS first_on, COALESCE(held.no, 0) AS held_no,
       COALESCE(held.from_on, first.from_on) AS held_on
FROM document
JOIN document_version AS first ON first.area_id = document.area_id
  AND first.document_id = document.id AND first.no = 1
LEFT JOIN document_version AS held ON held.area_id = document.area_id
  AND held.document_id = document.id AND held.from_on <= :today_on
  AND NOT EXISTS (SELECT 1 FROM document_version AS later
                  WHERE later.area_id = held.area_id AND later.document_id = held.document_id
                    AND later.no > held.no AND later.from_on <= :today_on)
LEFT JOIN areas_public_area AS place ON place.id = document.area_id
WHERE document.area_id IN (SELECT way.id FROM way) AND document.id < :before
  AND (document.title LIKE :pattern ESCAPE '\' OR document.number LIKE :pattern ESCAPE '\'
       OR document.issuer LIKE :pattern ESCAPE '\')
ORDER BY document.id DESC
LIMIT :limit

-- What a round may go by: what holds here today, and what of it is attached already (0: not).
-- name: document_choice :many
-- params: area, round, today_on, limit
-- returns: area_name text, area_name_en text, attached_no int
-- crosses areas: what the areas above have put in force holds here
WITH RECURSIVE way (id, depth) AS (
  SELECT area.id, 0 FROM areas_public_area AS area WHERE area.id = :area
  UNION ALL
  SELECT area.parent_id, way.depth + 1 FROM way JOIN areas_public_area AS area ON area.id = way.id
  WHERE area.parent_id <> 0 AND way.depth < 10
)
SELECT document.area_id, document.id, document.kind, document.title, document.number,
       held.no, held.from_on,
       COALESCE(place.name, '') AS area_name, COALESCE(place.name_en, '') AS area_name_en,
       COALESCE(attachment.no, 0) AS attached_no
FROM document
JOIN document_version AS held ON held.area_id = document.area_id
  AND held.document_id = document.id AND held.from_on <= :today_on
  AND NOT EXISTS (SELECT 1 FROM document_version AS later
                  WHERE later.area_id = held.area_id AND later.document_id = held.document_id
                    AND later.no > held.no AND later.from_on <= :today_on)
LEFT JOIN areas_public_area AS place ON place.id = document.area_id
LEFT JOIN document_attachment AS attachment ON attachment.area_id = :area
  AND attachment.round_id = :round AND attachment.document_id = document.id
WHERE document.area_id IN (SELECT way.id FROM way)
  AND (document.ended_on = 0 OR document.ended_on > :today_on)
ORDER BY document.kind, document.id DESC
LIMIT :limit

-- name: document_attach :exec
-- params: area, round, document_area, document, no, by, attached_at
INSERT INTO document_attachment (area_id, round_id, document_area_id, document_id, no, attached_by,
                                 attached_at)
VALUES (:area, :round, :document_area, :document, :no, :by, :attached_at)
ON CONFLICT (area_id, round_id, document_id) DO UPDATE
  SET no = excluded.no, attached_by = excluded.attached_by, attached_at = excluded.attached_at
  WHERE document_attachment.no <> excluded.no

-- name: document_detach :exec
-- params: area, round, document
DELETE FROM document_attachment
WHERE area_id = :area AND round_id = :round AND document_id = :document

-- What a round goes by, by kind.
-- name: document_attached :many
-- params: area, round, limit
-- returns: newer_no int
-- crosses areas: a round goes by documents of the areas above
SELECT attachment.document_id, attachment.no, document.kind, document.title, document.number,
       document.ended_on, version.from_on, document.newest_no AS newer_no
FROM document_attachment AS attachment
JOIN document ON document.area_id = attachment.document_area_id AND document.id = attachment.document_id
JOIN document_version AS version ON version.area_id = attachment.document_area_id
  AND version.document_id = attachment.document_id AND version.no = attachment.no
WHERE attachment.area_id = :area AND attachment.round_id = :round
ORDER BY document.kind, attachment.document_id DESC
LIMIT :limit

-- name: document_attached_rules :one
-- params: area, round
-- returns: n int
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM documents_public_attached AS attached
WHERE attached.area_id = :area AND attached.round_id = :round AND attached.kind = 1

-- Rounds whose open stage is the launch and that go by no rules yet.
-- name: document_due :many
-- params: area
SELECT round.id, round.title, stage.closes_at
FROM programmes_public_stage AS stage
JOIN programmes_public_round AS round ON round.area_id = stage.area_id AND round.id = stage.round_id
WHERE stage.area_id = :area AND stage.state = 2 AND stage.kind = 'launch'
  AND NOT EXISTS (SELECT 1 FROM documents_public_attached AS attached
                  WHERE attached.area_id = stage.area_id AND attached.round_id = stage.round_id
                    AND attached.kind = 1)
ORDER BY stage.closes_at, round.id
