-- Statements of the room estimates. Tables: estimate, estimate_quote.
-- A proposal's standing: 1 no price with evidence (or the proposal costs something else by now),
-- 2 sent back, 3 waits for a signature, 4 priced.

-- name: estimate_insert :exec
-- params: area, id, round, proposal, cost_fen, basis, source text, words text, document, document_name text, usual_n, median_fen, deviation_fen, low_fen, high_fen, needs, state, entered_by, entered_at
INSERT INTO estimate (area_id, id, round_id, proposal_id, cost_fen, basis, source, words, document_id,
                      document_name, usual_n, median_fen, deviation_fen, low_fen, high_fen, needs,
                      state, entered_by, entered_at, decided_by, decided_at, note)
VALUES (:area, :id, :round, :proposal, :cost_fen, :basis, :source, :words, :document,
        :document_name, :usual_n, :median_fen, :deviation_fen, :low_fen, :high_fen, :needs,
        :state, :entered_by, :entered_at, 0, 0, '')

-- name: estimate_quote_insert :exec
-- params: area, estimate, no, supplier text, cost_fen, quoted_on, document, document_name text
INSERT INTO estimate_quote (area_id, estimate_id, no, supplier, cost_fen, quoted_on, document_id,
                            document_name)
VALUES (:area, :estimate, :no, :supplier, :cost_fen, :quoted_on, :document, :document_name)

-- name: estimate_replace :exec
-- params: area, proposal, state
UPDATE estimate SET state = 4 WHERE area_id = :area AND proposal_id = :proposal AND state = :state

-- name: estimate_decide :exec
-- params: area, id, state, decided_at, by, note text
UPDATE estimate SET state = :state, decided_at = :decided_at, decided_by = :by, note = :note
WHERE area_id = :area AND id = :id AND state = 1

-- name: estimate_get :one
-- params: area, id
SELECT proposal_id, cost_fen, state, entered_by FROM estimate WHERE area_id = :area AND id = :id

-- The proposal with what this person has to do with it.
-- name: estimate_proposal :one
-- params: area, id, person
-- returns: n_proposer int
SELECT p.id, p.round_id, p.title, p.need, p.place, p.kind, p.cost_fen, p.state,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM proposals_public_proposer AS who
        WHERE who.area_id = :area AND who.main_id = p.id AND who.person_id = :person
          AND who.how = 1) AS n_proposer
FROM proposals_public_proposal AS p
WHERE p.area_id = :area AND p.id = :id

-- What accepted projects of a kind have cost here, the newest.
-- name: estimate_past :many
-- params: area, proposal, kind, limit
SELECT cost_fen FROM proposals_public_proposal
WHERE area_id = :area AND kind = :kind AND state = 2 AND cost_fen > 0 AND id <> :proposal
ORDER BY id DESC
LIMIT :limit

-- Every price of a proposal, the newest first.
-- name: estimate_history :many
-- params: area, proposal, limit
-- returns: entered_name text, decided_name text
SELECT estimate.id, estimate.cost_fen, estimate.basis, estimate.source, estimate.words,
       estimate.document_id, estimate.document_name, estimate.usual_n, estimate.median_fen,
       estimate.deviation_fen, estimate.low_fen, estimate.high_fen, estimate.needs, estimate.state,
       estimate.entered_by, estimate.entered_at, estimate.decided_at, estimate.note,
       COALESCE(enterer.name, '') AS entered_name, COALESCE(decider.name, '') AS decided_name
FROM estimate
LEFT JOIN people_public_person AS enterer ON enterer.id = estimate.entered_by
LEFT JOIN people_public_person AS decider ON decider.id = estimate.decided_by
WHERE estimate.area_id = :area AND estimate.proposal_id = :proposal
ORDER BY estimate.id DESC
LIMIT :limit

-- name: estimate_quotes :many
-- params: area, proposal
SELECT quote.estimate_id, quote.no, quote.supplier, quote.cost_fen, quote.quoted_on,
       quote.document_id, quote.document_name
FROM estimate_quote AS quote
JOIN estimate ON estimate.area_id = quote.area_id AND estimate.id = quote.estimate_id
WHERE quote.area_id = :area AND estimate.area_id = :area AND estimate.proposal_id = :proposal
ORDER BY quote.estimate_id DESC, quote.no

-- Whether a file belongs to a price of the proposal.
-- name: estimate_has_file :one
-- params: area, proposal, file
-- returns: n int
SELECT (SELECT CAST(COUNT(*) AS BIGINT) FROM estimate
        WHERE area_id = :area AND proposal_id = :proposal AND document_id = :file) +
       (SELECT CAST(COUNT(*) AS BIGINT) FROM estimate_quote AS quote
        JOIN estimate AS priced ON priced.area_id = quote.area_id AND priced.id = quote.estimate_id
        WHERE quote.area_id = :area AND priced.area_id = :area AND priced.proposal_id = :proposal
          AND quote.document_id = :file) AS n

-- The accepted proposals of a round, those that lack most first, after a row (:after_rank 0: from
-- the start).
-- name: estimate_todo :many
-- params: area, round, after_rank, after_id, limit
-- returns: standing int
SELECT todo.id, todo.title, todo.kind, todo.cost_fen, todo.standing
FROM (SELECT p.id, p.title, p.kind, p.cost_fen,
             CASE WHEN waiting.id IS NOT NULL THEN 3 WHEN held.cost_fen = p.cost_fen THEN 4
                  WHEN EXISTS (SELECT 1 FROM estimate AS back
                               WHERE back.area_id = :area AND back.proposal_id = p.id AND back.state = 3)
                  THEN 2 ELSE 1 END AS standing
      FROM proposals_public_proposal AS p
      LEFT JOIN estimate AS held ON held.area_id = p.area_id AND held.proposal_id = p.id
        AND held.state = 2
      LEFT JOIN estimate AS waiting ON waiting.area_id = p.area_id AND waiting.proposal_id = p.id
        AND waiting.state = 1
      WHERE p.area_id = :area AND p.round_id = :round AND p.state = 2) AS todo
WHERE todo.standing > :after_rank OR (todo.standing = :after_rank AND todo.id > :after_id)
ORDER BY todo.standing, todo.id
LIMIT :limit

-- The accepted proposals of a round by kind. most_n: the most one project of kind n may cost.
-- name: estimate_by_kind :many
-- params: area, round, least, most_1, most_2, most_3, most_4
-- returns: n int, total_fen int, n_priced int, n_waiting int, n_below int, n_above int
SELECT p.kind, CAST(COUNT(*) AS BIGINT) AS n, CAST(SUM(p.cost_fen) AS BIGINT) AS total_fen,
       CAST(SUM(CASE WHEN waiting.id IS NULL AND held.cost_fen = p.cost_fen THEN 1 ELSE 0 END) AS BIGINT) AS n_priced,
       CAST(SUM(CASE WHEN waiting.id IS NULL THEN 0 ELSE 1 END) AS BIGINT) AS n_waiting,
       CAST(SUM(CASE WHEN p.cost_fen > 0 AND p.cost_fen < :least THEN 1 ELSE 0 END) AS BIGINT) AS n_below,
       CAST(SUM(CASE WHEN p.cost_fen > (CASE p.kind WHEN 1 THEN :most_1 WHEN 2 THEN :most_2
                                          WHEN 3 THEN :most_3 ELSE :most_4 END)
                     THEN 1 ELSE 0 END) AS BIGINT) AS n_above
FROM proposals_public_proposal AS p
LEFT JOIN estimate AS held ON held.area_id = p.area_id AND held.proposal_id = p.id
  AND held.state = 2
LEFT JOIN estimate AS waiting ON waiting.area_id = p.area_id AND waiting.proposal_id = p.id
  AND waiting.state = 1
WHERE p.area_id = :area AND p.round_id = :round AND p.state = 2
GROUP BY p.kind
ORDER BY p.kind

-- Those dearer or cheaper than one project may be.
-- name: estimate_breaches :many
-- params: area, round, least, most_1, most_2, most_3, most_4, limit
SELECT p.id, p.title, p.kind, p.cost_fen
FROM proposals_public_proposal AS p
WHERE p.area_id = :area AND p.round_id = :round AND p.state = 2
  AND ((p.cost_fen > 0 AND p.cost_fen < :least)
       OR p.cost_fen > (CASE p.kind WHEN 1 THEN :most_1 WHEN 2 THEN :most_2
                          WHEN 3 THEN :most_3 ELSE :most_4 END))
ORDER BY p.id
LIMIT :limit

-- What waits: what 1 the n proposals without evidence of a round that prices now, what 2 a price
-- that somebody else than this person has to sign.
-- name: estimate_due :many
-- params: area, person, limit
-- returns: what int, proposal_id int, n int, title text, cost_fen int, owner text, due_at int
SELECT 1 AS what, CAST(MIN(p.id) AS BIGINT) AS proposal_id, CAST(COUNT(*) AS BIGINT) AS n,
       '' AS title, 0 AS cost_fen, '' AS owner, CAST(MIN(stage.closes_at) AS BIGINT) AS due_at
FROM proposals_public_proposal AS p
JOIN programmes_public_round AS round ON round.area_id = p.area_id AND round.id = p.round_id
JOIN programmes_public_stage AS stage ON stage.area_id = round.area_id
  AND stage.round_id = round.id AND stage.no = round.stage_no
WHERE p.area_id = :area AND p.state = 2
  AND stage.kind IN ('quota', 'discuss') AND stage.state = 2
  AND NOT EXISTS (SELECT 1 FROM estimate AS live
                  WHERE live.area_id = :area AND live.proposal_id = p.id
                    AND (live.state = 1 OR (live.state = 2 AND live.cost_fen = p.cost_fen)))
HAVING COUNT(*) > 0
UNION ALL
SELECT 2, estimate.proposal_id, 1, p.title, estimate.cost_fen, COALESCE(enterer.name, ''), stage.closes_at
FROM estimate
JOIN proposals_public_proposal AS p ON p.area_id = estimate.area_id AND p.id = estimate.proposal_id
JOIN programmes_public_round AS round ON round.area_id = p.area_id AND round.id = p.round_id
JOIN programmes_public_stage AS stage ON stage.area_id = round.area_id
  AND stage.round_id = round.id AND stage.no = round.stage_no
LEFT JOIN people_public_person AS enterer ON enterer.id = estimate.entered_by
WHERE estimate.area_id = :area AND estimate.state = 1 AND estimate.entered_by <> :person AND p.state = 2
ORDER BY what, proposal_id
LIMIT :limit
