-- Statements of the room proposals. Tables: proposal, proposal_search.

-- name: proposal_insert :exec
-- params: area, id, round, title text, need text, place text, beneficiaries text, kind, channel, ticket text, receipt text, proposer, proposer_name text, proposer_phone text, entered_by, submitted_at
INSERT INTO proposal (area_id, id, round_id, title, need, place, beneficiaries, kind, cost_fen, state,
                      reason, channel, ticket, receipt, proposer_id, proposer_name, proposer_phone,
                      entered_by, submitted_at, decided_at, decided_by, version)
VALUES (:area, :id, :round, :title, :need, :place, :beneficiaries, :kind, 0, 1,
        '', :channel, :ticket, :receipt, :proposer, :proposer_name, :proposer_phone,
        :entered_by, :submitted_at, 0, 0, 1)
ON CONFLICT (receipt) DO NOTHING

-- How many a resident has made in a round, without the withdrawn ones and those staff wrote down.
-- name: proposal_held :one
-- params: area, round, person
-- returns: n int
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM proposal
WHERE area_id = :area AND round_id = :round AND proposer_id = :person AND entered_by = 0
  AND state <> 4

-- name: proposal_get :one
-- params: area, id
-- returns: person_name text
SELECT proposal.area_id, proposal.id, proposal.round_id, proposal.title, proposal.need,
       proposal.place, proposal.beneficiaries, proposal.kind, proposal.cost_fen, proposal.state,
       proposal.reason, proposal.channel, proposal.ticket, proposal.merged_into, proposal.receipt,
       proposal.proposer_id,
       proposal.proposer_name, proposal.proposer_phone, proposal.entered_by,
       proposal.submitted_at, proposal.decided_at, proposal.decided_by, proposal.version,
       COALESCE(person.name, '') AS person_name
FROM proposal
LEFT JOIN people_public_person AS person ON person.id = proposal.proposer_id
WHERE proposal.area_id = :area AND proposal.id = :id

-- Newest first. round 0: of all rounds; state 0: all but the withdrawn and the merged ones; words empty: no search,
-- otherwise a query made by platform/text/search.h.
-- name: proposal_list :many
-- params: area, round, state, words text, before, limit
SELECT proposal.id, proposal.round_id, proposal.title, proposal.place, proposal.kind,
       proposal.beneficiaries, proposal.cost_fen, proposal.state, proposal.reason, proposal.channel,
       proposal.submitted_at, proposal.decided_at
FROM proposal
WHERE proposal.area_id = :area AND proposal.id < :before
  AND (:round = 0 OR proposal.round_id = :round)
  AND ((:state = 0 AND proposal.state < 4) OR proposal.state = :state)
  AND (:words = '' OR proposal.id IN (SELECT proposal_id FROM proposal_search
                                      WHERE proposal_search MATCH :words AND area_id = :area))
ORDER BY proposal.id DESC
LIMIT :limit
-- only: postgres
SELECT proposal.id, proposal.round_id, proposal.title, proposal.place, proposal.kind,
       proposal.beneficiaries, proposal.cost_fen, proposal.state, proposal.reason, proposal.channel,
       proposal.submitted_at, proposal.decided_at
FROM proposal
WHERE proposal.area_id = :area AND proposal.id < :before
  AND (:round = 0 OR proposal.round_id = :round)
  AND ((:state = 0 AND proposal.state < 4) OR proposal.state = :state)
  AND (:words = '' OR proposal.id IN (SELECT proposal_id FROM proposal_search
                                      WHERE area_id = :area AND to_tsvector('simple', words)
                                        @@ plainto_tsquery('simple', :words)))
ORDER BY proposal.id DESC
LIMIT :limit

-- How many there are in each state.
-- name: proposal_counts :many
-- params: area, round
-- returns: n int, oldest_at int
SELECT state, CAST(COUNT(*) AS BIGINT) AS n, CAST(MIN(submitted_at) AS BIGINT) AS oldest_at
FROM proposal
WHERE area_id = :area AND (:round = 0 OR round_id = :round)
GROUP BY state

-- Proposals of a round of which somebody asked for another class and has no answer yet.
-- name: proposal_asked :one
-- params: area, round
-- returns: n int
SELECT CAST(COUNT(*) AS BIGINT) AS n
FROM screening_public_waiting AS asked
JOIN proposal ON proposal.area_id = asked.area_id AND proposal.id = asked.proposal_id
WHERE asked.area_id = :area AND proposal.round_id = :round AND proposal.state < 4

-- What waits for a reader, of one round or of all (0): not decided, or being read again; not what they
-- have read themselves, made themselves or keep out of; what two readers found differently only for
-- those who lead (1). The first after `after`, else from the start, and how many there are.
-- name: proposal_unread :maybe
-- params: area, round, reader, leads, after
-- returns: n int
SELECT proposal.id, proposal.title, proposal.submitted_at, proposal.round_id, stage.closes_at,
       CAST(COUNT(*) OVER () AS BIGINT) AS n
FROM proposal
JOIN programmes_public_round AS round ON round.area_id = proposal.area_id
  AND round.id = proposal.round_id
JOIN programmes_public_stage AS stage ON stage.area_id = round.area_id
  AND stage.round_id = round.id AND stage.no = round.stage_no
WHERE proposal.area_id = :area AND (:round = 0 OR proposal.round_id = :round)
  AND (proposal.state = 1 OR proposal.id IN (SELECT being_read.proposal_id
                                             FROM screening_public_open AS being_read
                                             WHERE being_read.area_id = :area)
       OR proposal.id IN (SELECT asked.proposal_id FROM screening_public_waiting AS asked
                          WHERE asked.area_id = :area))
  AND proposal.state < 4 AND proposal.proposer_id <> :reader
  AND NOT EXISTS (SELECT 1 FROM screening_public_interest AS interest
                  WHERE interest.area_id = :area AND interest.person_id = :reader
                    AND interest.proposal_id = proposal.id)
  AND (SELECT CASE WHEN COUNT(*) > 1 THEN 1 - :leads
                   ELSE COALESCE(SUM(CASE WHEN reading.reader_id = :reader THEN 1 ELSE 0 END), 0) END
       FROM screening_public_reading AS reading
       WHERE reading.area_id = :area AND reading.proposal_id = proposal.id
         AND reading.proposal_version = proposal.version) = 0
ORDER BY CASE WHEN proposal.id > :after THEN 0 ELSE 1 END, proposal.id
LIMIT 1

-- name: proposal_by_receipt :maybe
-- params: receipt text
-- crosses areas: a receipt is followed without knowing the community
SELECT proposal.area_id, proposal.id, proposal.title, proposal.submitted_at,
       proposal.state AS own_state, main.id AS main_id, main.title AS main_title, main.state,
       main.reason, main.cost_fen, main.decided_at, area.name AS area_name
FROM proposal
JOIN proposal AS main ON main.area_id = proposal.area_id
  AND main.id = (CASE WHEN proposal.merged_into = 0 THEN proposal.id ELSE proposal.merged_into END)
JOIN areas_public_area AS area ON area.id = proposal.area_id
WHERE proposal.receipt = :receipt

-- The answer its proposer was given, once it was delivered.
-- name: proposal_reply :maybe
-- params: area, id
SELECT words, delivered_at FROM replies_public_reply
WHERE area_id = :area AND proposal_id = :id

-- What becomes of it once it was chosen: told by the rooms delivery and filing. filed_as is the state
-- of its filing, 0: not filed.
-- name: proposal_chosen :one
-- params: area, id
-- returns: is_funded int, filed_as int
SELECT CASE WHEN EXISTS (SELECT 1 FROM delivery_public_funded AS funded
                         WHERE funded.area_id = :area AND funded.proposal_id = :id) THEN 1 ELSE 0 END AS is_funded,
       COALESCE((SELECT filed.state FROM filing_public_item AS filed
                 WHERE filed.area_id = :area AND filed.proposal_id = :id), 0) AS filed_as

-- Money and goods that were firmly pledged for it: the room pledges.
-- name: proposal_pledged :one
-- params: area, id
-- returns: firm_fen int
SELECT CAST(COALESCE(SUM(value_fen), 0) AS BIGINT) AS firm_fen FROM pledges_public_firm
WHERE area_id = :area AND proposal_id = :id

-- name: proposal_edit :versioned
-- params: area, id, version, title text, need text, place text, beneficiaries text, kind
UPDATE proposal SET title = :title, need = :need, place = :place, beneficiaries = :beneficiaries,
  kind = :kind, version = version + 1
WHERE area_id = :area AND id = :id AND version = :version AND state = 1

-- name: proposal_withdraw :versioned
-- params: area, id, version
UPDATE proposal SET state = 4, version = version + 1
WHERE area_id = :area AND id = :id AND version = :version AND state = 1

-- name: proposal_decide :versioned
-- params: area, id, version, state, kind, cost_fen, reason text, decided_at, decided_by
UPDATE proposal SET state = :state, kind = :kind, cost_fen = :cost_fen, reason = :reason,
  decided_at = :decided_at, decided_by = :decided_by, version = version + 1
WHERE area_id = :area AND id = :id AND version = :version

-- name: proposal_set_price :exec
-- params: area, id, cost_fen
UPDATE proposal SET cost_fen = :cost_fen, version = version + 1
WHERE area_id = :area AND id = :id AND state = 2

-- In SQLite the row is found again by its rowid, which is the proposal's id: the other columns of a
-- full-text table have no index.
-- name: proposal_search_insert :exec
-- params: area, proposal, words text
INSERT INTO proposal_search (rowid, words, area_id, proposal_id)
VALUES (:proposal, :words, :area, :proposal)
-- only: postgres
INSERT INTO proposal_search (words, area_id, proposal_id) VALUES (:words, :area, :proposal)

-- name: proposal_search_delete :exec
-- params: area, proposal
DELETE FROM proposal_search WHERE rowid = :proposal AND area_id = :area
-- only: postgres
DELETE FROM proposal_search WHERE area_id = :area AND proposal_id = :proposal

-- The newest of one person, for their own page.
-- name: proposal_of_person :many
-- params: person, limit
-- crosses areas: a person's own, wherever they proposed it
SELECT area_id, id, title, state, submitted_at FROM proposal
WHERE proposer_id = :person
ORDER BY id DESC LIMIT :limit

-- For a person's own copy of their data.
-- name: proposal_export :many
-- params: person
-- crosses areas: everything kept about one person
SELECT id, title, need, place, beneficiaries, state, reason, receipt, proposer_name, proposer_phone,
       submitted_at
FROM proposal
WHERE proposer_id = :person
ORDER BY id

-- The words stay (they are part of the public record), the person goes.
-- name: proposal_erase_person :exec
-- params: person
-- crosses areas: a person is erased everywhere
UPDATE proposal SET proposer_id = 0, proposer_name = '', proposer_phone = '', version = version + 1
WHERE proposer_id = :person

-- What an entry of the project library says, for a proposal by it.
-- name: proposal_entry :maybe
-- params: id
-- crosses areas: what the areas above offer is offered here; entries are public
SELECT entry.title, entry.kind, entry.scope FROM library_public_entry AS entry WHERE entry.id = :id
