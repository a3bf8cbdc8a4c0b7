-- Single-use tokens of forms.

-- name: submission_add :exec
-- params: token blob, used_on, location text
INSERT INTO submission (token, used_on, location) VALUES (:token, :used_on, :location)
ON CONFLICT (token) DO NOTHING;

-- name: submission_location :one
-- params: token blob
SELECT location FROM submission WHERE token = :token;

-- name: submission_spent :maybe
-- params: token blob
SELECT location FROM submission WHERE token = :token;

-- name: submission_forget :exec
-- params: before_on
DELETE FROM submission WHERE used_on < :before_on;

-- name: submission_set_location :exec
-- params: token blob, location text
UPDATE submission SET location = :location WHERE token = :token;
