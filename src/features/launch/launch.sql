-- Statements of the room launch: the outreach log, what a round goes by. Table: outreach.

-- name: outreach_insert :exec
-- params: area, id, round, channel, told_on, place text, reached, by_whom text, note text, photo, recorded_by, recorded_at
INSERT INTO outreach (area_id, id, round_id, channel, told_on, place, reached, by_whom, note,
                      photo_id, is_withdrawn, recorded_by, recorded_at, version)
VALUES (:area, :id, :round, :channel, :told_on, :place, :reached, :by_whom, :note, :photo, 0,
        :recorded_by, :recorded_at, 1)

-- name: outreach_get :one
-- params: area, id
-- returns: recorder text, photo_shown int
SELECT outreach.round_id, outreach.channel, outreach.told_on, outreach.place, outreach.reached,
       outreach.by_whom, outreach.note, outreach.photo_id, outreach.is_withdrawn,
       outreach.recorded_at, outreach.version, COALESCE(person.name, '') AS recorder,
       COALESCE(photo.is_shown, 0) AS photo_shown
FROM outreach
LEFT JOIN people_public_person AS person ON person.id = outreach.recorded_by
LEFT JOIN files_public_photo AS photo
  ON photo.area_id = outreach.area_id AND photo.id = outreach.photo_id
WHERE outreach.area_id = :area AND outreach.id = :id

-- name: outreach_correct :versioned
-- params: area, id, version, channel, told_on, place text, reached, by_whom text, note text, photo
UPDATE outreach SET channel = :channel, told_on = :told_on, place = :place, reached = :reached,
  by_whom = :by_whom, note = :note, photo_id = :photo, version = version + 1
WHERE area_id = :area AND id = :id AND version = :version AND is_withdrawn = 0

-- name: outreach_withdraw :versioned
-- params: area, id, version
UPDATE outreach SET is_withdrawn = 1, version = version + 1
WHERE area_id = :area AND id = :id AND version = :version AND is_withdrawn = 0

-- The log of a round, the newest day first, withdrawn lines too. pattern is a LIKE pattern; before:
-- the last line of the page before.
-- name: outreach_list :many
-- params: area, round, pattern text, before_on, before, limit
SELECT id, channel, told_on, place, reached, by_whom, note, is_withdrawn FROM outreach
WHERE area_id = :area AND round_id = :round
  AND (told_on < :before_on OR (told_on = :before_on AND id < :before))
  AND (place LIKE :pattern ESCAPE '\' OR by_whom LIKE :pattern ESCAPE '\' OR note LIKE :pattern ESCAPE '\')
ORDER BY told_on DESC, id DESC
LIMIT :limit

-- What everybody reads: what stands, the newest day first.
-- name: outreach_told :many
-- params: area, round, limit
-- returns: photo_shown int
SELECT outreach.channel, outreach.told_on, outreach.place, outreach.reached, outreach.photo_id,
       COALESCE(photo.is_shown, 0) AS photo_shown
FROM outreach
LEFT JOIN files_public_photo AS photo
  ON photo.area_id = outreach.area_id AND photo.id = outreach.photo_id
WHERE outreach.area_id = :area AND outreach.round_id = :round AND outreach.is_withdrawn = 0
ORDER BY outreach.told_on DESC, outreach.id DESC
LIMIT :limit

-- name: outreach_totals :many
-- params: area, round
-- returns: times int, people int, last_on int
SELECT channel, CAST(COUNT(*) AS BIGINT) AS times, CAST(SUM(reached) AS BIGINT) AS people,
       MAX(told_on) AS last_on
FROM outreach WHERE area_id = :area AND round_id = :round AND is_withdrawn = 0
GROUP BY channel
ORDER BY times DESC, channel

-- What the round goes by, by kind.
-- name: launch_documents :many
-- params: area, round, limit
SELECT attached.document_id, attached.document_area_id, attached.no, attached.kind, attached.title, attached.number, attached.from_on
FROM documents_public_attached AS attached
WHERE attached.area_id = :area AND attached.round_id = :round
ORDER BY attached.kind, attached.document_id DESC
LIMIT :limit

-- Rounds in their launch where nobody has been told yet.
-- name: launch_due :many
-- params: area
SELECT round.id, round.title, stage.closes_at
FROM programmes_public_stage AS stage
JOIN programmes_public_round AS round ON round.area_id = stage.area_id AND round.id = stage.round_id
WHERE stage.area_id = :area AND stage.state = 2 AND stage.kind = 'launch'
  AND NOT EXISTS (SELECT 1 FROM outreach
                  WHERE outreach.area_id = stage.area_id AND outreach.round_id = stage.round_id
                    AND outreach.is_withdrawn = 0)
ORDER BY stage.closes_at, round.id
