-- Who is to hear of what became of a proposal. Table: proposal.

-- Its proposer, and those of the proposals that go on in it.
-- name: proposal_to_tell :many
-- params: area, id
SELECT DISTINCT proposer_id FROM proposal
WHERE area_id = :area AND proposer_id <> 0 AND (id = :id OR merged_into = :id)
ORDER BY proposer_id
