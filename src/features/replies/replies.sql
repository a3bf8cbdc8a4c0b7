-- Statements of the room replies. Table: reply; who is owed one: the view replies_public_case.

-- How many of a round are owed an answer, have one written, have it delivered; and the first open.
-- name: reply_counts :one
-- params: area, round
-- returns: n int, written int, delivered int, first_open int
SELECT CAST(COUNT(*) AS BIGINT) AS n,
       CAST(COALESCE(SUM(CASE WHEN reply.delivered_at = 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS written,
       CAST(COALESCE(SUM(CASE WHEN reply.delivered_at > 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS delivered,
       CAST(COALESCE(MIN(CASE WHEN reply.delivered_at > 0 THEN NULL ELSE owed.proposal_id END), 0) AS BIGINT)
         AS first_open
FROM replies_public_case AS owed
LEFT JOIN reply ON reply.area_id = owed.area_id AND reply.proposal_id = owed.proposal_id
  AND reply.kind = owed.kind AND reply.about = owed.about
WHERE owed.area_id = :area AND owed.round_id = :round

-- state 0: all, 1: to be written, 2: written, to be delivered, 3: delivered. kind, channel 0: all.
-- name: reply_list :many
-- params: area, round, kind, channel, state, after, limit
-- returns: kind int, state int, way int, sent_at int, deliverer text, proposer text
SELECT owed.proposal_id, owed.kind AS kind, owed.title, owed.channel, owed.decided_at,
       CASE WHEN origin.proposer_name <> '' THEN origin.proposer_name ELSE COALESCE(person.name, '') END
         AS proposer,
       CASE WHEN reply.way IS NULL THEN 1 WHEN reply.delivered_at = 0 THEN 2 ELSE 3 END AS state,
       COALESCE(reply.way, 0) AS way, COALESCE(reply.delivered_at, 0) AS sent_at,
       COALESCE(reply.deliverer, '') AS deliverer
FROM replies_public_case AS owed
JOIN proposals_public_origin AS origin ON origin.area_id = owed.area_id AND origin.id = owed.proposal_id
LEFT JOIN people_public_person AS person ON person.id = origin.proposer_id
LEFT JOIN reply ON reply.area_id = owed.area_id AND reply.proposal_id = owed.proposal_id
  AND reply.kind = owed.kind AND reply.about = owed.about
WHERE owed.area_id = :area AND owed.round_id = :round AND owed.proposal_id > :after
  AND (:kind = 0 OR owed.kind = :kind) AND (:channel = 0 OR owed.channel = :channel)
  AND (:state = 0 OR (:state = 1 AND reply.way IS NULL) OR (:state = 2 AND reply.delivered_at = 0)
       OR (:state = 3 AND reply.delivered_at > 0))
ORDER BY owed.proposal_id
LIMIT :limit

-- The next one not delivered yet, of a channel or of all (0).
-- name: reply_next :maybe
-- params: area, round, channel, after
SELECT owed.proposal_id
FROM replies_public_case AS owed
LEFT JOIN reply ON reply.area_id = owed.area_id AND reply.proposal_id = owed.proposal_id
  AND reply.kind = owed.kind AND reply.about = owed.about
WHERE owed.area_id = :area AND owed.round_id = :round AND owed.proposal_id > :after
  AND (:channel = 0 OR owed.channel = :channel) AND (reply.way IS NULL OR reply.delivered_at = 0)
ORDER BY owed.proposal_id
LIMIT 1

-- name: reply_previous :maybe
-- params: area, round, channel, before
SELECT owed.proposal_id
FROM replies_public_case AS owed
LEFT JOIN reply ON reply.area_id = owed.area_id AND reply.proposal_id = owed.proposal_id
  AND reply.kind = owed.kind AND reply.about = owed.about
WHERE owed.area_id = :area AND owed.round_id = :round AND owed.proposal_id < :before
  AND (:channel = 0 OR owed.channel = :channel) AND (reply.way IS NULL OR reply.delivered_at = 0)
ORDER BY owed.proposal_id DESC
LIMIT 1

-- Everything about one that is owed an answer: what was asked, what became of it and of the one it
-- goes on in, and the answer there is (version 0: none).
-- name: reply_case :maybe
-- params: area, proposal
-- returns: kind int, about int, phone text, person_name text, own_votes int, own_cost_fen int, short_fen int, short_votes int, round_table int, table_place int, hands int, short_outcome int, list_top int, list_most int, main_title text, council_body text, council_on int, council_present int, council_yes int, main_state int, main_reason text, main_selected int, ground int, cited_no int, cited_list int, cited text, cited_en text, words text, way int, written_at int, writer text, sent_at int, deliverer text, answered_kind int, answered_about int, reply_version int
SELECT owed.proposal_id, owed.round_id, owed.title, owed.channel, owed.decided_at,
       owed.kind AS kind, owed.about AS about,
       origin.need, origin.reason, origin.ticket, origin.proposer_id, origin.proposer_name,
       CASE WHEN origin.proposer_phone <> '' THEN origin.proposer_phone ELSE COALESCE((
         SELECT roll.phone FROM people_public_roll AS roll
         WHERE roll.area_id = owed.area_id AND roll.person_id = origin.proposer_id), '') END AS phone,
       origin.entered_by, origin.receipt, origin.merged_into,
       COALESCE(person.name, '') AS person_name,
       COALESCE(outcome.votes, 0) AS own_votes, COALESCE(outcome.cost_fen, 0) AS own_cost_fen,
       COALESCE(outcome.lacked_fen, 0) AS short_fen, COALESCE(outcome.lacked_votes, 0) AS short_votes,
       COALESCE(short.table_no, 0) AS round_table, COALESCE(short.place, 0) AS table_place,
       COALESCE(short.votes, -1) AS hands, COALESCE(short.outcome, 0) AS short_outcome,
       COALESCE(fixed.top, 0) AS list_top, COALESCE(fixed.most, 0) AS list_most,
       COALESCE(main.title, '') AS main_title, COALESCE(main.state, 0) AS main_state,
       COALESCE(main.reason, '') AS main_reason,
       CASE WHEN council.outcome IS NULL THEN COALESCE(main_outcome.is_selected, -1)
            WHEN council.outcome = 2 THEN 1 ELSE 0 END AS main_selected,
       COALESCE(council.body, '') AS council_body, COALESCE(council.held_on, 0) AS council_on,
       COALESCE(council.present, 0) AS council_present, COALESCE(council.yes, 0) AS council_yes,
       COALESCE(screened.ground, 0) AS ground, COALESCE(screened.cited_no, 0) AS cited_no,
       COALESCE(screened.cited_list, 0) AS cited_list,
       COALESCE(screened.cited, '') AS cited, COALESCE(screened.cited_en, '') AS cited_en,
       COALESCE(reply.words, '') AS words, COALESCE(reply.way, 0) AS way,
       COALESCE(reply.written_at, 0) AS written_at, COALESCE(writer.name, '') AS writer,
       COALESCE(reply.delivered_at, 0) AS sent_at, COALESCE(reply.deliverer, '') AS deliverer,
       COALESCE(reply.kind, 0) AS answered_kind, COALESCE(reply.about, 0) AS answered_about,
       COALESCE(reply.version, 0) AS reply_version
FROM replies_public_case AS owed
JOIN proposals_public_origin AS origin ON origin.area_id = owed.area_id AND origin.id = owed.proposal_id
LEFT JOIN people_public_person AS person ON person.id = origin.proposer_id
LEFT JOIN polls_public_outcome AS outcome ON outcome.area_id = owed.area_id
  AND outcome.proposal_id = owed.proposal_id
LEFT JOIN shortlist_public_item AS short ON short.area_id = owed.area_id
  AND short.proposal_id = owed.proposal_id
LEFT JOIN shortlist_public_list AS fixed ON fixed.area_id = owed.area_id
  AND fixed.round_id = owed.round_id
LEFT JOIN proposals_public_origin AS main ON main.area_id = owed.area_id
  AND main.id = origin.merged_into
LEFT JOIN polls_public_outcome AS main_outcome ON main_outcome.area_id = owed.area_id
  AND main_outcome.proposal_id = origin.merged_into
LEFT JOIN decisions_public_record AS council ON council.area_id = owed.area_id
  AND owed.kind IN (2, 5) AND council.id = owed.about
LEFT JOIN screening_public_outcome AS screened ON screened.area_id = owed.area_id
  AND screened.proposal_id = owed.proposal_id
LEFT JOIN reply ON reply.area_id = owed.area_id AND reply.proposal_id = owed.proposal_id
LEFT JOIN people_public_person AS writer ON writer.id = reply.written_by
WHERE owed.area_id = :area AND owed.proposal_id = :proposal

-- No row when somebody else has answered meanwhile.
-- name: reply_insert :versioned
-- params: area, proposal, round, kind, about, words text, written_at, written_by, way, delivered_at, deliverer text, recorded_by
INSERT INTO reply (area_id, proposal_id, round_id, kind, about, words, written_at, written_by, way,
                   delivered_at, deliverer, recorded_by, version)
VALUES (:area, :proposal, :round, :kind, :about, :words, :written_at, :written_by, :way,
        :delivered_at, :deliverer, :recorded_by, 1)
ON CONFLICT DO NOTHING

-- name: reply_update :versioned
-- params: area, proposal, kind, about, words text, written_at, written_by, way, delivered_at, deliverer text, recorded_by, version
UPDATE reply SET kind = :kind, about = :about, words = :words, written_at = :written_at,
  written_by = :written_by, way = :way, delivered_at = :delivered_at, deliverer = :deliverer,
  recorded_by = :recorded_by, batch_id = 0, version = version + 1
WHERE area_id = :area AND proposal_id = :proposal AND version = :version

-- For everybody: what was delivered, in the order of the proposals.
-- name: reply_public :many
-- params: area, round, after, limit
-- returns: person_name text
SELECT reply.proposal_id, reply.kind, reply.words, reply.delivered_at, origin.title,
       origin.proposer_name, COALESCE(person.name, '') AS person_name
FROM replies_public_reply AS reply
JOIN proposals_public_origin AS origin ON origin.area_id = reply.area_id AND origin.id = reply.proposal_id
LEFT JOIN people_public_person AS person ON person.id = origin.proposer_id
WHERE reply.area_id = :area AND reply.round_id = :round AND reply.proposal_id > :after
ORDER BY reply.proposal_id
LIMIT :limit

-- Rounds that run and in which somebody waits: refused ones and the oldest refusal, and the others
-- once the round replies.
-- name: reply_waiting :many
-- params: area
-- returns: refused int, oldest_at int, others int, first_refused int, first_other int
SELECT round.id, round.title, stage.kind, stage.closes_at,
       CAST(SUM(CASE WHEN owed.kind = 1 THEN 1 ELSE 0 END) AS BIGINT) AS refused,
       CAST(COALESCE(MIN(CASE WHEN owed.kind = 1 THEN owed.decided_at ELSE NULL END), 0) AS BIGINT)
         AS oldest_at,
       CAST(SUM(CASE WHEN owed.kind = 1 THEN 0 ELSE 1 END) AS BIGINT) AS others,
       CAST(COALESCE(MIN(CASE WHEN owed.kind = 1 THEN owed.proposal_id ELSE NULL END), 0) AS BIGINT)
         AS first_refused,
       CAST(COALESCE(MIN(CASE WHEN owed.kind = 1 THEN NULL ELSE owed.proposal_id END), 0) AS BIGINT)
         AS first_other
FROM programmes_public_round AS round
JOIN programmes_public_stage AS stage ON stage.area_id = round.area_id
  AND stage.round_id = round.id AND stage.no = round.stage_no AND stage.state = 2
JOIN replies_public_case AS owed ON owed.area_id = round.area_id AND owed.round_id = round.id
LEFT JOIN reply ON reply.area_id = owed.area_id AND reply.proposal_id = owed.proposal_id
  AND reply.kind = owed.kind AND reply.about = owed.about
WHERE round.area_id = :area AND (reply.way IS NULL OR reply.delivered_at = 0)
GROUP BY round.id, round.title, stage.kind, stage.closes_at
ORDER BY round.id
LIMIT 3

-- The stage in which everybody is answered; 3 is over.
-- name: reply_stage :maybe
-- params: area, round
SELECT no, state, closes_at FROM programmes_public_stage
WHERE area_id = :area AND round_id = :round AND kind = 'reply'
ORDER BY no LIMIT 1

-- The newest answers to one person, for their own page.
-- name: reply_of_person :many
-- params: person, limit
-- crosses areas: a person's own, wherever they proposed it
SELECT reply.area_id, reply.proposal_id, reply.kind, reply.delivered_at, reply.words, reply.way,
       origin.title
FROM proposals_public_origin AS origin
JOIN replies_public_reply AS reply ON reply.area_id = origin.area_id
  AND reply.proposal_id = origin.id
WHERE origin.proposer_id = :person
ORDER BY reply.delivered_at DESC, reply.proposal_id DESC LIMIT :limit
