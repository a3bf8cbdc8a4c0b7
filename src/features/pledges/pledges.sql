-- Statements of the room pledges. Table: pledge. States: 1 promised 2 confirmed 3 received 4 released.

-- name: pledge_insert :exec
-- params: area, id, round, proposal, form, value_fen, hours, words text, person, unit text, contact_name text, contact_phone text, is_named, entered_by, promised_at
INSERT INTO pledge (area_id, id, round_id, proposal_id, form, value_fen, hours, words, person_id,
                    unit, contact_name, contact_phone, is_named, state, reason, entered_by,
                    promised_at, confirmed_at, received_at, released_at, version)
VALUES (:area, :id, :round, :proposal, :form, :value_fen, :hours, :words, :person,
        :unit, :contact_name, :contact_phone, :is_named, 1, '', :entered_by,
        :promised_at, 0, 0, 0, 1)

-- A project and what is firmly pledged for it; n_on_roll: whether this person is on the roll today.
-- name: pledge_project :maybe
-- params: area, id, person, today_on
-- returns: firm_fen int, firm_hours int, n_promised int, n_on_roll int
SELECT p.id, p.round_id, p.title, p.need, p.place, p.cost_fen, p.state,
       (SELECT CAST(COALESCE(SUM(firm.value_fen), 0) AS BIGINT) FROM pledge AS firm
        WHERE firm.area_id = :area AND firm.proposal_id = p.id AND firm.state IN (2, 3)) AS firm_fen,
       (SELECT CAST(COALESCE(SUM(firm.hours), 0) AS BIGINT) FROM pledge AS firm
        WHERE firm.area_id = :area AND firm.proposal_id = p.id AND firm.state IN (2, 3)) AS firm_hours,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM pledge AS new
        WHERE new.area_id = :area AND new.proposal_id = p.id AND new.state = 1) AS n_promised,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM people_public_resident AS roll
        WHERE roll.area_id = :area AND roll.person_id = :person
          AND (roll.left_on = 0 OR roll.left_on > :today_on)) AS n_on_roll
FROM proposals_public_proposal AS p
WHERE p.area_id = :area AND p.id = :id

-- name: pledge_get :one
-- params: area, id
-- returns: giver_name text, giver_phone text, enterer_name text
SELECT pledge.id, pledge.round_id, pledge.proposal_id, pledge.form, pledge.value_fen, pledge.hours,
       pledge.words, pledge.person_id, pledge.unit, pledge.contact_name, pledge.contact_phone,
       pledge.is_named, pledge.state, pledge.reason, pledge.entered_by, pledge.promised_at,
       pledge.confirmed_at, pledge.received_at, pledge.released_at, pledge.version,
       p.title, p.cost_fen, COALESCE(giver.name, '') AS giver_name,
       COALESCE(roll.phone, '') AS giver_phone, COALESCE(enterer.name, '') AS enterer_name
FROM pledge
JOIN proposals_public_proposal AS p ON p.area_id = pledge.area_id AND p.id = pledge.proposal_id
LEFT JOIN people_public_person AS giver ON giver.id = pledge.person_id
LEFT JOIN people_public_roll AS roll ON roll.area_id = pledge.area_id
  AND roll.person_id = pledge.person_id
LEFT JOIN people_public_person AS enterer ON enterer.id = pledge.entered_by
WHERE pledge.area_id = :area AND pledge.id = :id

-- The next state of a pledge; the three times are kept as they are where 0 is given.
-- name: pledge_step :versioned
-- params: area, id, version, state, value_fen, reason text, confirmed_at, received_at, released_at
UPDATE pledge SET state = :state, value_fen = :value_fen, reason = :reason,
  confirmed_at = CASE WHEN :confirmed_at = 0 THEN confirmed_at ELSE :confirmed_at END,
  received_at = CASE WHEN :received_at = 0 THEN received_at ELSE :received_at END,
  released_at = CASE WHEN :released_at = 0 THEN released_at ELSE :released_at END,
  version = version + 1
WHERE area_id = :area AND id = :id AND version = :version

-- What is firmly pledged for one project, for everybody, after a row (:after 0: from the start).
-- name: pledge_lines :many
-- params: area, proposal, after, limit
-- returns: giver_name text
SELECT pledge.id, pledge.form, pledge.value_fen, pledge.hours, pledge.words, pledge.unit,
       pledge.is_named, pledge.state, pledge.confirmed_at,
       CASE WHEN pledge.is_named = 1 THEN COALESCE(giver.name, '') ELSE '' END AS giver_name
FROM pledge
LEFT JOIN people_public_person AS giver ON giver.id = pledge.person_id
WHERE pledge.area_id = :area AND pledge.proposal_id = :proposal AND pledge.state IN (2, 3)
  AND pledge.id > :after
ORDER BY pledge.id
LIMIT :limit

-- The accepted projects of a round that have a price, after a row (:after 0: from the start).
-- name: pledge_projects :many
-- params: area, round, after, limit
-- returns: firm_fen int, public_fen int, firm_hours int
SELECT project.id, project.title, project.cost_fen, project.firm_fen, project.firm_hours,
       CASE WHEN project.cost_fen > project.firm_fen THEN project.cost_fen - project.firm_fen
            ELSE 0 END AS public_fen
FROM (SELECT p.id, p.title, p.cost_fen,
             (SELECT CAST(COALESCE(SUM(firm.value_fen), 0) AS BIGINT) FROM pledge AS firm
              WHERE firm.area_id = :area AND firm.proposal_id = p.id
                AND firm.state IN (2, 3)) AS firm_fen,
             (SELECT CAST(COALESCE(SUM(firm.hours), 0) AS BIGINT) FROM pledge AS firm
              WHERE firm.area_id = :area AND firm.proposal_id = p.id
                AND firm.state IN (2, 3)) AS firm_hours
      FROM proposals_public_proposal AS p
      WHERE p.area_id = :area AND p.round_id = :round AND p.state = 2 AND p.cost_fen > 0
        AND p.id > :after
      ORDER BY p.id
      LIMIT :limit) AS project
ORDER BY project.id

-- The pledges of a round, those to be settled first, after a row (:after_state 0: from the start).
-- name: pledge_desk :many
-- params: area, round, after_state, after_id, limit
-- returns: giver_name text
SELECT pledge.id, pledge.form, pledge.value_fen, pledge.hours, pledge.words, pledge.unit,
       pledge.state, pledge.promised_at, p.title, COALESCE(giver.name, '') AS giver_name
FROM pledge
JOIN proposals_public_proposal AS p ON p.area_id = pledge.area_id AND p.id = pledge.proposal_id
LEFT JOIN people_public_person AS giver ON giver.id = pledge.person_id
WHERE pledge.area_id = :area AND pledge.round_id = :round
  AND (pledge.state > :after_state OR (pledge.state = :after_state AND pledge.id > :after_id))
ORDER BY pledge.state, pledge.id
LIMIT :limit

-- name: pledge_counts :one
-- params: area, round
-- returns: n int, n_promised int, n_confirmed int, n_received int, n_released int
SELECT CAST(COUNT(*) AS BIGINT) AS n,
       CAST(COALESCE(SUM(CASE WHEN state = 1 THEN 1 ELSE 0 END), 0) AS BIGINT) AS n_promised,
       CAST(COALESCE(SUM(CASE WHEN state = 2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS n_confirmed,
       CAST(COALESCE(SUM(CASE WHEN state = 3 THEN 1 ELSE 0 END), 0) AS BIGINT) AS n_received,
       CAST(COALESCE(SUM(CASE WHEN state = 4 THEN 1 ELSE 0 END), 0) AS BIGINT) AS n_released
FROM pledge
WHERE area_id = :area AND round_id = :round

-- What waits: what 1 pledges nobody has spoken about yet, what 2 those to be received or released
-- now that the works have begun.
-- name: pledge_due :many
-- params: area
-- returns: what int, round int, n int, due_at int
SELECT 1 AS what, pledge.round_id AS round, CAST(COUNT(*) AS BIGINT) AS n,
       CAST(MIN(stage.closes_at) AS BIGINT) AS due_at
FROM pledge
JOIN programmes_public_round AS round ON round.area_id = pledge.area_id AND round.id = pledge.round_id
JOIN programmes_public_stage AS stage ON stage.area_id = round.area_id
  AND stage.round_id = round.id AND stage.no = round.stage_no
WHERE pledge.area_id = :area AND pledge.state = 1
GROUP BY pledge.round_id
UNION ALL
SELECT 2, pledge.round_id, CAST(COUNT(*) AS BIGINT), CAST(MIN(stage.closes_at) AS BIGINT)
FROM pledge
JOIN programmes_public_round AS round ON round.area_id = pledge.area_id AND round.id = pledge.round_id
JOIN programmes_public_stage AS stage ON stage.area_id = round.area_id
  AND stage.round_id = round.id AND stage.no = round.stage_no
WHERE pledge.area_id = :area AND pledge.state = 2 AND stage.kind IN ('implement', 'evaluate')
GROUP BY pledge.round_id
ORDER BY what, round
LIMIT 20

-- name: pledge_of_person :many
-- params: person, limit
-- crosses areas: a person's own pledges, wherever they live
SELECT pledge.area_id, pledge.id, pledge.form, pledge.value_fen, pledge.hours, pledge.words,
       pledge.is_named, pledge.state, pledge.promised_at, p.title
FROM pledge
JOIN proposals_public_proposal AS p ON p.area_id = pledge.area_id AND p.id = pledge.proposal_id
WHERE pledge.person_id = :person AND pledge.person_id <> 0
ORDER BY pledge.id DESC
LIMIT :limit

-- What was given stays counted; what was only promised is let go.
-- name: pledge_erase :exec
-- params: person, released_at
-- crosses areas: a person is erased everywhere
UPDATE pledge SET person_id = 0, is_named = 0,
  released_at = CASE WHEN state = 1 THEN :released_at ELSE released_at END,
  state = CASE WHEN state = 1 THEN 4 ELSE state END, version = version + 1
WHERE person_id = :person AND person_id <> 0
