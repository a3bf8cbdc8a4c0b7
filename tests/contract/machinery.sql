-- People and areas for tests of the machinery, and what a tamperer would do to the journal.

-- name: machinery_area_add :exec
-- params: id, parent, name text
INSERT INTO area (id, parent_id, kind, name, name_en, code, phone, address, hours, version)
VALUES (:id, :parent, 4, :name, '', '', '', '', '', 1);

-- name: machinery_person_add :exec
-- params: id, name text
INSERT INTO person (id, name, phone, birth_year, birth_month, created_at, erased_at, version)
VALUES (:id, :name, '', 0, 0, 0, 0, 1);

-- name: machinery_grant_add :exec
-- params: id, person, role, area, starts_on, ends_on
INSERT INTO role_grant (id, person_id, role, area_id, granted_by, granted_at, starts_on, ends_on,
  revoked_at, revoked_by)
VALUES (:id, :person, :role, :area, 0, 0, :starts_on, :ends_on, 0, 0);

-- name: machinery_resident_add :exec
-- params: area, person
INSERT INTO resident (area_id, person_id, building, door, place_key, residency, since_on, left_on, version)
VALUES (:area, :person, '', '', '', 1, 0, 0, 1);

-- name: machinery_entry_change :exec
-- params: area, id, reason text
UPDATE journal_entry SET reason = :reason WHERE area_id = :area AND id = :id;

-- name: machinery_entry_remove :exec
-- params: area, id
DELETE FROM journal_entry WHERE area_id = :area AND id = :id;

-- name: machinery_entry_erase_salt :exec
-- params: area, id, commitment blob
UPDATE journal_entry SET commitment = :commitment WHERE area_id = :area AND id = :id;

-- name: machinery_entry_insert :exec
-- params: area, id
INSERT INTO journal_entry (area_id, id, actor_id, happened_at, act, subject, reason, commitment)
SELECT area_id, :id, actor_id, happened_at, act, subject, reason, commitment
FROM journal_entry WHERE area_id = :area ORDER BY id LIMIT 1;

-- name: machinery_tail_cut :exec
-- params: area, sequence
DELETE FROM journal_seal WHERE area_id = :area AND sequence >= :sequence;

-- name: machinery_commitments :many
-- params: area
SELECT id, commitment FROM journal_entry WHERE area_id = :area ORDER BY id;

-- name: machinery_chunk_damage :exec
-- params: area, file, bytes blob
UPDATE file_chunk SET bytes = :bytes WHERE area_id = :area AND file_id = :file AND no = 0;

-- name: machinery_job :maybe
-- params: name text
SELECT holder, leased_until_at, last_error, runs FROM job WHERE name = :name;

-- name: machinery_job_hold :exec
-- params: name text, holder text, until_at
INSERT INTO job (name, holder, leased_until_at, last_run_at, last_error, runs)
VALUES (:name, :holder, :until_at, 0, '', 0);
