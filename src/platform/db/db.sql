-- What the database machinery asks of its own tables.

-- name: process_lease_take :exec
-- params: number, holder text, expires_at, now_at
INSERT INTO process_lease (number, holder, expires_at) VALUES (:number, :holder, :expires_at)
ON CONFLICT (number) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
WHERE process_lease.expires_at < :now_at;

-- name: process_lease_renew :exec
-- params: number, holder text, expires_at
UPDATE process_lease SET expires_at = :expires_at WHERE number = :number AND holder = :holder;

-- name: process_lease_release :exec
-- params: number, holder text
DELETE FROM process_lease WHERE number = :number AND holder = :holder;

-- name: schema_migration_list :many
SELECT number, name, checksum FROM schema_migration ORDER BY number;

-- name: schema_migration_add :exec
-- params: number, name text, checksum text, applied_at
INSERT INTO schema_migration (number, name, checksum, applied_at)
VALUES (:number, :name, :checksum, :applied_at);
