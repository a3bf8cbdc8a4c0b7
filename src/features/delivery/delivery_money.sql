-- Statements of the ledger. There is none that changes or deletes an entry or a posting.

-- name: delivery_balances :many
-- params: area, proposal
-- returns: total_fen int
SELECT account, source, CAST(SUM(amount_fen) AS BIGINT) AS total_fen
FROM delivery_posting
WHERE area_id = :area AND proposal_id = :proposal
GROUP BY account, source

-- What a whole round has in each account.
-- name: delivery_round_balances :many
-- params: area, round
-- returns: total_fen int
SELECT posting.account, posting.source, CAST(SUM(posting.amount_fen) AS BIGINT) AS total_fen
FROM delivery_project AS project
JOIN delivery_posting AS posting ON posting.area_id = project.area_id
  AND posting.proposal_id = project.proposal_id
WHERE project.area_id = :area AND project.round_id = :round
GROUP BY posting.account, posting.source

-- name: entry_insert :exec
-- params: area, proposal, no, kind, happened_on, voucher text, words text, purchase, reverses, recorded_by, recorded_at
INSERT INTO delivery_entry (area_id, proposal_id, no, kind, happened_on, voucher, words, purchase_no,
                            reverses, recorded_by, recorded_at)
VALUES (:area, :proposal, :no, :kind, :happened_on, :voucher, :words, :purchase, :reverses,
        :recorded_by, :recorded_at)

-- name: posting_insert :exec
-- params: area, proposal, entry, account, source, amount_fen
INSERT INTO delivery_posting (area_id, proposal_id, entry_no, account, source, amount_fen)
VALUES (:area, :proposal, :entry, :account, :source, :amount_fen)

-- An entry, and the one that took it back (0: none).
-- name: entry_get :one
-- params: area, proposal, no
-- returns: reversed_by int
SELECT entry.no, entry.kind, entry.happened_on, entry.voucher, entry.words,
       COALESCE(later.no, 0) AS reversed_by
FROM delivery_entry AS entry
LEFT JOIN delivery_entry AS later ON later.area_id = entry.area_id
  AND later.proposal_id = entry.proposal_id AND later.reverses = entry.no AND later.reverses <> 0
WHERE entry.area_id = :area AND entry.proposal_id = :proposal AND entry.no = :no

-- name: posting_list :many
-- params: area, proposal, entry
SELECT account, source, amount_fen FROM delivery_posting
WHERE area_id = :area AND proposal_id = :proposal AND entry_no = :entry
ORDER BY account, source

-- The newest entries with what each moved.
-- name: entry_list :many
-- params: area, proposal, limit
-- returns: moved_fen int, reversed_by int
SELECT entry.no, entry.kind, entry.happened_on, entry.voucher, entry.words, entry.reverses,
       (SELECT CAST(COALESCE(SUM(posting.amount_fen), 0) AS BIGINT) FROM delivery_posting AS posting
        WHERE posting.area_id = :area AND posting.proposal_id = :proposal
          AND posting.entry_no = entry.no AND posting.amount_fen > 0) AS moved_fen,
       COALESCE(later.no, 0) AS reversed_by
FROM delivery_entry AS entry
LEFT JOIN delivery_entry AS later ON later.area_id = entry.area_id
  AND later.proposal_id = entry.proposal_id AND later.reverses = entry.no AND later.reverses <> 0
WHERE entry.area_id = :area AND entry.proposal_id = :proposal
ORDER BY entry.no DESC
LIMIT :limit

-- The journal of a project as bookkeepers write it: each entry and source with the account it goes
-- into and the account it comes from. line: the entry's number and the source.
-- name: ledger_list :many
-- params: area, proposal, after, limit
-- returns: line int
SELECT entry.no * 10 + debit.source AS line, entry.no, entry.happened_on, entry.kind,
       debit.account AS debit, credit.account AS credit, debit.source, debit.amount_fen, entry.voucher,
       entry.words, entry.reverses
FROM delivery_entry AS entry
JOIN delivery_posting AS debit ON debit.area_id = entry.area_id
  AND debit.proposal_id = entry.proposal_id AND debit.entry_no = entry.no AND debit.amount_fen > 0
JOIN delivery_posting AS credit ON credit.area_id = entry.area_id
  AND credit.proposal_id = entry.proposal_id AND credit.entry_no = entry.no
  AND credit.source = debit.source AND credit.amount_fen < 0
WHERE entry.area_id = :area AND entry.proposal_id = :proposal
  AND entry.no * 10 + debit.source > :after
ORDER BY entry.no, debit.source
LIMIT :limit
