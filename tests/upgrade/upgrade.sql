-- What the upgrade test reads back.

-- name: upgrade_person :one
-- params: id
SELECT name, birth_year, version FROM person WHERE id = :id;

-- name: upgrade_round :one
-- params: area, id
SELECT title, budget_fen, version FROM round WHERE area_id = :area AND id = :id;

-- name: upgrade_counts :one
-- params: area
-- returns: areas int, residents int, settings int
SELECT (SELECT CAST(COUNT(*) AS INTEGER) FROM area) AS areas,
       (SELECT CAST(COUNT(*) AS INTEGER) FROM resident WHERE area_id = :area) AS residents,
       (SELECT CAST(COUNT(*) AS INTEGER) FROM setting WHERE area_id = :area) AS settings;
