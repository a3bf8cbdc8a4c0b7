-- The journal and its chain.

-- name: journal_add :exec
-- params: area, id, actor, now_at, act text, subject text, reason text, commitment blob
INSERT INTO journal_entry (area_id, id, actor_id, happened_at, act, subject, reason, commitment)
VALUES (:area, :id, :actor, :now_at, :act, :subject, :reason, :commitment);

-- name: journal_add_pending :exec
-- params: area, id
INSERT INTO journal_pending (area_id, entry_id) VALUES (:area, :id);

-- name: journal_pending_areas :many
-- returns: area_id int
-- crosses areas: the sealer asks which chains have something to seal
SELECT DISTINCT area_id FROM journal_pending ORDER BY area_id LIMIT 100;

-- name: journal_pending_entries :many
-- params: area
SELECT e.id, e.actor_id, e.happened_at, e.act, e.subject, e.reason, e.commitment
FROM journal_pending AS p
JOIN journal_entry AS e ON e.area_id = :area AND e.id = p.entry_id
WHERE p.area_id = :area ORDER BY e.id LIMIT 50;

-- name: journal_pending_count :one
-- params: area
-- returns: n int
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM journal_pending WHERE area_id = :area;

-- name: journal_pending_drop :exec
-- params: area, id
DELETE FROM journal_pending WHERE area_id = :area AND entry_id = :id;

-- name: journal_last_seal :maybe
-- params: area
SELECT sequence, hash FROM journal_seal WHERE area_id = :area ORDER BY sequence DESC LIMIT 1;

-- name: journal_add_seal :exec
-- params: area, sequence, entry, hash blob
INSERT INTO journal_seal (area_id, sequence, entry_id, hash)
VALUES (:area, :sequence, :entry, :hash);

-- name: journal_chain :many
-- params: area, after, to
-- returns: id int, actor_id int, happened_at int, act text, subject text, reason text
-- returns: commitment blob
SELECT s.sequence, s.hash, COALESCE(e.id, 0) AS id, COALESCE(e.actor_id, 0) AS actor_id,
       COALESCE(e.happened_at, 0) AS happened_at, COALESCE(e.act, '') AS act,
       COALESCE(e.subject, '') AS subject, COALESCE(e.reason, '') AS reason,
       e.commitment AS commitment
FROM journal_seal AS s
LEFT JOIN journal_entry AS e ON e.area_id = :area AND e.id = s.entry_id
WHERE s.area_id = :area AND s.sequence > :after AND s.sequence <= :to
ORDER BY s.sequence;

-- name: journal_entry_count :one
-- params: area
-- returns: n int
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM journal_entry WHERE area_id = :area;

-- pattern: LIKE pattern of the subject.
-- name: journal_entries :many
-- params: area, before, pattern text, rows
-- returns: name text, sequence int
SELECT e.id, e.actor_id, COALESCE(p.name, '') AS name, e.happened_at, e.act, e.subject, e.reason,
       COALESCE(s.sequence, 0) AS sequence
FROM journal_entry AS e
LEFT JOIN people_public_person AS p ON p.id = e.actor_id
LEFT JOIN journal_seal AS s ON s.area_id = :area AND s.entry_id = e.id
WHERE e.area_id = :area AND e.id < :before AND e.subject LIKE :pattern
ORDER BY e.id DESC LIMIT :rows;

-- name: journal_sealed_areas :many
-- crosses areas: the check command walks every chain
SELECT area_id FROM journal_seal WHERE sequence = 1 ORDER BY area_id;
