-- Statements of the room publicity. Tables: publication, objection. What a publication shows:
-- publicity_content.sql.

-- name: publication_insert :exec
-- params: area, id, round_id, stage_no, notice text, batch, edition, subject, poll_id, title text, words text, reason text, corrects_id, published_at, published_by, ends_at, working_days, takes_objections, voters, eligible, options, budget_fen, spent_fen, closed_at, counted_at
-- No row when somebody has just published the same.
INSERT INTO publication (area_id, id, round_id, stage_no, notice, batch, edition, subject, poll_id, title, words,
                         reason, corrects_id, replaced_by, published_at, published_by, ends_at, working_days,
                         takes_objections, voters, eligible, options, budget_fen, spent_fen, closed_at, counted_at, version)
VALUES (:area, :id, :round_id, :stage_no, :notice, :batch, :edition, :subject, :poll_id, :title, :words,
        :reason, :corrects_id, 0, :published_at, :published_by, :ends_at, :working_days, :takes_objections,
        :voters, :eligible, :options, :budget_fen, :spent_fen, :closed_at, :counted_at, 1)
ON CONFLICT DO NOTHING;

-- name: publication_replace :versioned
-- params: area, id, replaced_by
UPDATE publication SET replaced_by = :replaced_by, version = version + 1
WHERE area_id = :area AND id = :id AND replaced_by = 0;

-- name: publication_get :one
-- params: area, id
SELECT publication.id, publication.round_id, publication.stage_no, publication.notice, publication.batch,
       publication.edition, publication.subject, publication.poll_id, publication.title,
       publication.words, publication.reason, publication.corrects_id, publication.replaced_by,
       publication.published_at, publication.published_by, publication.ends_at,
       publication.working_days, publication.takes_objections, publication.voters,
       publication.eligible, publication.options, publication.budget_fen, publication.spent_fen,
       publication.closed_at, publication.counted_at, person.name AS signer
FROM publication
LEFT JOIN people_public_person AS person ON person.id = publication.published_by
WHERE publication.area_id = :area AND publication.id = :id;

-- The publications of a round that stand, the first first, with the objections to all their
-- editions; first_open: the oldest one without an answer (0: none).
-- name: publication_of_round :many
-- params: area, round_id
-- returns: objections int, answered int, first_open int
SELECT publication.id, publication.stage_no, publication.notice, publication.batch, publication.edition,
       publication.subject, publication.published_at, publication.ends_at, publication.working_days,
       publication.takes_objections, publication.title,
       CAST(COUNT(objection.id) AS BIGINT) AS objections,
       CAST(COALESCE(SUM(CASE WHEN objection.answered_at > 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS answered,
       CAST(COALESCE(MIN(CASE WHEN objection.answered_at > 0 THEN NULL ELSE objection.id END), 0) AS BIGINT)
         AS first_open
FROM publication
JOIN publication AS every ON every.area_id = publication.area_id AND every.round_id = publication.round_id
  AND every.stage_no = publication.stage_no AND every.notice = publication.notice AND every.batch = publication.batch
LEFT JOIN objection ON objection.area_id = every.area_id AND objection.publication_id = every.id
WHERE publication.area_id = :area AND publication.round_id = :round_id AND publication.replaced_by = 0
GROUP BY publication.id, publication.stage_no, publication.notice, publication.batch, publication.edition,
         publication.subject, publication.published_at, publication.ends_at, publication.working_days,
         publication.takes_objections, publication.title
ORDER BY publication.id;

-- Newest first. before: the last id of the page before, or the largest number.
-- name: publication_list :many
-- params: area, before, limit
-- returns: objections int, answered int
SELECT id, round_id, poll_id, title, published_at, ends_at, working_days, edition, replaced_by, takes_objections,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM objection
        WHERE objection.area_id = publication.area_id
          AND objection.publication_id = publication.id) AS objections,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM objection
        WHERE objection.area_id = publication.area_id
          AND objection.publication_id = publication.id AND objection.answered_at > 0) AS answered
FROM publication WHERE publication.area_id = :area AND publication.id < :before
ORDER BY publication.id DESC LIMIT :limit;

-- The newest poll of a round, with its figures once it is counted.
-- name: publication_poll :maybe
-- params: area, round_id
-- returns: options int, voters int, budget_fen int, spent_fen int
SELECT poll.id, poll.state, poll.eligible, poll.closed_at, poll.counted_at,
       COALESCE(result.voters, 0) AS voters, COALESCE(result.budget_fen, 0) AS budget_fen,
       COALESCE(result.total_cost_fen, 0) AS spent_fen,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM polls_public_result_option AS option
        WHERE option.area_id = poll.area_id AND option.poll_id = poll.id) AS options
FROM polls_public_poll AS poll
LEFT JOIN polls_public_result AS result
  ON result.area_id = poll.area_id AND result.poll_id = poll.id
WHERE poll.area_id = :area AND poll.round_id = :round_id
ORDER BY poll.id DESC LIMIT 1;

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
SELECT objection.id, objection.no, objection.publication_id, objection.person_id,
       objection.person_name, objection.words, objection.objected_at, objection.answer, objection.answered_at,
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
-- there are (kind 1, no = its number); open publication stages that have nothing published yet (kind
-- 2, id = the round); purchases no publication has shown, by round (kind 3, n = how many).
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
                  WHERE done.area_id = stage.area_id AND done.round_id = stage.round_id
                    AND done.stage_no = stage.no)
UNION ALL
SELECT 3 AS kind, bought.round_id AS id, bought.round_id AS round_id, CAST(COUNT(*) AS BIGINT) AS n, 0 AS no,
       round.title AS what, '' AS who, '' AS owner, MIN(bought.chosen_on) * 86400000 AS since_at
FROM publicity_public_next_purchase AS bought
JOIN programmes_public_round AS round ON round.area_id = bought.area_id AND round.id = bought.round_id
JOIN programmes_public_stage AS stage ON stage.area_id = round.area_id AND stage.round_id = round.id
  AND stage.no = round.stage_no AND stage.state = 2
WHERE bought.area_id = :area
GROUP BY bought.round_id, round.title
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
