-- What the people of tests/support/round_life.h see, and what must hold whatever they do.

-- name: life_proposals :many
-- params: area, round
-- returns: waiting int, priced int
SELECT p.id, p.state, p.version, p.cost_fen, p.kind, p.proposer_id, p.merged_into,
       (SELECT CAST(COALESCE(MAX(e.id), 0) AS BIGINT) FROM estimate AS e
        WHERE e.area_id = :area AND e.proposal_id = p.id AND e.state = 1) AS waiting,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM estimate AS e
        WHERE e.area_id = :area AND e.proposal_id = p.id AND e.state = 2) AS priced
FROM proposal AS p WHERE p.area_id = :area AND p.round_id = :round ORDER BY p.id;

-- name: life_projects :many
-- params: area, round
-- returns: filed int, filed_version int
SELECT c.proposal_id, p.cost_fen,
       COALESCE(f.state, 0) AS filed, COALESCE(f.version, 0) AS filed_version
FROM decisions_public_chosen AS c
JOIN proposal AS p ON p.area_id = c.area_id AND p.id = c.proposal_id
LEFT JOIN filing_item AS f ON f.area_id = c.area_id AND f.proposal_id = c.proposal_id
WHERE c.area_id = :area AND c.round_id = :round ORDER BY c.proposal_id;

-- name: life_pledges :many
-- params: area, round
SELECT id, state, version, form, person_id FROM pledge WHERE area_id = :area AND round_id = :round ORDER BY id;

-- name: life_publications :many
-- params: area, round
SELECT id, replaced_by, ends_at FROM publication WHERE area_id = :area AND round_id = :round ORDER BY id;

-- name: life_objections :many
-- params: area
SELECT id, version, answered_at FROM objection WHERE area_id = :area ORDER BY id;

-- name: life_decisions :many
-- params: area, round
SELECT id, version, voided_at, outcome FROM decision WHERE area_id = :area AND round_id = :round ORDER BY id;

-- name: life_candidates :many
-- params: area, round
-- returns: firm_fen int
-- What may go on the ballot, worked out here and not by the room polls.
SELECT p.id, p.title, p.kind, p.cost_fen,
       (SELECT CAST(COALESCE(SUM(g.value_fen), 0) AS BIGINT) FROM pledge AS g
        WHERE g.area_id = :area AND g.proposal_id = p.id AND g.state IN (2, 3)) AS firm_fen
FROM proposal AS p
WHERE p.area_id = :area AND p.round_id = :round AND p.state = 2 AND p.cost_fen > 0
  AND (NOT EXISTS (SELECT 1 FROM shortlist AS l WHERE l.area_id = :area AND l.round_id = :round)
       OR EXISTS (SELECT 1 FROM shortlist_item AS i
                  WHERE i.area_id = :area AND i.proposal_id = p.id AND i.outcome = 1))
ORDER BY p.id;

-- name: life_poll :maybe
-- params: area, round
SELECT id, state, version, closes_at, max_choices FROM poll WHERE area_id = :area AND round_id = :round;

-- name: life_works :one
-- params: area, project
-- returns: purchases int, bidders int, milestones int, undone int, entries int
SELECT CAST((SELECT COUNT(*) FROM delivery_purchase WHERE area_id = :area AND proposal_id = :project) AS BIGINT) AS purchases,
       CAST((SELECT COUNT(*) FROM delivery_bidder WHERE area_id = :area AND proposal_id = :project) AS BIGINT) AS bidders,
       CAST((SELECT COUNT(*) FROM delivery_milestone WHERE area_id = :area AND proposal_id = :project) AS BIGINT) AS milestones,
       CAST((SELECT COALESCE(MIN(no), 0) FROM delivery_milestone
             WHERE area_id = :area AND proposal_id = :project AND done_on = 0) AS BIGINT) AS undone,
       CAST((SELECT COUNT(*) FROM delivery_entry WHERE area_id = :area AND proposal_id = :project) AS BIGINT) AS entries;

-- name: life_trainings :many
-- params: area, round
SELECT id, state, version FROM training WHERE area_id = :area AND round_id = :round ORDER BY id;

-- name: life_tellings :many
-- params: area, round
SELECT id, version FROM outreach WHERE area_id = :area AND round_id = :round ORDER BY id;

-- name: life_documents :many
-- params: area
SELECT id FROM document WHERE area_id = :area ORDER BY id;

-- name: life_term :maybe
-- params: area, round
SELECT state, version FROM rating_term WHERE area_id = :area AND round_id = :round;

-- name: life_assessed :maybe
-- params: area, project
SELECT version FROM rating_self WHERE area_id = :area AND proposal_id = :project;

-- name: life_draft :maybe
-- params: area, round
SELECT version FROM rating_report WHERE area_id = :area AND round_id = :round AND state = 1;

-- What stands against leaving a stage, counted here and not by the gates.
-- name: life_left :one
-- params: area, round, stage_no, now_at
-- returns: waiting int, unpriced int, promised int, uncounted int, running int, unanswered int, here int, owed int, unsaid int, unfinished int, unaccepted int, unrated int, undecided int, unfiled int
SELECT CAST((SELECT COUNT(*) FROM proposal WHERE area_id = :area AND round_id = :round AND state = 1) AS BIGINT) AS waiting,
  CAST((SELECT COUNT(*) FROM proposal AS p WHERE p.area_id = :area AND p.round_id = :round AND p.state = 2
    AND NOT EXISTS (SELECT 1 FROM estimate AS e WHERE e.area_id = :area AND e.proposal_id = p.id AND e.state = 2)) AS BIGINT) AS unpriced,
  CAST((SELECT COUNT(*) FROM pledge WHERE area_id = :area AND round_id = :round AND state = 1) AS BIGINT) AS promised,
  CAST((SELECT COUNT(*) FROM round AS r WHERE r.area_id = :area AND r.id = :round AND NOT EXISTS (
    SELECT 1 FROM poll AS p WHERE p.area_id = :area AND p.round_id = r.id AND p.state = 4)) AS BIGINT) AS uncounted,
  CAST((SELECT COUNT(*) FROM publication WHERE area_id = :area AND round_id = :round AND replaced_by = 0
    AND stage_no = :stage_no AND ends_at > :now_at) AS BIGINT) AS running,
  CAST((SELECT COUNT(*) FROM objection AS o JOIN publication AS p ON p.area_id = o.area_id AND p.id = o.publication_id
    WHERE o.area_id = :area AND p.round_id = :round AND o.answered_at = 0) AS BIGINT) AS unanswered,
  CAST((SELECT COUNT(*) FROM objection AS o JOIN publication AS p ON p.area_id = o.area_id AND p.id = o.publication_id
    WHERE o.area_id = :area AND p.round_id = :round AND p.stage_no = :stage_no AND p.replaced_by = 0
      AND o.answered_at = 0) AS BIGINT) AS here,
  CAST((SELECT COUNT(*) FROM proposal AS p WHERE p.area_id = :area AND p.round_id = :round
    AND (p.state IN (3, 5) OR (p.state = 2 AND NOT EXISTS (
      SELECT 1 FROM poll_option AS o JOIN result_option AS r ON r.area_id = o.area_id AND r.poll_id = o.poll_id
        AND r.no = o.no AND r.is_selected = 1 WHERE o.area_id = :area AND o.proposal_id = p.id) AND NOT EXISTS (
      SELECT 1 FROM decision_item AS i JOIN decision AS d ON d.area_id = i.area_id AND d.id = i.decision_id
      WHERE i.area_id = :area AND i.proposal_id = p.id AND i.step = 'decide' AND d.voided_at = 0 AND d.outcome = 2)))
    AND NOT EXISTS (SELECT 1 FROM reply AS a WHERE a.area_id = :area AND a.proposal_id = p.id AND a.delivered_at > 0)) AS BIGINT) AS owed,
  CAST((SELECT COUNT(*) FROM decisions_public_chosen AS c WHERE c.area_id = :area AND c.round_id = :round AND NOT EXISTS (
    SELECT 1 FROM decision_owner_need AS n WHERE n.area_id = :area AND n.proposal_id = c.proposal_id AND (n.is_needed = 0
      OR EXISTS (SELECT 1 FROM decision_item AS i JOIN decision AS d ON d.area_id = i.area_id AND d.id = i.decision_id
        WHERE i.area_id = :area AND i.proposal_id = c.proposal_id AND i.step = 'owners' AND d.outcome = 2)))) AS BIGINT) AS unsaid,
  CAST((SELECT COUNT(*) FROM decisions_public_chosen AS c WHERE c.area_id = :area AND c.round_id = :round AND NOT EXISTS (
    SELECT 1 FROM delivery_project AS d WHERE d.area_id = :area AND d.proposal_id = c.proposal_id AND d.state <> 1)
    AND (NOT EXISTS (SELECT 1 FROM delivery_milestone AS m WHERE m.area_id = :area AND m.proposal_id = c.proposal_id)
      OR EXISTS (SELECT 1 FROM delivery_milestone AS m WHERE m.area_id = :area AND m.proposal_id = c.proposal_id
        AND m.done_on = 0))) AS BIGINT) AS unfinished,
  CAST((SELECT COUNT(*) FROM decisions_public_chosen AS c WHERE c.area_id = :area AND c.round_id = :round AND NOT EXISTS (
    SELECT 1 FROM delivery_project AS d WHERE d.area_id = :area AND d.proposal_id = c.proposal_id AND d.state <> 1)) AS BIGINT) AS unaccepted,
  CAST((SELECT COUNT(*) FROM delivery_project AS d WHERE d.area_id = :area AND d.round_id = :round AND d.state = 2
    AND NOT EXISTS (SELECT 1 FROM rating_term AS t WHERE t.area_id = :area AND t.round_id = :round AND t.state = 2)) AS BIGINT) AS unrated,
  CAST((SELECT COUNT(*) FROM proposal AS p WHERE p.area_id = :area AND p.round_id = :round AND p.state = 2 AND NOT EXISTS (
    SELECT 1 FROM decision_item AS i JOIN decision AS d ON d.area_id = i.area_id AND d.id = i.decision_id
    WHERE i.area_id = :area AND i.proposal_id = p.id AND i.step = 'decide' AND i.stands = 1 AND d.voided_at = 0)) AS BIGINT) AS undecided,
  CAST((SELECT COUNT(*) FROM decisions_public_chosen AS c WHERE c.area_id = :area AND c.round_id = :round AND NOT EXISTS (
    SELECT 1 FROM filing_item AS f WHERE f.area_id = :area AND f.proposal_id = c.proposal_id AND f.state = 2)) AS BIGINT) AS unfiled;

-- name: life_money :one
-- params: area, round
-- returns: selected_fen int, carried_fen int, unbalanced int, overdrawn int
SELECT r.budget_fen,
  CAST((SELECT COALESCE(SUM(o.cost_fen), 0) FROM poll AS p
    JOIN result_option AS c ON c.area_id = p.area_id AND c.poll_id = p.id AND c.is_selected = 1
    JOIN poll_option AS o ON o.area_id = c.area_id AND o.poll_id = c.poll_id AND o.no = c.no
    WHERE p.area_id = :area AND p.round_id = :round) AS BIGINT) AS selected_fen,
  CAST((SELECT COALESCE(SUM(p.cost_fen - COALESCE((SELECT SUM(g.value_fen) FROM pledge AS g
      WHERE g.area_id = :area AND g.proposal_id = p.id AND g.state IN (2, 3)), 0)), 0)
    FROM decision_item AS i JOIN decision AS d ON d.area_id = i.area_id AND d.id = i.decision_id
    JOIN proposal AS p ON p.area_id = i.area_id AND p.id = i.proposal_id
    WHERE i.area_id = :area AND d.round_id = :round AND i.step = 'decide' AND i.stands = 1 AND d.voided_at = 0
      AND d.outcome = 2) AS BIGINT) AS carried_fen,
  CAST((SELECT COUNT(*) FROM (SELECT 1 FROM delivery_posting WHERE area_id = :area
    GROUP BY proposal_id, entry_no, source HAVING SUM(amount_fen) <> 0) AS entry) AS BIGINT) AS unbalanced,
  CAST((SELECT COUNT(*) FROM (SELECT 1 FROM delivery_posting WHERE area_id = :area
    GROUP BY proposal_id, account, source
    HAVING (account = 1 AND SUM(amount_fen) > 0) OR (account <> 1 AND SUM(amount_fen) < 0)) AS account) AS BIGINT) AS overdrawn
FROM round AS r WHERE r.area_id = :area AND r.id = :round;

-- What was public once: a row that stood here stands here for ever, with the same words.
-- name: life_record :many
-- params: area
-- returns: kind int, id int, no int, words text
SELECT CAST(1 AS BIGINT) AS kind, id AS id, CAST(0 AS BIGINT) AS no, '' AS words FROM proposal WHERE area_id = :area
UNION ALL SELECT 2, id, 0, title || '|' || words || '|' || CAST(ends_at AS TEXT) FROM publication WHERE area_id = :area
UNION ALL SELECT 3, publication_id, line, title || '|' || CAST(cost_fen AS TEXT) FROM published_project WHERE area_id = :area
UNION ALL SELECT 4, id, outcome, words FROM decision WHERE area_id = :area
UNION ALL SELECT 5, decision_id, proposal_id, step FROM decision_item WHERE area_id = :area
UNION ALL SELECT 6, poll_id, no, title || '|' || CAST(cost_fen AS TEXT) FROM poll_option WHERE area_id = :area
UNION ALL SELECT 7, poll_id, no, CAST(is_selected AS TEXT) || '|' || CAST(votes AS TEXT) FROM result_option WHERE area_id = :area
UNION ALL SELECT 8, id, no, words FROM objection WHERE area_id = :area
UNION ALL SELECT 9, id, 0, '' FROM objection WHERE area_id = :area AND answered_at > 0
UNION ALL SELECT 10, proposal_id, no, CAST(kind AS TEXT) || '|' || voucher || '|' || words FROM delivery_entry WHERE area_id = :area
UNION ALL SELECT 11, proposal_id, entry_no * 100 + account * 10 + source, CAST(amount_fen AS TEXT) FROM delivery_posting WHERE area_id = :area
UNION ALL SELECT 12, id, 0, title FROM document WHERE area_id = :area
UNION ALL SELECT 13, id, 0, '' FROM outreach WHERE area_id = :area
UNION ALL SELECT 14, id, 0, '' FROM training WHERE area_id = :area
UNION ALL SELECT 15, id, 0, act || '|' || subject || '|' || reason FROM journal_entry WHERE area_id = :area
UNION ALL SELECT 16, id, 0, CAST(cost_fen AS TEXT) || '|' || words FROM estimate WHERE area_id = :area
UNION ALL SELECT 17, proposal_id, no, CAST(outcome AS TEXT) || '|' || CAST(votes AS TEXT) FROM shortlist_item WHERE area_id = :area
UNION ALL SELECT 18, proposal_id, no, words FROM filing_act WHERE area_id = :area
UNION ALL SELECT 19, proposal_id, no, words FROM delivery_acceptance WHERE area_id = :area
UNION ALL SELECT 20, proposal_id, no, words FROM delivery_change WHERE area_id = :area
UNION ALL SELECT 21, proposal_id, no, title FROM delivery_milestone WHERE area_id = :area
UNION ALL SELECT 22, proposal_id, no, title FROM delivery_purchase WHERE area_id = :area
UNION ALL SELECT 23, proposal_id, purchase_no * 100 + no, name || '|' || CAST(quote_fen AS TEXT) FROM delivery_bidder WHERE area_id = :area
UNION ALL SELECT 24, id, 0, CAST(value_fen AS TEXT) FROM pledge WHERE area_id = :area
UNION ALL SELECT 25, round_id, no, words FROM rating_report WHERE area_id = :area AND state = 2
UNION ALL SELECT 26, proposal_id, question * 10 + mark, CAST(n AS TEXT) FROM rating_tally WHERE area_id = :area
UNION ALL SELECT 27, round_id, no, CAST(closed_at AS TEXT) FROM stage WHERE area_id = :area AND state IN (3, 4)
ORDER BY 1, 2, 3;

-- Every table an act may write, so that a refused one can be seen to have written nothing.
-- name: life_prints :many
-- params: area
-- returns: kind int, n int, total int
SELECT CAST(1 AS BIGINT) AS kind, CAST(COUNT(*) AS BIGINT) AS n, CAST(COALESCE(SUM(version * 7 + state), 0) AS BIGINT) AS total FROM proposal WHERE area_id = :area
UNION ALL SELECT 2, COUNT(*), CAST(COALESCE(SUM(state + opens_at % 1000003 + closes_at % 1000003), 0) AS BIGINT) FROM stage WHERE area_id = :area
UNION ALL SELECT 3, COUNT(*), CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM round WHERE area_id = :area
UNION ALL SELECT 4, COUNT(*), CAST(COALESCE(SUM(state * 7 + decided_at % 1000003), 0) AS BIGINT) FROM estimate WHERE area_id = :area
UNION ALL SELECT 5, COUNT(*), CAST(COALESCE(SUM(version * 7 + state), 0) AS BIGINT) FROM pledge WHERE area_id = :area
UNION ALL SELECT 6, COUNT(*), CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM round_table WHERE area_id = :area
UNION ALL SELECT 7, COUNT(*), CAST(COALESCE(SUM(place), 0) AS BIGINT) FROM round_table_item WHERE area_id = :area
UNION ALL SELECT 8, COUNT(*), CAST(COALESCE(SUM(voters), 0) AS BIGINT) FROM shortlist_hall WHERE area_id = :area
UNION ALL SELECT 9, COUNT(*), CAST(COALESCE(SUM(votes), 0) AS BIGINT) FROM shortlist_hall_count WHERE area_id = :area
UNION ALL SELECT 10, COUNT(*), CAST(COALESCE(SUM(version * 7 + state), 0) AS BIGINT) FROM poll WHERE area_id = :area
UNION ALL SELECT 11, COUNT(*), CAST(COALESCE(SUM(LENGTH(choices)), 0) AS BIGINT) FROM ballot WHERE area_id = :area
UNION ALL SELECT 12, COUNT(*), CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM decision WHERE area_id = :area
UNION ALL SELECT 13, COUNT(*), CAST(COALESCE(SUM(is_needed), 0) AS BIGINT) FROM decision_owner_need WHERE area_id = :area
UNION ALL SELECT 14, COUNT(*), CAST(COALESCE(SUM(version * 7 + state), 0) AS BIGINT) FROM filing_item WHERE area_id = :area
UNION ALL SELECT 15, COUNT(*), CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM publication WHERE area_id = :area
UNION ALL SELECT 16, COUNT(*), CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM objection WHERE area_id = :area
UNION ALL SELECT 17, COUNT(*), CAST(COALESCE(SUM(version * 7 + kind), 0) AS BIGINT) FROM reply WHERE area_id = :area
UNION ALL SELECT 18, COUNT(*), CAST(COALESCE(SUM(version * 7 + state), 0) AS BIGINT) FROM delivery_project WHERE area_id = :area
UNION ALL SELECT 19, COUNT(*), CAST(COALESCE(SUM(state * 7 + bidder_no), 0) AS BIGINT) FROM delivery_purchase WHERE area_id = :area
UNION ALL SELECT 20, COUNT(*), CAST(COALESCE(SUM(due_on + done_on), 0) AS BIGINT) FROM delivery_milestone WHERE area_id = :area
UNION ALL SELECT 21, COUNT(*), CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM rating_term WHERE area_id = :area
UNION ALL SELECT 22, COUNT(*), CAST(COALESCE(SUM(mark), 0) AS BIGINT) FROM rating_mark WHERE area_id = :area
UNION ALL SELECT 23, COUNT(*), CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM rating_self WHERE area_id = :area
UNION ALL SELECT 24, COUNT(*), CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM rating_report WHERE area_id = :area
UNION ALL SELECT 25, COUNT(*), CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM outreach WHERE area_id = :area
UNION ALL SELECT 26, COUNT(*), CAST(COALESCE(SUM(version * 7 + state), 0) AS BIGINT) FROM training WHERE area_id = :area
UNION ALL SELECT 27, COUNT(*), CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM document WHERE area_id = :area
UNION ALL SELECT 28, COUNT(*), CAST(0 AS BIGINT) FROM document_attachment WHERE area_id = :area
UNION ALL SELECT 29, COUNT(*), CAST(COALESCE(SUM(state), 0) AS BIGINT) FROM screening WHERE area_id = :area
UNION ALL SELECT 30, COUNT(*), CAST(0 AS BIGINT) FROM screening_interest WHERE area_id = :area
UNION ALL SELECT 31, COUNT(*), CAST(0 AS BIGINT) FROM proposal_merge WHERE area_id = :area
UNION ALL SELECT 32, COUNT(*), CAST(0 AS BIGINT) FROM proposal_support WHERE area_id = :area
UNION ALL SELECT 33, COUNT(*), CAST(0 AS BIGINT) FROM journal_entry WHERE area_id = :area
ORDER BY 1;
