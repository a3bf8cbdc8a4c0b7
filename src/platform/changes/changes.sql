-- Table: record_change.

-- name: record_change_insert :exec
-- params: area, of, id, is_withdrawal, was text, reason text, changed_by, changed_at
INSERT INTO record_change (area_id, of_id, id, is_withdrawal, was, reason, changed_by, changed_at)
VALUES (:area, :of, :id, :is_withdrawal, :was, :reason, :changed_by, :changed_at)

-- The oldest first.
-- name: record_change_list :many
-- params: area, of, limit
-- returns: by_name text
SELECT record_change.is_withdrawal, record_change.was, record_change.reason, record_change.changed_at,
       COALESCE(person.name, '') AS by_name
FROM record_change
LEFT JOIN people_public_person AS person ON person.id = record_change.changed_by
WHERE record_change.area_id = :area AND record_change.of_id = :of
ORDER BY record_change.id
LIMIT :limit
