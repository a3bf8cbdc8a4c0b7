-- Sessions, ways to sign in, and tries.

-- The session (role 0), and a row for each thing its person may do: what a page asks first, in one go.
-- name: session_who :many
-- params: token_hash blob, today_on
-- returns: role int, area_id int, has_news int
-- crosses areas: what a person may do is looked up wherever they hold a role or live
SELECT 0 AS role, 0 AS area_id, session.person_id, session.credential_kind, session.seen_at,
       session.expires_at, people_public_person.name,
       CASE WHEN EXISTS (SELECT 1 FROM notices_public_unread AS unread
                         WHERE unread.person_id = session.person_id) THEN 1 ELSE 0 END AS has_news
FROM session JOIN people_public_person ON people_public_person.id = session.person_id
WHERE session.token_hash = :token_hash
UNION ALL
SELECT people_public_grant.role, people_public_grant.area_id, session.person_id, 0, 0, 0, '', 0
FROM session JOIN people_public_grant ON people_public_grant.person_id = session.person_id
WHERE session.token_hash = :token_hash AND people_public_grant.revoked_at = 0
  AND people_public_grant.starts_on <= :today_on
  AND (people_public_grant.ends_on = 0 OR people_public_grant.ends_on >= :today_on)
UNION ALL
SELECT 1, people_public_resident.area_id, session.person_id, 0, 0, 0, '', 0
FROM session JOIN people_public_resident ON people_public_resident.person_id = session.person_id
WHERE session.token_hash = :token_hash AND people_public_resident.left_on = 0;

-- The area and those it stands in, in no order. A tree has five levels at most (areas_rules.c), and
-- a step for each costs a fifth of a recursion, which every page would pay.
-- name: who_area_path :many
-- params: id
-- returns: depth int
SELECT 0 AS depth, a0.id, a0.name, a0.name_en, a0.phone, a0.address, a0.hours
FROM areas_public_area AS a0
WHERE a0.id = :id
UNION ALL
SELECT 1 AS depth, a1.id, a1.name, a1.name_en, a1.phone, a1.address, a1.hours
FROM areas_public_area AS a0
JOIN areas_public_area AS a1 ON a1.id = a0.parent_id
WHERE a0.id = :id
UNION ALL
SELECT 2 AS depth, a2.id, a2.name, a2.name_en, a2.phone, a2.address, a2.hours
FROM areas_public_area AS a0
JOIN areas_public_area AS a1 ON a1.id = a0.parent_id
JOIN areas_public_area AS a2 ON a2.id = a1.parent_id
WHERE a0.id = :id
UNION ALL
SELECT 3 AS depth, a3.id, a3.name, a3.name_en, a3.phone, a3.address, a3.hours
FROM areas_public_area AS a0
JOIN areas_public_area AS a1 ON a1.id = a0.parent_id
JOIN areas_public_area AS a2 ON a2.id = a1.parent_id
JOIN areas_public_area AS a3 ON a3.id = a2.parent_id
WHERE a0.id = :id
UNION ALL
SELECT 4 AS depth, a4.id, a4.name, a4.name_en, a4.phone, a4.address, a4.hours
FROM areas_public_area AS a0
JOIN areas_public_area AS a1 ON a1.id = a0.parent_id
JOIN areas_public_area AS a2 ON a2.id = a1.parent_id
JOIN areas_public_area AS a3 ON a3.id = a2.parent_id
JOIN areas_public_area AS a4 ON a4.id = a3.parent_id
WHERE a0.id = :id;

-- name: session_add :exec
-- params: token_hash blob, person, kind, device, now_at, expires_at
INSERT INTO session (token_hash, person_id, credential_kind, device, created_at, seen_at,
  expires_at)
VALUES (:token_hash, :person, :kind, :device, :now_at, :now_at, :expires_at);

-- name: session_touch :exec
-- params: token_hash blob, now_at
UPDATE session SET seen_at = :now_at WHERE token_hash = :token_hash AND seen_at < :now_at;

-- name: session_set_kind :exec
-- params: token_hash blob, kind
UPDATE session SET credential_kind = :kind WHERE token_hash = :token_hash;

-- name: session_drop :exec
-- params: token_hash blob
DELETE FROM session WHERE token_hash = :token_hash;

-- name: session_drop_others :exec
-- params: person, token_hash blob
DELETE FROM session WHERE person_id = :person AND token_hash <> :token_hash;

-- name: session_drop_of_person :exec
-- params: person
DELETE FROM session WHERE person_id = :person;

-- name: session_drop_of_kind :exec
-- params: person, kind
DELETE FROM session WHERE person_id = :person AND credential_kind = :kind;

-- name: session_drop_over :exec
-- params: now_at
DELETE FROM session WHERE expires_at < :now_at;

-- name: session_list :many
-- params: person, now_at
SELECT token_hash, credential_kind, device, created_at, seen_at FROM session
WHERE person_id = :person AND expires_at >= :now_at ORDER BY created_at DESC LIMIT 50;

-- name: credential_by_code :maybe
-- params: lookup blob
SELECT id, person_id, kind, expires_at, used_at FROM credential
WHERE lookup = :lookup AND kind IN (1, 3);

-- name: credential_by_login :maybe
-- params: lookup blob
SELECT id, person_id, hash FROM credential WHERE lookup = :lookup AND kind = 2;

-- name: credential_password :maybe
-- params: person
SELECT id, hash FROM credential WHERE person_id = :person AND kind = 2;

-- name: credential_add :exec
-- params: id, person, kind, lookup blob, hash text, now_at, expires_at
INSERT INTO credential (id, person_id, kind, lookup, hash, created_at, expires_at, used_at)
VALUES (:id, :person, :kind, :lookup, :hash, :now_at, :expires_at, 0)
ON CONFLICT (kind, lookup) DO NOTHING;

-- Ways of a person to sign in that can still be used.
-- name: credential_ways :one
-- params: person, now_at
-- returns: passwords int, code_expires_at int
SELECT CAST(COALESCE(SUM(CASE WHEN kind = 2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS passwords,
  CAST(COALESCE(MAX(CASE WHEN kind = 3 AND used_at = 0 AND expires_at >= :now_at
                         THEN expires_at ELSE 0 END), 0) AS BIGINT) AS code_expires_at
FROM credential WHERE person_id = :person;

-- name: credential_use :exec
-- params: id, now_at
UPDATE credential SET used_at = :now_at WHERE id = :id AND used_at = 0;

-- name: credential_drop_kind :exec
-- params: person, kind
DELETE FROM credential WHERE person_id = :person AND kind = :kind;

-- name: credential_drop_of_person :exec
-- params: person
DELETE FROM credential WHERE person_id = :person;

-- name: credential_drop_over :exec
-- params: now_at
DELETE FROM credential WHERE kind = 3 AND (used_at > 0 OR expires_at < :now_at);

-- name: try_get :maybe
-- params: subject blob
SELECT failures, first_at, last_at, locked_until_at FROM sign_in_try WHERE subject = :subject;

-- name: try_put :exec
-- params: subject blob, failures, first_at, last_at, locked_until_at
INSERT INTO sign_in_try (subject, failures, first_at, last_at, locked_until_at)
VALUES (:subject, :failures, :first_at, :last_at, :locked_until_at)
ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, first_at = excluded.first_at,
  last_at = excluded.last_at, locked_until_at = excluded.locked_until_at;

-- name: try_drop :exec
-- params: subject blob
DELETE FROM sign_in_try WHERE subject = :subject;

-- name: try_drop_old :exec
-- params: before_at, known_before_at
DELETE FROM sign_in_try
WHERE last_at < :before_at AND locked_until_at < :before_at
  AND (failures > 0 OR last_at < :known_before_at);
