-- Statements of the room ratings. Tables: rating_term, rating_self, rating_mark, rating_tally. What
-- is rated: accepted projects (state 2) of the view delivery_public_project.

-- name: rating_term_insert :exec
-- params: area, round, opened_at, opened_by, closes_at
-- Nothing when the round's projects are or were being rated.
INSERT INTO rating_term (area_id, round_id, state, opened_at, opened_by, closes_at, closed_at,
                         closed_by, version)
VALUES (:area, :round, 1, :opened_at, :opened_by, :closes_at, 0, 0, 1)
ON CONFLICT DO NOTHING

-- The end moves to a later day only.
-- name: rating_term_extend :exec
-- params: area, round, closes_at
UPDATE rating_term SET closes_at = :closes_at, version = version + 1
WHERE area_id = :area AND round_id = :round AND state = 1 AND closes_at < :closes_at

-- name: rating_term_get :maybe
-- params: area, round
SELECT state, opened_at, closes_at, closed_at, version FROM rating_term
WHERE area_id = :area AND round_id = :round

-- name: rating_term_close :versioned
-- params: area, round, version, closed_at, closed_by
UPDATE rating_term SET state = 2, closed_at = :closed_at, closed_by = :closed_by,
  version = version + 1
WHERE area_id = :area AND round_id = :round AND version = :version AND state = 1

-- Accepted projects, those assessed by the community, and the term (state 0: never opened).
-- name: rating_counts :one
-- params: area, round
-- returns: projects int, assessed int, state int, closes_at int
SELECT CAST(COUNT(*) AS BIGINT) AS projects,
       CAST(COALESCE(SUM(CASE WHEN self.proposal_id IS NULL THEN 0 ELSE 1 END), 0) AS BIGINT) AS assessed,
       COALESCE((SELECT term.state FROM rating_term AS term
                 WHERE term.area_id = :area AND term.round_id = :round), 0) AS state,
       COALESCE((SELECT term.closes_at FROM rating_term AS term
                 WHERE term.area_id = :area AND term.round_id = :round), 0) AS closes_at
FROM delivery_public_project AS project
LEFT JOIN rating_self AS self ON self.area_id = project.area_id AND self.proposal_id = project.proposal_id
WHERE project.area_id = :area AND project.round_id = :round AND project.state = 2

-- The accepted projects of a round with the community's own marks, and whether a person (0: nobody)
-- has rated them.
-- name: rating_projects :many
-- params: area, round, person, limit
-- returns: state_on int, is_assessed int, mark1 int, mark2 int, mark3 int, mark4 int, mark5 int, is_rated int
SELECT project.proposal_id, project.title, project.kind, project.state_on,
       CASE WHEN self.proposal_id IS NULL THEN 0 ELSE 1 END AS is_assessed,
       COALESCE(self.mark1, 0) AS mark1, COALESCE(self.mark2, 0) AS mark2,
       COALESCE(self.mark3, 0) AS mark3, COALESCE(self.mark4, 0) AS mark4,
       COALESCE(self.mark5, 0) AS mark5,
       CASE WHEN own.proposal_id IS NULL THEN 0 ELSE 1 END AS is_rated
FROM delivery_public_project AS project
LEFT JOIN rating_self AS self ON self.area_id = project.area_id AND self.proposal_id = project.proposal_id
LEFT JOIN rating_mark AS own ON own.area_id = project.area_id AND own.proposal_id = project.proposal_id
  AND own.person_id = :person AND own.question = 1
WHERE project.area_id = :area AND project.round_id = :round AND project.state = 2
ORDER BY project.proposal_id
LIMIT :limit

-- One accepted project with its round, its term (state 0: never opened) and its self-assessment.
-- name: rating_project :one
-- params: area, project
-- returns: state_on int, state int, closes_at int, closed_at int, mark1 int, mark2 int, mark3 int, mark4 int, mark5 int, words text, said_at int, self_version int
SELECT project.proposal_id, project.round_id, project.title, project.kind, project.state_on,
       COALESCE(term.state, 0) AS state, COALESCE(term.closes_at, 0) AS closes_at,
       COALESCE(term.closed_at, 0) AS closed_at, COALESCE(self.mark1, 0) AS mark1,
       COALESCE(self.mark2, 0) AS mark2, COALESCE(self.mark3, 0) AS mark3,
       COALESCE(self.mark4, 0) AS mark4, COALESCE(self.mark5, 0) AS mark5,
       COALESCE(self.words, '') AS words, COALESCE(self.said_at, 0) AS said_at,
       COALESCE(self.version, 0) AS self_version
FROM delivery_public_project AS project
LEFT JOIN rating_term AS term ON term.area_id = project.area_id AND term.round_id = project.round_id
LEFT JOIN rating_self AS self ON self.area_id = project.area_id AND self.proposal_id = project.proposal_id
WHERE project.area_id = :area AND project.proposal_id = :project AND project.state = 2

-- name: rating_self_insert :versioned
-- params: area, project, round, mark1, mark2, mark3, mark4, mark5, words text, said_at, said_by
INSERT INTO rating_self (area_id, proposal_id, round_id, mark1, mark2, mark3, mark4, mark5, words,
                         said_at, said_by, version)
VALUES (:area, :project, :round, :mark1, :mark2, :mark3, :mark4, :mark5, :words, :said_at, :said_by, 1)
ON CONFLICT DO NOTHING

-- name: rating_self_edit :versioned
-- params: area, project, version, mark1, mark2, mark3, mark4, mark5, words text, said_at, said_by
UPDATE rating_self SET mark1 = :mark1, mark2 = :mark2, mark3 = :mark3, mark4 = :mark4,
  mark5 = :mark5, words = :words, said_at = :said_at, said_by = :said_by, version = version + 1
WHERE area_id = :area AND proposal_id = :project AND version = :version

-- name: rating_mark_put :exec
-- params: area, project, person, question, mark, channel, round, rated_at
INSERT INTO rating_mark (area_id, proposal_id, person_id, question, mark, channel, round_id, rated_at)
VALUES (:area, :project, :person, :question, :mark, :channel, :round, :rated_at)
ON CONFLICT (area_id, proposal_id, person_id, question) DO UPDATE
  SET mark = excluded.mark, channel = excluded.channel, rated_at = excluded.rated_at

-- A person's own marks of one project.
-- name: rating_own :many
-- params: area, project, person
SELECT question, mark, channel, rated_at FROM rating_mark
WHERE area_id = :area AND proposal_id = :project AND person_id = :person
ORDER BY question

-- Of the roll of a community: who somebody is to the round's rule. No row: not on it.
-- name: rating_resident :maybe
-- params: area, person
SELECT residency, left_on, birth_year, birth_month FROM people_public_resident
WHERE area_id = :area AND person_id = :person

-- How many have rated each project so far: for staff while the term is open.
-- name: rating_so_far :many
-- params: area, round
-- returns: n int, paper int
SELECT proposal_id, CAST(COUNT(*) AS BIGINT) AS n,
       CAST(SUM(CASE channel WHEN 2 THEN 1 ELSE 0 END) AS BIGINT) AS paper
FROM rating_mark
WHERE area_id = :area AND round_id = :round AND question = 1
GROUP BY proposal_id

-- Marks become counts. Added to those of people who were erased before.
-- name: rating_count_term :exec
-- params: area, round
INSERT INTO rating_tally (area_id, proposal_id, channel, question, mark, round_id, n)
SELECT area_id, proposal_id, channel, question, mark, round_id, CAST(COUNT(*) AS BIGINT)
FROM rating_mark
WHERE area_id = :area AND round_id = :round
GROUP BY area_id, proposal_id, channel, question, mark, round_id
ON CONFLICT (area_id, proposal_id, channel, question, mark) DO UPDATE
  SET n = rating_tally.n + excluded.n

-- name: rating_tallies :many
-- params: area, round
SELECT proposal_id, channel, question, mark, n FROM rating_tally
WHERE area_id = :area AND round_id = :round

-- name: rating_tallies_of :many
-- params: area, project
SELECT channel, question, mark, n FROM rating_tally
WHERE area_id = :area AND proposal_id = :project

-- Rounds whose open stage is the evaluation: what is still to be done there.
-- name: rating_due :many
-- params: area
-- returns: projects int, assessed int, state int, ends_at int
SELECT round.id, round.title, stage.closes_at,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_public_project AS project
        WHERE project.area_id = stage.area_id AND project.round_id = stage.round_id AND project.state = 2) AS projects,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM rating_self AS self
        WHERE self.area_id = stage.area_id AND self.round_id = stage.round_id) AS assessed,
       COALESCE(term.state, 0) AS state, COALESCE(term.closes_at, 0) AS ends_at
FROM programmes_public_stage AS stage
JOIN programmes_public_round AS round ON round.area_id = stage.area_id AND round.id = stage.round_id
LEFT JOIN rating_term AS term ON term.area_id = stage.area_id AND term.round_id = stage.round_id
WHERE stage.area_id = :area AND stage.state = 2 AND stage.kind = 'evaluate'
ORDER BY round.id

-- name: rating_of_person :many
-- params: person, limit
-- crosses areas: a person may have lived in several communities
SELECT own.area_id, own.proposal_id, own.question, own.mark, own.rated_at, project.title
FROM rating_mark AS own
JOIN delivery_public_project AS project ON project.area_id = own.area_id AND project.proposal_id = own.proposal_id
WHERE own.person_id = :person
ORDER BY own.rated_at DESC, own.proposal_id, own.question
LIMIT :limit

-- What an erased person gave stays as a count; in closed terms it is counted already.
-- name: rating_erase_count :exec
-- params: person
-- crosses areas: a person may have lived in several communities
INSERT INTO rating_tally (area_id, proposal_id, channel, question, mark, round_id, n)
SELECT own.area_id, own.proposal_id, own.channel, own.question, own.mark, own.round_id, 1
FROM rating_mark AS own
JOIN rating_term AS term ON term.area_id = own.area_id AND term.round_id = own.round_id AND term.state = 1
WHERE own.person_id = :person
ON CONFLICT (area_id, proposal_id, channel, question, mark) DO UPDATE
  SET n = rating_tally.n + excluded.n

-- name: rating_erase_marks :exec
-- params: person
-- crosses areas: a person may have lived in several communities
DELETE FROM rating_mark WHERE person_id = :person
