-- Leases of recurring work.

-- name: job_add :exec
-- params: name text
INSERT INTO job (name, holder, leased_until_at, last_run_at, last_error, runs)
VALUES (:name, '', 0, 0, '', 0)
ON CONFLICT (name) DO NOTHING;

-- name: job_take :exec
-- params: name text, holder text, now_at, until_at, due_at
UPDATE job SET holder = :holder, leased_until_at = :until_at
WHERE name = :name AND (holder = :holder OR leased_until_at <= :now_at) AND last_run_at <= :due_at;

-- name: job_ran :exec
-- params: name text, holder text, now_at, until_at, last_error text, times
UPDATE job SET leased_until_at = :until_at, last_run_at = :now_at, last_error = :last_error,
  runs = runs + :times
WHERE name = :name AND holder = :holder;

-- name: job_give_back :exec
-- params: holder text
UPDATE job SET leased_until_at = 0, holder = '' WHERE holder = :holder;
