-- Statements of the room decisions. Tables: decision, decision_item, decision_person,
-- decision_owner_need; who is chosen: the view decisions_public_chosen.

-- name: decision_insert :exec
-- params: area, id, round, step text, kind, body text, mandate text, place text, held_on, members, present, yes, no, area_members, area_present, area_yes, quorum_numerator, quorum_denominator, threshold_numerator, threshold_denominator, rule_from_on, basis text, outcome, words text, kept text, recorded_at, recorded_by
INSERT INTO decision (area_id, id, round_id, step, kind, body, mandate, place, held_on, members,
                      present, yes, no, area_members, area_present, area_yes, quorum_numerator,
                      quorum_denominator, threshold_numerator, threshold_denominator, rule_from_on,
                      basis, outcome, words, kept_in, recorded_at, recorded_by, voided_at, voided_by,
                      void_reason, version)
VALUES (:area, :id, :round, :step, :kind, :body, :mandate, :place, :held_on, :members, :present,
        :yes, :no, :area_members, :area_present, :area_yes, :quorum_numerator, :quorum_denominator,
        :threshold_numerator, :threshold_denominator, :rule_from_on, :basis, :outcome, :words, :kept,
        :recorded_at, :recorded_by, 0, 0, '', 1)

-- No row when the proposal is not an accepted one of the round, or another record stands for it.
-- name: decision_item_insert :exec
-- params: area, decision, proposal, round, step text, stands
INSERT INTO decision_item (area_id, decision_id, proposal_id, step, stands)
SELECT :area, :decision, proposal.id, :step, :stands
FROM proposals_public_proposal AS proposal
WHERE proposal.area_id = :area AND proposal.id = :proposal AND proposal.round_id = :round
  AND proposal.state = 2
  AND NOT EXISTS (SELECT 1 FROM decision_item AS other
                  WHERE other.area_id = :area AND other.proposal_id = :proposal
                    AND other.step = :step AND other.stands = 1)
ON CONFLICT DO NOTHING

-- name: decision_person_insert :exec
-- params: area, decision, no, person, name text, office text
INSERT INTO decision_person (area_id, decision_id, no, person_id, name, office)
VALUES (:area, :decision, :no, :person, :name, :office)

-- name: decision_get :one
-- params: area, id
-- returns: recorder text
SELECT decision.id, decision.round_id, decision.step, decision.kind, decision.body,
       decision.mandate, decision.place, decision.held_on, decision.members, decision.present,
       decision.yes, decision.no, decision.area_members, decision.area_present, decision.area_yes,
       decision.quorum_numerator, decision.quorum_denominator, decision.threshold_numerator,
       decision.threshold_denominator, decision.rule_from_on, decision.basis, decision.outcome,
       decision.words, decision.kept_in, decision.recorded_at, decision.voided_at,
       decision.void_reason, decision.version, COALESCE(person.name, '') AS recorder
FROM decision
LEFT JOIN people_public_person AS person ON person.id = decision.recorded_by
WHERE decision.area_id = :area AND decision.id = :id

-- name: decision_items :many
-- params: area, decision, limit
SELECT item.proposal_id, proposal.title, proposal.kind, proposal.cost_fen
FROM decision_item AS item
JOIN proposals_public_proposal AS proposal ON proposal.area_id = item.area_id AND proposal.id = item.proposal_id
WHERE item.area_id = :area AND item.decision_id = :decision
ORDER BY item.proposal_id
LIMIT :limit

-- name: decision_people :many
-- params: area, decision, limit
SELECT no, name, office FROM decision_person
WHERE area_id = :area AND decision_id = :decision
ORDER BY no
LIMIT :limit

-- The records of a round, the newest meeting first.
-- name: decision_list :many
-- params: area, round, limit
-- returns: n_items int
SELECT decision.id, decision.step, decision.kind, decision.body, decision.held_on, decision.outcome,
       decision.present, decision.members, decision.yes, decision.no, decision.voided_at,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM decision_item AS item
        WHERE item.area_id = decision.area_id AND item.decision_id = decision.id) AS n_items
FROM decision
WHERE decision.area_id = :area AND decision.round_id = :round
ORDER BY decision.held_on DESC, decision.id DESC
LIMIT :limit

-- Accepted proposals no record of this step stands for; those that need owners first.
-- name: decision_open_projects :many
-- params: area, round, step text, limit
-- returns: need int
SELECT proposal.id, proposal.title, proposal.kind, proposal.cost_fen,
       COALESCE(need.is_needed, 0) AS need
FROM proposals_public_proposal AS proposal
LEFT JOIN decision_owner_need AS need ON need.area_id = proposal.area_id AND need.proposal_id = proposal.id
WHERE proposal.area_id = :area AND proposal.round_id = :round AND proposal.state = 2
  AND NOT EXISTS (SELECT 1 FROM decision_item AS item
                  WHERE item.area_id = proposal.area_id AND item.proposal_id = proposal.id
                    AND item.step = :step AND item.stands = 1)
ORDER BY COALESCE(need.is_needed, 0) DESC, proposal.id
LIMIT :limit

-- How many accepted proposals of a round each step answers for; step '' is all accepted ones, '+'
-- those the council has carried.
-- name: decision_covered :many
-- params: area, round
-- returns: step text, n int
SELECT '' AS step, CAST(COUNT(*) AS BIGINT) AS n
FROM proposals_public_proposal AS proposal
WHERE proposal.area_id = :area AND proposal.round_id = :round AND proposal.state = 2
UNION ALL
SELECT item.step AS step, CAST(COUNT(*) AS BIGINT) AS n
FROM decisions_public_item AS item
JOIN proposals_public_proposal AS proposal ON proposal.area_id = item.area_id
  AND proposal.id = item.proposal_id AND proposal.state = 2
WHERE item.area_id = :area AND item.round_id = :round
GROUP BY item.step
UNION ALL
SELECT '+' AS step, CAST(COUNT(*) AS BIGINT) AS n
FROM decisions_public_item AS item
WHERE item.area_id = :area AND item.round_id = :round AND item.step = 'decide' AND item.outcome = 2

-- What the council has carried costs the public together: prices less what was firmly pledged.
-- name: decision_carried_money :one
-- params: area, round
-- returns: carried_fen int, budget_fen int
SELECT CAST(COALESCE(SUM(carried.cost_fen), 0) AS BIGINT) AS carried_fen, round.budget_fen AS budget_fen
FROM programmes_public_round AS round
LEFT JOIN (
  SELECT item.round_id, CASE WHEN firm.value_fen >= proposal.cost_fen THEN 0
           ELSE proposal.cost_fen - COALESCE(firm.value_fen, 0) END AS cost_fen
  FROM decisions_public_item AS item
  JOIN proposals_public_proposal AS proposal ON proposal.area_id = item.area_id AND proposal.id = item.proposal_id
  LEFT JOIN (SELECT proposal_id, SUM(value_fen) AS value_fen FROM pledges_public_firm
             WHERE area_id = :area AND round_id = :round GROUP BY proposal_id) AS firm
    ON firm.proposal_id = item.proposal_id
  WHERE item.area_id = :area AND item.round_id = :round AND item.step = 'decide' AND item.outcome = 2
) AS carried ON carried.round_id = round.id
WHERE round.area_id = :area AND round.id = :round
GROUP BY round.budget_fen

-- Of the chosen projects: how many nobody has judged, how many need owners, how many have them.
-- name: decision_owner_counts :one
-- params: area, round
-- returns: chosen int, unsaid int, needed int, agreed int
SELECT CAST(COUNT(*) AS BIGINT) AS chosen,
       CAST(COALESCE(SUM(CASE WHEN need.is_needed IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS unsaid,
       CAST(COALESCE(SUM(CASE WHEN need.is_needed = 1 THEN 1 ELSE 0 END), 0) AS BIGINT) AS needed,
       CAST(COALESCE(SUM(CASE WHEN need.is_needed = 1 AND item.decision_id IS NOT NULL THEN 1 ELSE 0 END), 0) AS BIGINT)
         AS agreed
FROM decisions_public_chosen AS chosen
LEFT JOIN decision_owner_need AS need ON need.area_id = chosen.area_id AND need.proposal_id = chosen.proposal_id
LEFT JOIN decision_item AS item ON item.area_id = chosen.area_id AND item.proposal_id = chosen.proposal_id
  AND item.step = 'owners' AND item.stands = 1
WHERE chosen.area_id = :area AND chosen.round_id = :round

-- The chosen projects with what was said of them and the decision of their owners (0: none).
-- name: decision_chosen :many
-- params: area, round, limit
-- returns: is_said int, need int, owners_decision int
SELECT chosen.proposal_id, proposal.title, proposal.kind, proposal.cost_fen, proposal.place,
       CASE WHEN need.is_needed IS NULL THEN 0 ELSE 1 END AS is_said,
       COALESCE(need.is_needed, 0) AS need, COALESCE(item.decision_id, 0) AS owners_decision
FROM decisions_public_chosen AS chosen
JOIN proposals_public_proposal AS proposal ON proposal.area_id = chosen.area_id AND proposal.id = chosen.proposal_id
LEFT JOIN decision_owner_need AS need ON need.area_id = chosen.area_id AND need.proposal_id = chosen.proposal_id
LEFT JOIN decision_item AS item ON item.area_id = chosen.area_id AND item.proposal_id = chosen.proposal_id
  AND item.step = 'owners' AND item.stands = 1
WHERE chosen.area_id = :area AND chosen.round_id = :round
ORDER BY chosen.proposal_id
LIMIT :limit

-- name: decision_void :versioned
-- params: area, id, version, reason text, voided_at, voided_by
UPDATE decision SET voided_at = :voided_at, voided_by = :voided_by, void_reason = :reason,
  version = version + 1
WHERE area_id = :area AND id = :id AND version = :version AND voided_at = 0

-- name: decision_items_release :exec
-- params: area, decision
UPDATE decision_item SET stands = 0 WHERE area_id = :area AND decision_id = :decision

-- Nobody's common parts, unless the next statement says so.
-- name: decision_owner_say_none :exec
-- params: area, round, said_by, said_at
INSERT INTO decision_owner_need (area_id, proposal_id, round_id, is_needed, said_by, said_at)
SELECT :area, chosen.proposal_id, :round, 0, :said_by, :said_at
FROM decisions_public_chosen AS chosen
WHERE chosen.area_id = :area AND chosen.round_id = :round
ON CONFLICT (area_id, proposal_id) DO UPDATE
  SET is_needed = 0, said_by = excluded.said_by, said_at = excluded.said_at

-- name: decision_owner_say_needed :versioned
-- params: area, round, proposal
UPDATE decision_owner_need SET is_needed = 1
WHERE area_id = :area AND round_id = :round AND proposal_id = :proposal

-- What the last record of this kind in the community said of its body: to begin the next one from.
-- name: decision_last_of_kind :maybe
-- params: area, kind
SELECT body, mandate, place, members, area_members FROM decision
WHERE area_id = :area AND kind = :kind AND voided_at = 0
ORDER BY id DESC LIMIT 1

-- Rounds whose open stage waits for a record, and chosen projects that wait for their owners before
-- works begin.
-- name: decision_due :many
-- params: area
-- returns: missing int, owners int
SELECT round.id, round.title, stage.kind, stage.closes_at,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM proposals_public_proposal AS proposal
        WHERE proposal.area_id = stage.area_id AND proposal.round_id = stage.round_id AND proposal.state = 2
          AND stage.kind IN ('discuss', 'decide')
          AND NOT EXISTS (SELECT 1 FROM decision_item AS item
                          WHERE item.area_id = proposal.area_id AND item.proposal_id = proposal.id
                            AND item.step = stage.kind AND item.stands = 1)) AS missing,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM decisions_public_chosen AS chosen
        LEFT JOIN decision_owner_need AS need ON need.area_id = chosen.area_id AND need.proposal_id = chosen.proposal_id
        WHERE chosen.area_id = stage.area_id AND chosen.round_id = stage.round_id
          AND stage.kind IN ('publish', 'reply', 'file') AND COALESCE(need.is_needed, 1) = 1
          AND NOT EXISTS (SELECT 1 FROM decision_item AS item
                          WHERE item.area_id = chosen.area_id AND item.proposal_id = chosen.proposal_id
                            AND item.step = 'owners' AND item.stands = 1)
          AND EXISTS (SELECT 1 FROM programmes_public_stage AS later
                      WHERE later.area_id = stage.area_id AND later.round_id = stage.round_id
                        AND later.kind = 'implement' AND later.state = 1)) AS owners
FROM programmes_public_stage AS stage
JOIN programmes_public_round AS round ON round.area_id = stage.area_id AND round.id = stage.round_id
WHERE stage.area_id = :area AND stage.state = 2
ORDER BY stage.closes_at, round.id

-- name: decision_of_person :many
-- params: person, limit
-- crosses areas: a person may have lived in several communities
SELECT present.area_id, present.decision_id, present.name, present.office, decision.held_on,
       decision.body
FROM decision_person AS present
JOIN decision ON decision.area_id = present.area_id AND decision.id = present.decision_id
WHERE present.person_id = :person
ORDER BY present.decision_id DESC
LIMIT :limit

-- name: decision_erase_person :exec
-- params: person
-- crosses areas: a person may have lived in several communities
UPDATE decision_person SET person_id = 0, name = '' WHERE person_id = :person
