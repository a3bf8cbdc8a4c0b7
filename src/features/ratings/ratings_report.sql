-- Statements of the evaluation report. Tables: rating_report, rating_figure; figures come from other
-- rooms' public views.

-- How many at each step, in their order; code: ReportStep. whole -1: nothing to compare with. What a
-- council carried (8) is of what was put to it.
-- name: report_steps :many
-- params: area, round
-- returns: place int, code int, value int, whole int
SELECT 1 AS place, 1 AS code, CAST(COUNT(*) AS BIGINT) AS value, -1 AS whole
FROM proposals_public_proposal AS proposal
WHERE proposal.area_id = :area AND proposal.round_id = :round AND proposal.state <> 4
UNION ALL
SELECT 2, 2, CAST(COUNT(*) AS BIGINT), -1 FROM proposals_public_proposal AS proposal
WHERE proposal.area_id = :area AND proposal.round_id = :round AND proposal.state = 2
UNION ALL
SELECT 3, 3, CAST(COUNT(*) AS BIGINT), -1 FROM polls_public_outcome AS outcome
WHERE outcome.area_id = :area AND outcome.round_id = :round
HAVING COUNT(*) > 0
UNION ALL
SELECT 4, 8, CAST(SUM(CASE item.outcome WHEN 2 THEN 1 ELSE 0 END) AS BIGINT), CAST(COUNT(*) AS BIGINT)
FROM decisions_public_item AS item
WHERE item.area_id = :area AND item.round_id = :round AND item.step = 'decide'
HAVING COUNT(*) > 0
UNION ALL
SELECT 5, 4, CAST(COUNT(*) AS BIGINT), -1 FROM delivery_public_project AS project
WHERE project.area_id = :area AND project.round_id = :round
UNION ALL
SELECT 6, 5, result.voters, poll.eligible
FROM polls_public_poll AS poll
JOIN polls_public_result AS result ON result.area_id = poll.area_id AND result.poll_id = poll.id
WHERE poll.area_id = :area AND poll.round_id = :round AND poll.state = 4
UNION ALL
SELECT 7, 6, CAST(COUNT(*) AS BIGINT), -1 FROM publicity_public_objection AS objection
WHERE objection.area_id = :area AND objection.round_id = :round
UNION ALL
SELECT 8, 7, CAST(COALESCE(SUM(tally.n), 0) AS BIGINT), -1 FROM rating_tally AS tally
WHERE tally.area_id = :area AND tally.round_id = :round AND tally.question = 1
ORDER BY 1

-- name: report_channels :many
-- params: area, round
-- returns: n int
SELECT proposal.channel, CAST(COUNT(*) AS BIGINT) AS n
FROM proposals_public_proposal AS proposal
WHERE proposal.area_id = :area AND proposal.round_id = :round AND proposal.state <> 4
GROUP BY proposal.channel
ORDER BY proposal.channel

-- committed_fen: under contract, asked for, paid or retained.
-- name: report_projects :many
-- params: area, round, limit
-- returns: state int, committed_fen int
SELECT project.proposal_id, project.title, project.kind, project.cost_fen, project.state,
       CAST(COALESCE(SUM(CASE WHEN posting.account BETWEEN 3 AND 6 THEN posting.amount_fen ELSE 0 END), 0) AS BIGINT)
         AS committed_fen
FROM delivery_public_project AS project
LEFT JOIN delivery_public_posting AS posting ON posting.area_id = project.area_id
  AND posting.proposal_id = project.proposal_id
WHERE project.area_id = :area AND project.round_id = :round
GROUP BY project.proposal_id, project.title, project.kind, project.cost_fen, project.state
ORDER BY project.proposal_id
LIMIT :limit

-- name: report_sources :many
-- params: area, round
-- returns: total_fen int
SELECT posting.source, posting.account, CAST(SUM(posting.amount_fen) AS BIGINT) AS total_fen
FROM delivery_public_posting AS posting
WHERE posting.area_id = :area AND posting.round_id = :round
GROUP BY posting.source, posting.account
ORDER BY posting.source, posting.account

-- Who was owed an answer of which kind since when, and when they got it (0: not).
-- name: report_answers :many
-- params: area, round
-- returns: kind int, delivered_at int
SELECT owed.kind, owed.decided_at, COALESCE(reply.delivered_at, 0) AS delivered_at
FROM replies_public_case AS owed
LEFT JOIN replies_public_reply AS reply ON reply.area_id = owed.area_id
  AND reply.proposal_id = owed.proposal_id
WHERE owed.area_id = :area AND owed.round_id = :round

-- name: report_objections :many
-- params: area, round
SELECT objected_at, answered_at FROM publicity_public_objection
WHERE area_id = :area AND round_id = :round

-- The newest version, drafts included.
-- name: report_newest :maybe
-- params: area, round
SELECT no, state, words, reason, published_at, version FROM rating_report
WHERE area_id = :area AND round_id = :round
ORDER BY no DESC LIMIT 1

-- Published versions, the newest first.
-- name: report_published :many
-- params: area, round, limit
SELECT no, words, reason, published_at FROM rating_report
WHERE area_id = :area AND round_id = :round AND state = 2
ORDER BY no DESC LIMIT :limit

-- Nothing when somebody else began this version.
-- name: report_insert :exec
-- params: area, round, no, words text
INSERT INTO rating_report (area_id, round_id, no, state, words, reason, published_at, published_by, version)
VALUES (:area, :round, :no, 1, :words, '', 0, 0, 1)
ON CONFLICT DO NOTHING

-- name: report_edit :exec
-- params: area, round, no, version, words text
UPDATE rating_report SET words = :words, version = version + 1
WHERE area_id = :area AND round_id = :round AND no = :no AND version = :version AND state = 1

-- name: report_publish :versioned
-- params: area, round, no, version, reason text, published_at, published_by
UPDATE rating_report SET state = 2, reason = :reason, published_at = :published_at,
  published_by = :published_by, version = version + 1
WHERE area_id = :area AND round_id = :round AND no = :no AND version = :version AND state = 1

-- name: report_figure_insert :exec
-- params: area, round, report, no, part, code, label text, label_en text, value, whole
INSERT INTO rating_figure (area_id, round_id, report_no, no, part, code, label, label_en, value, whole)
VALUES (:area, :round, :report, :no, :part, :code, :label, :label_en, :value, :whole)

-- name: report_figures :many
-- params: area, round, report, limit
SELECT part, code, label, label_en, value, whole FROM rating_figure
WHERE area_id = :area AND round_id = :round AND report_no = :report
ORDER BY no
LIMIT :limit

-- Rounds at their evaluation whose rating is closed and that have no report published yet.
-- name: report_due :many
-- params: area
SELECT round.id, round.title, stage.closes_at
FROM programmes_public_stage AS stage
JOIN programmes_public_round AS round ON round.area_id = stage.area_id AND round.id = stage.round_id
JOIN rating_term AS term ON term.area_id = stage.area_id AND term.round_id = stage.round_id AND term.state = 2
WHERE stage.area_id = :area AND stage.state = 2 AND stage.kind = 'evaluate'
  AND NOT EXISTS (SELECT 1 FROM rating_report AS report
                  WHERE report.area_id = stage.area_id AND report.round_id = stage.round_id AND report.state = 2)
ORDER BY round.id
