-- Merging, supporting, helping. Tables: proposal, proposal_merge, proposal_support, proposal_adviser.

-- name: merge_insert :exec
-- params: area, act, moved, main, stage, merged_at, by
INSERT INTO proposal_merge (area_id, id, proposal_id, from_main, to_main, state_before, stage_no,
                            merged_at, merged_by, undone_at)
SELECT :area, :act, proposal.id, proposal.merged_into, :main, proposal.state, :stage, :merged_at, :by, 0
FROM proposal
WHERE proposal.area_id = :area AND (proposal.id = :moved OR proposal.merged_into = :moved)

-- name: merge_apply :exec
-- params: area, moved, main
UPDATE proposal SET merged_into = :main, state = 5, version = version + 1
WHERE area_id = :area AND (id = :moved OR merged_into = :moved)

-- The act that last moved a proposal and still holds.
-- name: merge_last :maybe
-- params: area, proposal
-- returns: n int
SELECT proposal_merge.id, proposal_merge.to_main, proposal_merge.stage_no,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM proposal_merge AS moved
        WHERE moved.area_id = :area AND moved.id = proposal_merge.id) AS n
FROM proposal_merge
WHERE proposal_merge.area_id = :area AND proposal_merge.proposal_id = :proposal
  AND proposal_merge.undone_at = 0
ORDER BY proposal_merge.id DESC
LIMIT 1

-- name: merge_revert :exec
-- params: area, act, main
UPDATE proposal SET
  merged_into = (SELECT m.from_main FROM proposal_merge AS m
                 WHERE m.area_id = :area AND m.id = :act AND m.proposal_id = proposal.id),
  state = (SELECT m.state_before FROM proposal_merge AS m
           WHERE m.area_id = :area AND m.id = :act AND m.proposal_id = proposal.id),
  version = version + 1
WHERE area_id = :area AND merged_into = :main
  AND id IN (SELECT m.proposal_id FROM proposal_merge AS m WHERE m.area_id = :area AND m.id = :act)

-- name: merge_undone :exec
-- params: area, act, undone_at
UPDATE proposal_merge SET undone_at = :undone_at WHERE area_id = :area AND id = :act

-- What was merged into a proposal: every word of it.
-- name: proposal_merged :many
-- params: area, main, limit
-- returns: person_name text
SELECT proposal.id, proposal.title, proposal.need, proposal.place, proposal.beneficiaries,
       proposal.channel, proposal.submitted_at, proposal.proposer_name, proposal.proposer_phone,
       COALESCE(person.name, '') AS person_name
FROM proposal
LEFT JOIN people_public_person AS person ON person.id = proposal.proposer_id
WHERE proposal.area_id = :area AND proposal.merged_into = :main AND proposal.merged_into <> 0
ORDER BY proposal.id
LIMIT :limit

-- How many stand behind a proposal beside its own proposer, and whether this person is one.
-- name: proposal_behind :one
-- params: area, proposal, person
-- returns: n_merged int, n_support int, is_supported int
SELECT (SELECT CAST(COUNT(*) AS BIGINT) FROM proposal AS m
        WHERE m.area_id = :area AND m.merged_into = :proposal AND m.merged_into <> 0) AS n_merged,
       (SELECT CAST(COUNT(DISTINCT s.person_id) AS BIGINT) FROM proposals_public_proposer AS s
        WHERE s.area_id = :area AND s.main_id = :proposal AND s.how = 2) AS n_support,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM proposal_support AS s
        WHERE s.area_id = :area AND s.proposal_id = :proposal AND s.person_id = :person) AS is_supported

-- name: support_insert :exec
-- params: area, proposal, person, supported_at
INSERT INTO proposal_support (area_id, proposal_id, person_id, supported_at)
VALUES (:area, :proposal, :person, :supported_at)
ON CONFLICT DO NOTHING

-- name: support_delete :exec
-- params: area, proposal, person
DELETE FROM proposal_support
WHERE area_id = :area AND proposal_id = :proposal AND person_id = :person

-- name: support_export :many
-- params: person
-- crosses areas: everything kept about one person
SELECT proposal.id, proposal.title, proposal_support.supported_at
FROM proposal_support
JOIN proposal ON proposal.area_id = proposal_support.area_id
  AND proposal.id = proposal_support.proposal_id
WHERE proposal_support.person_id = :person
ORDER BY proposal.id

-- name: support_erase :exec
-- params: person
-- crosses areas: a person is erased everywhere
DELETE FROM proposal_support WHERE person_id = :person

-- name: adviser_insert :exec
-- params: area, id, proposal, kind, organisation text, name text, phone text, note text, added_at, added_by
INSERT INTO proposal_adviser (area_id, id, proposal_id, kind, organisation, name, phone, note,
                              added_at, added_by, ended_at)
VALUES (:area, :id, :proposal, :kind, :organisation, :name, :phone, :note, :added_at, :added_by, 0)

-- name: adviser_end :exec
-- params: area, proposal, id, ended_at
UPDATE proposal_adviser SET ended_at = :ended_at
WHERE area_id = :area AND proposal_id = :proposal AND id = :id AND ended_at = 0

-- name: adviser_list :many
-- params: area, proposal, limit
SELECT id, kind, organisation, name, phone, note, added_at FROM proposal_adviser
WHERE area_id = :area AND proposal_id = :proposal AND ended_at = 0
ORDER BY id
LIMIT :limit
