-- Statements of the contract test, on tables of the machinery.

-- name: contract_put :exec
-- params: area, key text, value text
INSERT INTO setting (area_id, key, value) VALUES (:area, :key, :value);

-- name: contract_replace :one
-- params: area, key text, value text
INSERT INTO setting (area_id, key, value) VALUES (:area, :key, :value)
ON CONFLICT (area_id, key) DO UPDATE SET value = excluded.value
RETURNING key, value;

-- name: contract_get :one
-- params: area, key text
SELECT value FROM setting WHERE area_id = :area AND key = :key;

-- name: contract_find :maybe
-- params: area, key text
SELECT value FROM setting WHERE area_id = :area AND key = :key;

-- name: contract_list :many
-- params: area
SELECT key, value FROM setting WHERE area_id = :area ORDER BY key;

-- name: contract_update :exec
-- params: area, value text
UPDATE setting SET value = :value WHERE area_id = :area;

-- name: contract_rewrite :versioned
-- params: area, key text, before text, value text
UPDATE setting SET value = :value WHERE area_id = :area AND key = :key AND value = :before;

-- name: contract_null :one
-- params: area, key text, nothing text
-- returns: words text, number_at int, bytes blob, total int
SELECT NULLIF(key, :key) AS words, CAST(NULL AS INTEGER) AS number_at,
       CAST(NULL AS BLOB) AS bytes, CAST(COUNT(*) AS INTEGER) AS total
FROM setting WHERE area_id = :area AND key <> :nothing GROUP BY key;

-- name: contract_job_add :exec
-- params: name text, leased_until_at, runs
INSERT INTO job (name, holder, leased_until_at, last_run_at, last_error, runs)
VALUES (:name, '', :leased_until_at, 0, '', :runs);

-- name: contract_job :one
-- params: name text
SELECT name, leased_until_at, runs FROM job WHERE name = :name;

-- name: contract_job_set :exec
-- params: name text, runs
UPDATE job SET runs = :runs WHERE name = :name;

-- name: contract_chunk_add :exec
-- params: area, no, bytes blob
INSERT INTO file_chunk (area_id, file_id, no, bytes) VALUES (:area, 1, :no, :bytes);

-- name: contract_chunk :one
-- params: area, no
SELECT bytes FROM file_chunk WHERE area_id = :area AND no = :no;

-- name: contract_spoil_checksum :exec
-- params: number
UPDATE schema_migration SET checksum = 'spoilt' WHERE number = :number;

-- name: contract_future :exec
-- params: number
INSERT INTO schema_migration (number, name, checksum, applied_at)
VALUES (:number, 'future', 'unknown', 0);
