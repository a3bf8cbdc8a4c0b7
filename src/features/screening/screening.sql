-- Statements of the room screening. Tables: screening, screening_reading, screening_interest.

-- --- reading ---

-- name: screening_get :maybe
-- params: area, proposal
SELECT state, ground, cited_no, cited, cited_en, cited_list, cited_area, reason, n_readers,
       by_secretary, decided_at
FROM screening WHERE area_id = :area AND proposal_id = :proposal

-- The readings that count towards what is open, of the words as they are now.
-- name: screening_readings :many
-- params: area, proposal, version
SELECT reading.reader_id, reading.is_secretary, reading.ground, reading.cited_no,
       reading.cited_list, reading.cited_area, reading.reason, reading.read_at
FROM screening_reading AS reading
WHERE reading.area_id = :area AND reading.proposal_id = :proposal AND reading.counts = 1
  AND reading.proposal_version = :version
  AND NOT EXISTS (SELECT 1 FROM screening_interest AS interest
                  WHERE interest.area_id = :area AND interest.person_id = reading.reader_id
                    AND interest.proposal_id = :proposal AND interest.ended_at = 0)
ORDER BY reading.id
LIMIT 2

-- Those of one reader do not count any more; reader 0: nobody's.
-- name: screening_reading_retire :exec
-- params: area, proposal, reader
UPDATE screening_reading SET counts = 0
WHERE area_id = :area AND proposal_id = :proposal AND counts = 1
  AND (:reader = 0 OR reader_id = :reader)

-- name: screening_reading_insert :exec
-- params: area, id, proposal, version, reader, is_secretary, ground, cited_no, cited_list, cited_area, reason text, read_at
INSERT INTO screening_reading (area_id, id, proposal_id, proposal_version, reader_id, is_secretary,
                               ground, cited_no, cited_list, cited_area, reason, read_at, counts)
VALUES (:area, :id, :proposal, :version, :reader, :is_secretary, :ground, :cited_no, :cited_list,
        :cited_area, :reason, :read_at, 1)

-- name: screening_open :exec
-- params: area, proposal, round, state
INSERT INTO screening (area_id, proposal_id, round_id, state, ground, cited_no, cited, cited_en,
                       cited_list, cited_area, reason, n_readers, by_secretary, decided_at)
VALUES (:area, :proposal, :round, :state, 0, 0, '', '', 0, 0, '', 0, 0, 0)
ON CONFLICT (area_id, proposal_id) DO UPDATE SET state = excluded.state

-- name: screening_decide :exec
-- params: area, proposal, round, ground, cited_no, cited text, cited_en text, cited_list, cited_area, reason text, n_readers, by_secretary, decided_at
INSERT INTO screening (area_id, proposal_id, round_id, state, ground, cited_no, cited, cited_en,
                       cited_list, cited_area, reason, n_readers, by_secretary, decided_at)
VALUES (:area, :proposal, :round, 3, :ground, :cited_no, :cited, :cited_en, :cited_list,
        :cited_area, :reason, :n_readers, :by_secretary, :decided_at)
ON CONFLICT (area_id, proposal_id) DO UPDATE SET state = 3, ground = excluded.ground,
  cited_no = excluded.cited_no, cited = excluded.cited, cited_en = excluded.cited_en,
  cited_list = excluded.cited_list, cited_area = excluded.cited_area, reason = excluded.reason,
  n_readers = excluded.n_readers, by_secretary = excluded.by_secretary,
  decided_at = excluded.decided_at

-- --- interests ---

-- What a person has to do with a proposal: an interest they declared; being one of its proposers.
-- name: screening_part :one
-- params: area, proposal, person
-- returns: n_interest int, n_proposer int
SELECT (SELECT CAST(COUNT(*) AS BIGINT) FROM screening_public_interest AS interest
        WHERE interest.area_id = :area AND interest.proposal_id = :proposal
          AND interest.person_id = :person) AS n_interest,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM proposals_public_proposer AS proposer
        WHERE proposer.area_id = :area AND proposer.main_id = :proposal
          AND proposer.person_id = :person AND proposer.how = 1) AS n_proposer

-- name: screening_interest_insert :exec
-- params: area, id, proposal, person, declared_at
INSERT INTO screening_interest (area_id, id, proposal_id, person_id, declared_at, ended_at, end_reason)
VALUES (:area, :id, :proposal, :person, :declared_at, 0, '')
ON CONFLICT (area_id, person_id, proposal_id) WHERE ended_at = 0 AND person_id <> 0 DO NOTHING

-- name: screening_interest_end :exec
-- params: area, proposal, person, ended_at, reason text
UPDATE screening_interest SET ended_at = :ended_at, end_reason = :reason
WHERE area_id = :area AND proposal_id = :proposal AND person_id = :person AND ended_at = 0

-- Interests that stand, also in proposals merged into this one.
-- name: screening_standing :one
-- params: area, proposal
-- returns: n int
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM screening_public_interest
WHERE area_id = :area AND proposal_id = :proposal

-- Declared on this proposal, also what was taken back. No names: anybody reads it.
-- name: screening_interests :many
-- params: area, proposal, limit
SELECT id, person_id, declared_at, ended_at, end_reason FROM screening_interest
WHERE area_id = :area AND proposal_id = :proposal
ORDER BY id
LIMIT :limit

-- name: screening_interest_export :many
-- params: person
-- crosses areas: everything kept about one person
SELECT interest.proposal_id, proposal.title, interest.declared_at, interest.ended_at, interest.end_reason
FROM screening_interest AS interest
JOIN proposals_public_proposal AS proposal ON proposal.area_id = interest.area_id
  AND proposal.id = interest.proposal_id
WHERE interest.person_id = :person
ORDER BY interest.id

-- That somebody kept out of it stays on the record.
-- name: screening_interest_erase :exec
-- params: person
-- crosses areas: a person is erased everywhere
UPDATE screening_interest SET person_id = 0 WHERE person_id = :person

-- --- pages ---

-- name: screening_proposal :one
-- params: area, id
SELECT id, round_id, title, state FROM proposals_public_proposal WHERE area_id = :area AND id = :id

-- What was decided in a round, in the order the proposals came; ground 0: every one.
-- name: screening_list :many
-- params: area, round, ground, after, limit
-- returns: title text
SELECT screening.proposal_id, proposal.title AS title, screening.ground, screening.cited_no,
       screening.cited, screening.cited_list, screening.reason, screening.n_readers,
       screening.by_secretary, screening.decided_at
FROM screening
JOIN proposals_public_proposal AS proposal ON proposal.area_id = screening.area_id
  AND proposal.id = screening.proposal_id
WHERE screening.area_id = :area AND screening.round_id = :round AND screening.ground <> 0
  AND (:ground = 0 OR screening.ground = :ground) AND screening.proposal_id > :after
  AND proposal.state IN (1, 2, 3, 5)
ORDER BY screening.proposal_id
LIMIT :limit

-- name: screening_counts :many
-- params: area, round
-- returns: n int
SELECT screening.ground, CAST(COUNT(*) AS BIGINT) AS n
FROM screening
WHERE screening.area_id = :area AND screening.round_id = :round AND screening.ground <> 0
GROUP BY screening.ground
ORDER BY screening.ground
