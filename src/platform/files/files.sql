-- Bytes in chunks.

-- name: file_add :exec
-- params: area, id, name text, media_type text, bytes, sha256 blob, now_at
INSERT INTO file (area_id, id, name, media_type, bytes, sha256, created_at, is_complete)
VALUES (:area, :id, :name, :media_type, :bytes, :sha256, :now_at, 1);

-- name: file_add_chunk :exec
-- params: area, file, no, bytes blob
INSERT INTO file_chunk (area_id, file_id, no, bytes) VALUES (:area, :file, :no, :bytes);

-- name: file_get :one
-- params: area, id
SELECT name, media_type, bytes, sha256, created_at FROM file
WHERE area_id = :area AND id = :id AND is_complete = 1;

-- name: file_chunks :many
-- params: area, file
SELECT bytes FROM file_chunk WHERE area_id = :area AND file_id = :file ORDER BY no;

-- name: file_remove :exec
-- params: area, id
DELETE FROM file WHERE area_id = :area AND id = :id;

-- name: file_remove_chunks :exec
-- params: area, file
DELETE FROM file_chunk WHERE area_id = :area AND file_id = :file;

-- name: photo_add :exec
-- params: area, id, original_file, shown_file, thumb_file, width, height, added_by, now_at
INSERT INTO photo (area_id, id, original_file, shown_file, thumb_file, width, height, added_by, added_at)
VALUES (:area, :id, :original_file, :shown_file, :thumb_file, :width, :height, :added_by, :now_at);

-- name: photo_get :maybe
-- params: area, id
SELECT original_file, shown_file, thumb_file, width, height, is_shown FROM photo
WHERE area_id = :area AND id = :id;

-- name: photo_remove :exec
-- params: area, id
DELETE FROM photo WHERE area_id = :area AND id = :id;

-- name: photo_set_shown :exec
-- params: area, id, is_shown
UPDATE photo SET is_shown = :is_shown WHERE area_id = :area AND id = :id;

-- name: photo_erase_person :exec
-- params: person
-- crosses areas: a person is erased everywhere
UPDATE photo SET added_by = 0 WHERE added_by = :person;
