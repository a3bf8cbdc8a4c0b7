-- Statements of the room filing. Tables: filing_item, filing_act. States: 1 filed 2 received
-- 3 returned 4 withdrawn. Acts: 1 filed 2 received 3 returned 4 filed again 5 withdrawn 6 term over.

-- Every chosen project that has not been filed yet.
-- name: filing_file :exec
-- params: area, round
INSERT INTO filing_item (area_id, proposal_id, round_id, state, version)
SELECT :area, chosen.proposal_id, :round, 1, 1
FROM decisions_public_chosen AS chosen
WHERE chosen.area_id = :area AND chosen.round_id = :round AND NOT EXISTS (
  SELECT 1 FROM filing_item AS item
  WHERE item.area_id = :area AND item.proposal_id = chosen.proposal_id)

-- The first act of every project that has none.
-- name: filing_file_acts :exec
-- params: area, round, letter text, words text, acted_by, acted_at
INSERT INTO filing_act (area_id, proposal_id, no, round_id, act, ground, clause, other, over_fen, letter, words,
                        acted_by, acted_at)
SELECT :area, item.proposal_id, 1, :round, 1, 0, 0, '', 0, :letter, :words, :acted_by, :acted_at
FROM filing_item AS item
WHERE item.area_id = :area AND item.round_id = :round AND NOT EXISTS (
  SELECT 1 FROM filing_act AS act WHERE act.area_id = :area AND act.proposal_id = item.proposal_id)

-- The receipt (act 2 or 6) of all that lies before the street since until_at at the latest.
-- name: filing_receive_acts :exec
-- params: area, round, act, letter text, until_at, acted_by, acted_at
INSERT INTO filing_act (area_id, proposal_id, no, round_id, act, ground, clause, other, over_fen, letter, words,
                        acted_by, acted_at)
SELECT :area, item.proposal_id, item.version + 1, :round, :act, 0, 0, '', 0, :letter, '', :acted_by, :acted_at
FROM filing_item AS item
JOIN filing_act AS filed ON filed.area_id = item.area_id AND filed.proposal_id = item.proposal_id
  AND filed.no = item.version
WHERE item.area_id = :area AND item.round_id = :round AND item.state = 1 AND filed.acted_at <= :until_at

-- Those that the statement before has given its act.
-- name: filing_receive :exec
-- params: area, round, acted_at, act
UPDATE filing_item SET state = 2, version = version + 1
WHERE area_id = :area AND round_id = :round AND state = 1 AND EXISTS (
  SELECT 1 FROM filing_act AS done
  WHERE done.area_id = :area AND done.proposal_id = filing_item.proposal_id
    AND done.no = filing_item.version + 1 AND done.act = :act AND done.acted_at = :acted_at)

-- Grows with every act of the round, since acts are never changed: tells whether a page is of now.
-- name: filing_acts_count :one
-- params: area, round
-- returns: n int
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM filing_act AS act
JOIN filing_item AS item ON item.area_id = act.area_id AND item.proposal_id = act.proposal_id
WHERE item.area_id = :area AND item.round_id = :round

-- What lies before the street and was sent there by this person.
-- name: filing_own_count :one
-- params: area, round, actor
-- returns: n int
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM filing_item AS item
JOIN filing_act AS filed ON filed.area_id = item.area_id AND filed.proposal_id = item.proposal_id
  AND filed.no = item.version
WHERE item.area_id = :area AND item.round_id = :round AND item.state = 1 AND filed.acted_by = :actor

-- How often a project was returned on one ground.
-- name: filing_returns_count :one
-- params: area, proposal, ground
-- returns: n int
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM filing_act AS act
WHERE act.area_id = :area AND act.proposal_id = :proposal AND act.act = 3 AND act.ground = :ground

-- When what lies before the street was sent there, rising.
-- name: filing_lying :many
-- params: area, round, limit
SELECT item.proposal_id, filed.acted_at
FROM filing_item AS item
JOIN filing_act AS filed ON filed.area_id = item.area_id AND filed.proposal_id = item.proposal_id
  AND filed.no = item.version
WHERE item.area_id = :area AND item.round_id = :round AND item.state = 1
ORDER BY filed.acted_at, item.proposal_id
LIMIT :limit

-- The projects that an act was done to at this moment.
-- name: filing_done_at :many
-- params: area, round, acted_at, limit
SELECT item.proposal_id
FROM filing_item AS item
JOIN filing_act AS done ON done.area_id = item.area_id AND done.proposal_id = item.proposal_id
  AND done.no = item.version
WHERE item.area_id = :area AND item.round_id = :round AND done.acted_at = :acted_at
ORDER BY item.proposal_id
LIMIT :limit

-- name: filing_step :versioned
-- params: area, proposal, version, state
UPDATE filing_item SET state = :state, version = version + 1
WHERE area_id = :area AND proposal_id = :proposal AND version = :version

-- name: filing_act_insert :exec
-- params: area, proposal, no, round, act, ground, clause, other text, over_fen, letter text, words text, acted_by, acted_at
INSERT INTO filing_act (area_id, proposal_id, no, round_id, act, ground, clause, other, over_fen, letter, words,
                        acted_by, acted_at)
VALUES (:area, :proposal, :no, :round, :act, :ground, :clause, :other, :over_fen, :letter, :words, :acted_by,
        :acted_at)

-- name: filing_get :one
-- params: area, proposal
SELECT item.proposal_id, item.round_id, item.state, item.version, project.title, project.place, project.cost_fen
FROM filing_item AS item
JOIN proposals_public_proposal AS project ON project.area_id = item.area_id AND project.id = item.proposal_id
WHERE item.area_id = :area AND item.proposal_id = :proposal

-- name: filing_history :many
-- params: area, proposal, limit
-- returns: actor text
SELECT act.no, act.act, act.ground, act.clause, act.other, act.over_fen, act.letter, act.words, act.acted_at,
       COALESCE(person.name, '') AS actor
FROM filing_act AS act
LEFT JOIN people_public_person AS person ON person.id = act.acted_by
WHERE act.area_id = :area AND act.proposal_id = :proposal
ORDER BY act.no
LIMIT :limit

-- The projects of a round: those to be filed (state 0) and those that were, each with its last act,
-- in the order of their proposals.
-- name: filing_list :many
-- params: area, round, limit
-- returns: state int, act int, ground int, clause int, other text, over_fen int, words text, acted_at int
SELECT project.id, project.title, project.place, project.cost_fen, COALESCE(item.state, 0) AS state,
       COALESCE(act.act, 0) AS act, COALESCE(act.ground, 0) AS ground, COALESCE(act.clause, 0) AS clause,
       COALESCE(act.other, '') AS other, COALESCE(act.over_fen, 0) AS over_fen,
       COALESCE(act.words, '') AS words, COALESCE(act.acted_at, 0) AS acted_at
FROM (SELECT chosen.proposal_id FROM decisions_public_chosen AS chosen
      WHERE chosen.area_id = :area AND chosen.round_id = :round
      UNION
      SELECT filed.proposal_id FROM filing_item AS filed
      WHERE filed.area_id = :area AND filed.round_id = :round) AS listed
JOIN proposals_public_proposal AS project ON project.area_id = :area AND project.id = listed.proposal_id
LEFT JOIN filing_item AS item ON item.area_id = :area AND item.proposal_id = listed.proposal_id
LEFT JOIN filing_act AS act ON act.area_id = :area AND act.proposal_id = listed.proposal_id
  AND act.no = item.version
ORDER BY project.id
LIMIT :limit

-- name: filing_counts :one
-- params: area, round
-- returns: n_waiting int, n_filed int, n_received int, n_returned int, n_withdrawn int
SELECT (SELECT CAST(COUNT(*) AS BIGINT) FROM decisions_public_chosen AS chosen
        WHERE chosen.area_id = :area AND chosen.round_id = :round AND NOT EXISTS (
          SELECT 1 FROM filing_item AS lies
          WHERE lies.area_id = :area AND lies.proposal_id = chosen.proposal_id)) AS n_waiting,
       CAST(COALESCE(SUM(CASE WHEN item.state = 1 THEN 1 ELSE 0 END), 0) AS BIGINT) AS n_filed,
       CAST(COALESCE(SUM(CASE WHEN item.state = 2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS n_received,
       CAST(COALESCE(SUM(CASE WHEN item.state = 3 THEN 1 ELSE 0 END), 0) AS BIGINT) AS n_returned,
       CAST(COALESCE(SUM(CASE WHEN item.state = 4 THEN 1 ELSE 0 END), 0) AS BIGINT) AS n_withdrawn
FROM filing_item AS item
WHERE item.area_id = :area AND item.round_id = :round

-- Rounds whose open stage is the filing, with what waits for whom.
-- name: filing_due :many
-- params: area
-- returns: n_waiting int, n_filed int, n_returned int
SELECT round.id, round.title, stage.closes_at,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM decisions_public_chosen AS chosen
        WHERE chosen.area_id = :area AND chosen.round_id = stage.round_id AND NOT EXISTS (
          SELECT 1 FROM filing_item AS lies
          WHERE lies.area_id = :area AND lies.proposal_id = chosen.proposal_id)) AS n_waiting,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM filing_item AS item
        WHERE item.area_id = :area AND item.round_id = stage.round_id AND item.state = 1) AS n_filed,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM filing_item AS item
        WHERE item.area_id = :area AND item.round_id = stage.round_id AND item.state = 3) AS n_returned
FROM programmes_public_stage AS stage
JOIN programmes_public_round AS round ON round.area_id = stage.area_id AND round.id = stage.round_id
WHERE stage.area_id = :area AND stage.state = 2 AND stage.kind = 'file'
ORDER BY stage.closes_at, round.id

-- name: filing_of_person :many
-- params: person, limit
-- crosses areas: staff may have worked in several places
SELECT act.area_id, act.proposal_id, act.no, act.act, act.letter, act.words, act.acted_at
FROM filing_act AS act
WHERE act.acted_by = :person AND act.acted_by <> 0
ORDER BY act.acted_at DESC, act.proposal_id, act.no
LIMIT :limit

-- The act stays; who did it is in the journal under a pseudonym.
-- name: filing_erase_person :exec
-- params: person
-- crosses areas: staff may have worked in several places
UPDATE filing_act SET acted_by = 0 WHERE acted_by = :person AND acted_by <> 0
