-- What publications show. Tables: published_project, published_meeting, published_purchase,
-- published_bidder. Statements that read answer for a publication as it went out, or, with
-- publication 0, for what it would show now.

-- poll: of subject 1, else 0.
-- name: published_project_keep :exec
-- params: area, publication, round, subject, poll
INSERT INTO published_project (area_id, publication_id, line, place, proposal_id, title, kind, votes, cost_fen,
                               decision_id, outcome, final_fen, state, state_on, acceptors, words)
SELECT :area, :publication, line, place, proposal_id, title, kind, votes, cost_fen, decision_id, outcome,
       final_fen, state, state_on, acceptors, words
FROM publicity_public_next_project
WHERE area_id = :area AND round_id = :round AND subject = :subject AND poll_id = :poll

-- name: published_projects :many
-- params: area, publication, round, subject, poll, limit
-- returns: votes int, decision_id int, outcome int, final_fen int, state int, state_on int, acceptors int, words text, line int, place int
SELECT line, place, proposal_id, title, kind, votes, cost_fen, decision_id, outcome, final_fen, state,
       state_on, acceptors, words
FROM published_project
WHERE area_id = :area AND publication_id = :publication
UNION ALL
SELECT line, place, proposal_id, title, kind, votes, cost_fen, decision_id, outcome, final_fen, state,
       state_on, acceptors, words
FROM publicity_public_next_project
WHERE :publication = 0 AND area_id = :area AND round_id = :round AND subject = :subject AND poll_id = :poll
ORDER BY place, line
LIMIT :limit

-- name: published_meeting_keep :exec
-- params: area, publication, round
INSERT INTO published_meeting (area_id, publication_id, decision_id, body, mandate, held_on, members, present, yes,
                               no, outcome)
SELECT :area, :publication, id, body, mandate, held_on, members, present, yes, no, outcome
FROM decisions_public_record
WHERE area_id = :area AND round_id = :round AND step = 'decide'

-- name: published_meetings :many
-- params: area, publication, round, limit
SELECT decision_id, body, mandate, held_on, members, present, yes, no, outcome
FROM published_meeting
WHERE area_id = :area AND publication_id = :publication
UNION ALL
SELECT id AS decision_id, body, mandate, held_on, members, present, yes, no, outcome
FROM decisions_public_record
WHERE :publication = 0 AND area_id = :area AND round_id = :round AND step = 'decide'
ORDER BY held_on, decision_id
LIMIT :limit

-- Bidders first: they are told from the purchases that no publication has shown yet.
-- name: published_bidder_keep :exec
-- params: area, publication, round
INSERT INTO published_bidder (area_id, publication_id, proposal_id, purchase_no, no, name, quote_fen)
SELECT :area, :publication, bidder.proposal_id, bidder.purchase_no, bidder.no, bidder.name, bidder.quote_fen
FROM publicity_public_next_purchase AS bought
JOIN delivery_public_bidder AS bidder ON bidder.area_id = bought.area_id
  AND bidder.proposal_id = bought.proposal_id AND bidder.purchase_no = bought.purchase_no
WHERE bought.area_id = :area AND bought.round_id = :round

-- name: published_purchase_keep :exec
-- params: area, publication, round
INSERT INTO published_purchase (area_id, publication_id, proposal_id, purchase_no, project, title, method, called_on,
                                chosen_on, bidder, quote_fen, reason, contract_number, contract_fen, signed_on, due_on)
SELECT :area, :publication, proposal_id, purchase_no, project, title, method, called_on, chosen_on, bidder,
       quote_fen, reason, contract_number, contract_fen, signed_on, due_on
FROM publicity_public_next_purchase
WHERE area_id = :area AND round_id = :round

-- name: published_purchases :many
-- params: area, publication, round, limit
SELECT proposal_id, purchase_no, project, title, method, called_on, chosen_on, bidder, quote_fen, reason,
       contract_number, contract_fen, signed_on, due_on
FROM published_purchase
WHERE area_id = :area AND publication_id = :publication
UNION ALL
SELECT proposal_id, purchase_no, project, title, method, called_on, chosen_on, bidder, quote_fen, reason,
       contract_number, contract_fen, signed_on, due_on
FROM publicity_public_next_purchase
WHERE :publication = 0 AND area_id = :area AND round_id = :round
ORDER BY proposal_id, purchase_no
LIMIT :limit

-- name: published_bidders :many
-- params: area, publication, round, limit
SELECT proposal_id, purchase_no, no, name, quote_fen
FROM published_bidder
WHERE area_id = :area AND publication_id = :publication
UNION ALL
SELECT bidder.proposal_id, bidder.purchase_no, bidder.no, bidder.name, bidder.quote_fen
FROM publicity_public_next_purchase AS bought
JOIN delivery_public_bidder AS bidder ON bidder.area_id = bought.area_id
  AND bidder.proposal_id = bought.proposal_id AND bidder.purchase_no = bought.purchase_no
WHERE :publication = 0 AND bought.area_id = :area AND bought.round_id = :round
ORDER BY proposal_id, purchase_no, quote_fen, no
LIMIT :limit

-- name: publication_unshown_purchases :one
-- params: area, round
-- returns: n int
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM publicity_public_next_purchase
WHERE area_id = :area AND round_id = :round
