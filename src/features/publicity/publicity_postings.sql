-- Where notices hang on paper. Table: publication_posting.

-- name: hanging_insert :exec
-- params: area, id, publication, place text, up_on, up_by text, up_photo, recorded_by, recorded_at
INSERT INTO publication_posting (area_id, id, publication_id, place, up_on, up_by, up_photo_id, down_on, down_by,
                                 down_photo_id, is_withdrawn, recorded_by, recorded_at, version)
VALUES (:area, :id, :publication, :place, :up_on, :up_by, :up_photo, 0, '', 0, 0, :recorded_by, :recorded_at, 1)

-- name: hanging_get :one
-- params: area, id
-- returns: recorder text, up_shown int, down_shown int
SELECT posting.id, posting.publication_id, posting.place, posting.up_on, posting.up_by, posting.up_photo_id,
       posting.down_on, posting.down_by, posting.down_photo_id, posting.is_withdrawn, posting.recorded_at,
       posting.version, COALESCE(person.name, '') AS recorder, COALESCE(up.is_shown, 0) AS up_shown,
       COALESCE(down.is_shown, 0) AS down_shown, publication.title, publication.published_at
FROM publication_posting AS posting
JOIN publication ON publication.area_id = posting.area_id AND publication.id = posting.publication_id
LEFT JOIN people_public_person AS person ON person.id = posting.recorded_by
LEFT JOIN files_public_photo AS up ON up.area_id = posting.area_id AND up.id = posting.up_photo_id
LEFT JOIN files_public_photo AS down ON down.area_id = posting.area_id AND down.id = posting.down_photo_id
WHERE posting.area_id = :area AND posting.id = :id

-- name: hanging_save :versioned
-- params: area, id, version, place text, up_on, up_by text, up_photo, down_on, down_by text, down_photo
UPDATE publication_posting SET place = :place, up_on = :up_on, up_by = :up_by, up_photo_id = :up_photo,
  down_on = :down_on, down_by = :down_by, down_photo_id = :down_photo, version = version + 1
WHERE area_id = :area AND id = :id AND version = :version AND is_withdrawn = 0

-- name: hanging_withdraw :versioned
-- params: area, id, version
UPDATE publication_posting SET is_withdrawn = 1, version = version + 1
WHERE area_id = :area AND id = :id AND version = :version AND is_withdrawn = 0

-- The postings of a publication, the newest first, withdrawn ones too. pattern is a LIKE pattern;
-- before: the last one of the page before.
-- name: hanging_list :many
-- params: area, publication, pattern text, before, limit
SELECT id, place, up_on, up_by, down_on, down_by, is_withdrawn FROM publication_posting
WHERE area_id = :area AND publication_id = :publication AND id < :before
  AND (place LIKE :pattern ESCAPE '\' OR up_by LIKE :pattern ESCAPE '\' OR down_by LIKE :pattern ESCAPE '\')
ORDER BY id DESC
LIMIT :limit

-- What everybody reads, the first first.
-- name: hanging_public :many
-- params: area, publication, limit
-- returns: up_shown int, down_shown int
SELECT posting.place, posting.up_on, posting.down_on, posting.up_photo_id, posting.down_photo_id,
       COALESCE(up.is_shown, 0) AS up_shown, COALESCE(down.is_shown, 0) AS down_shown
FROM publication_posting AS posting
LEFT JOIN files_public_photo AS up ON up.area_id = posting.area_id AND up.id = posting.up_photo_id
LEFT JOIN files_public_photo AS down ON down.area_id = posting.area_id AND down.id = posting.down_photo_id
WHERE posting.area_id = :area AND posting.publication_id = :publication AND posting.is_withdrawn = 0
ORDER BY posting.id
LIMIT :limit

-- Places where notices of this community have hung, the latest first.
-- name: hanging_places :many
-- params: area, limit
-- returns: last_on int
SELECT place, MAX(up_on) AS last_on FROM publication_posting
WHERE area_id = :area AND is_withdrawn = 0
GROUP BY place
ORDER BY last_on DESC, place
LIMIT :limit

-- What waits: publications that stand and run and hang nowhere (kind 1, since they went out), and
-- publications that are over, or corrected, and still hang (kind 2, n places, since then).
-- name: hanging_due :many
-- params: area, now_at, limit
-- returns: kind int, id int, title text, n int, since_at int
SELECT 1 AS kind, publication.id AS id, publication.title AS title, 0 AS n, publication.published_at AS since_at
FROM publication
WHERE publication.area_id = :area AND publication.replaced_by = 0 AND publication.ends_at > :now_at
  AND NOT EXISTS (SELECT 1 FROM publication_posting AS posting
                  WHERE posting.area_id = publication.area_id AND posting.publication_id = publication.id
                    AND posting.is_withdrawn = 0)
UNION ALL
SELECT 2 AS kind, publication.id AS id, publication.title AS title, CAST(COUNT(*) AS BIGINT) AS n,
       COALESCE(newer.published_at, publication.ends_at) AS since_at
FROM publication_posting AS posting
JOIN publication ON publication.area_id = posting.area_id AND publication.id = posting.publication_id
LEFT JOIN publication AS newer ON newer.area_id = publication.area_id AND newer.id = publication.replaced_by
WHERE posting.area_id = :area AND posting.down_on = 0 AND posting.is_withdrawn = 0
  AND (publication.replaced_by <> 0 OR publication.ends_at <= :now_at)
GROUP BY publication.id, publication.title, newer.published_at, publication.ends_at
ORDER BY since_at, id
LIMIT :limit
