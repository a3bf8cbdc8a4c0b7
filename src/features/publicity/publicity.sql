-- Statements of the room publicity. Tables: publication, objection.

-- name: publication_insert :exec
-- params: area, id, round_id, poll_id, title text, words text, published_at, published_by, ends_at, working_days
-- No row when this poll has been published already.
INSERT INTO publication (area_id, id, round_id, poll_id, title, words, published_at, published_by,
                         ends_at, working_days, version)
VALUES (:area, :id, :round_id, :poll_id, :title, :words, :published_at, :published_by, :ends_at,
        :working_days, 1)
ON CONFLICT DO NOTHING;

-- name: publication_get :one
-- params: area, id
SELECT publication.id, publication.round_id, publication.poll_id, publication.title,
       publication.words, publication.published_at, publication.published_by, publication.ends_at,
       publication.working_days, person.name AS signer
FROM publication
LEFT JOIN people_public_person AS person ON person.id = publication.published_by
WHERE publication.area_id = :area AND publication.id = :id;

-- name: publication_of_round :maybe
-- params: area, round_id
SELECT id, published_at, ends_at, working_days, title
FROM publication WHERE area_id = :area AND round_id = :round_id
ORDER BY id DESC LIMIT 1;

-- Newest first. before: the last id of the page before, or the largest number.
-- name: publication_list :many
-- params: area, before, limit
-- returns: objections int, answered int
SELECT id, round_id, poll_id, title, published_at, ends_at, working_days,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM objection
        WHERE objection.area_id = publication.area_id
          AND objection.publication_id = publication.id) AS objections,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM objection
        WHERE objection.area_id = publication.area_id
          AND objection.publication_id = publication.id AND objection.answered_at > 0) AS answered
FROM publication WHERE publication.area_id = :area AND publication.id < :before
ORDER BY publication.id DESC LIMIT :limit;

-- The poll of a round that a notice is about, with its figures once it is counted.
-- name: publication_poll :maybe
-- params: area, round_id
SELECT poll.id, poll.title, poll.state, poll.eligible, poll.closed_at, poll.counted_at,
       poll.is_imported, result.voters, result.budget_fen, result.total_cost_fen
FROM polls_public_poll AS poll
LEFT JOIN polls_public_result AS result
  ON result.area_id = poll.area_id AND result.poll_id = poll.id
WHERE poll.area_id = :area AND poll.round_id = :round_id
ORDER BY poll.id DESC LIMIT 1;

-- name: publication_figures :one
-- params: area, poll_id
-- returns: options int
SELECT poll.title, poll.eligible, poll.closed_at, poll.counted_at, poll.is_imported, result.voters,
       result.budget_fen, result.total_cost_fen,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM polls_public_result_option AS option
        WHERE option.area_id = poll.area_id AND option.poll_id = poll.id) AS options
FROM polls_public_poll AS poll
JOIN polls_public_result AS result ON result.area_id = poll.area_id AND result.poll_id = poll.id
WHERE poll.area_id = :area AND poll.id = :poll_id;

-- name: publication_winners :many
-- params: area, poll_id
SELECT no, place, title, kind, cost_fen, votes, proposal_id
FROM polls_public_result_option
WHERE area_id = :area AND poll_id = :poll_id AND is_selected = 1
ORDER BY place, no;

-- name: objection_insert :one
-- params: area, id, publication_id, person_id, person_name text, words text, objected_at
-- Numbered 1, 2, 3 … within its publication.
INSERT INTO objection (area_id, id, publication_id, no, person_id, person_name, words, objected_at,
                       answer, answered_at, answered_by, version)
VALUES (:area, :id, :publication_id,
        (SELECT COALESCE(MAX(earlier.no), 0) + 1 FROM objection AS earlier
         WHERE earlier.area_id = :area AND earlier.publication_id = :publication_id),
        :person_id, :person_name, :words, :objected_at, '', 0, 0, 1)
RETURNING no;

-- name: objection_waiting :one
-- params: area, publication_id, person_id
-- returns: n int
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM objection
WHERE area_id = :area AND publication_id = :publication_id AND person_id = :person_id
  AND answered_at = 0;

-- name: objection_person :maybe
-- params: id
SELECT name FROM people_public_person WHERE id = :id;

-- after: the last number of the page before, or 0.
-- name: objection_list :many
-- params: area, publication_id, after, limit
SELECT id, no, person_name, words, objected_at, answer, answered_at
FROM objection
WHERE area_id = :area AND publication_id = :publication_id AND no > :after
ORDER BY no LIMIT :limit;

-- How many, and the oldest one without an answer (0 when there is none).
-- name: objection_counts :one
-- params: area, publication_id
-- returns: objections int, answered int, first_open int
SELECT CAST(COUNT(*) AS BIGINT) AS objections,
       CAST(COALESCE(SUM(CASE WHEN answered_at > 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS answered,
       CAST(COALESCE(MIN(CASE WHEN answered_at > 0 THEN NULL ELSE id END), 0) AS BIGINT)
         AS first_open
FROM objection WHERE area_id = :area AND publication_id = :publication_id;

-- name: objection_get :one
-- params: area, id
SELECT objection.id, objection.no, objection.publication_id, objection.person_name,
       objection.words, objection.objected_at, objection.answer, objection.answered_at,
       objection.version, publication.title, publication.round_id, publication.ends_at,
       person.name AS answered_name
FROM objection
JOIN publication ON publication.area_id = objection.area_id
  AND publication.id = objection.publication_id
LEFT JOIN people_public_person AS person ON person.id = objection.answered_by
WHERE objection.area_id = :area AND objection.id = :id;

-- name: objection_answer :versioned
-- params: area, id, answer text, answered_at, answered_by, version
UPDATE objection SET answer = :answer, answered_at = :answered_at, answered_by = :answered_by,
  version = version + 1
WHERE area_id = :area AND id = :id AND version = :version;

-- What waits for staff: the objections without an answer, as one row of the oldest with how many
-- there are (kind 1, no = its number), and open publication stages whose round has nothing published
-- yet (kind 2, id = the round).
-- name: publicity_due :many
-- params: area
-- returns: kind int, id int, round_id int, n int, no int, what text, who text, owner text, since_at int
SELECT 1 AS kind, objection.id AS id, publication.round_id AS round_id,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM objection AS every
        WHERE every.area_id = :area AND every.answered_at = 0) AS n,
       objection.no AS no, publication.title AS what,
       objection.person_name AS who, person.name AS owner, objection.objected_at AS since_at
FROM objection
JOIN publication ON publication.area_id = objection.area_id
  AND publication.id = objection.publication_id
LEFT JOIN people_public_person AS person ON person.id = publication.published_by
WHERE objection.area_id = :area
  AND objection.id = (SELECT MIN(oldest.id) FROM objection AS oldest
                      WHERE oldest.area_id = :area AND oldest.answered_at = 0)
UNION ALL
SELECT 2 AS kind, stage.round_id AS id, stage.round_id AS round_id, 1 AS n, stage.no AS no, round.title AS what, '' AS who, '' AS owner,
       stage.opened_at AS since_at
FROM programmes_public_stage AS stage
JOIN programmes_public_round AS round
  ON round.area_id = stage.area_id AND round.id = stage.round_id
WHERE stage.area_id = :area AND stage.kind = 'publish' AND stage.state = 2
  AND NOT EXISTS (SELECT 1 FROM publication AS done
                  WHERE done.area_id = stage.area_id AND done.round_id = stage.round_id)
ORDER BY since_at, id LIMIT 10;

-- name: objection_of_person :many
-- params: person_id
-- crosses areas: a person may have lived in several communities
SELECT objection.area_id, objection.id, objection.publication_id, objection.person_name,
       objection.words, objection.objected_at, objection.answer, objection.answered_at
FROM objection WHERE objection.person_id = :person_id ORDER BY objection.id;

-- The words and the answer are part of the public record and stay.
-- name: objection_erase_person :exec
-- params: person_id
-- crosses areas: a person may have lived in several communities
UPDATE objection SET person_id = 0, person_name = '', version = version + 1
WHERE person_id = :person_id;
