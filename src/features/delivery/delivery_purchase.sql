-- Statements of buying.

-- name: purchase_insert :exec
-- params: area, proposal, no, title text, kind_code text, method, called_on, call_words text
INSERT INTO delivery_purchase (area_id, proposal_id, no, title, kind_code, method, state, called_on, call_words,
                               bidder_no, chosen_on, reason, contract_number, contract_fen, signed_on, due_on)
VALUES (:area, :proposal, :no, :title, :kind_code, :method, 1, :called_on, :call_words,
        0, 0, '', '', 0, 0, 0)

-- name: purchase_get :one
-- params: area, proposal, no
-- returns: n_bidders int
SELECT bought.no, bought.title, bought.kind_code, bought.method, bought.state, bought.bidder_no,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_bidder AS bidder
        WHERE bidder.area_id = :area AND bidder.proposal_id = :proposal AND bidder.purchase_no = :no) AS n_bidders
FROM delivery_purchase AS bought
WHERE bought.area_id = :area AND bought.proposal_id = :proposal AND bought.no = :no

-- name: bidder_insert :exec
-- params: area, proposal, purchase, no, name text, quote_fen, words text
INSERT INTO delivery_bidder (area_id, proposal_id, purchase_no, no, name, quote_fen, words)
VALUES (:area, :proposal, :purchase, :no, :name, :quote_fen, :words)

-- name: purchase_choose :exec
-- params: area, proposal, no, bidder, chosen_on, reason text
UPDATE delivery_purchase SET state = 2, bidder_no = :bidder, chosen_on = :chosen_on, reason = :reason
WHERE area_id = :area AND proposal_id = :proposal AND no = :no AND state = 1

-- name: purchase_sign :exec
-- params: area, proposal, no, number text, contract_fen, signed_on, due_on
UPDATE delivery_purchase SET state = 3, contract_number = :number, contract_fen = :contract_fen,
  signed_on = :signed_on, due_on = :due_on
WHERE area_id = :area AND proposal_id = :proposal AND no = :no AND state = 2

-- All purchases of a project.
-- name: purchase_list :many
-- params: area, proposal
SELECT no, title, kind_code, method, state, called_on, call_words, bidder_no, chosen_on, reason,
       contract_number, contract_fen, signed_on, due_on
FROM delivery_purchase
WHERE area_id = :area AND proposal_id = :proposal
ORDER BY no

-- All who offered, by purchase.
-- name: bidder_list :many
-- params: area, proposal
SELECT purchase_no, no, name, quote_fen, words FROM delivery_bidder
WHERE area_id = :area AND proposal_id = :proposal
ORDER BY purchase_no, quote_fen, no

-- Contracts over one kind of thing within a year; 4: tenders.
-- name: delivery_similar :one
-- params: area, kind_code text, first_on, last_on
-- returns: total_fen int
SELECT CAST(COALESCE(SUM(contract_fen), 0) AS BIGINT) AS total_fen FROM delivery_purchase
WHERE area_id = :area AND kind_code = :kind_code AND signed_on >= :first_on AND signed_on <= :last_on
  AND method <> 4
