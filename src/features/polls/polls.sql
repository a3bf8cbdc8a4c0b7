-- Statements of the room polls. Ballots carry no person, no id, no time.

-- name: poll_get :one
-- params: area, id
SELECT id, round_id, title, state, opens_at, closes_at, budget_fen, max_choices, minimum_age, maximum_age, residencies, rule,
       utility, completion, increment_fen, tie, misfit, zero_support, eligible, is_imported, opened_at, closed_at, counted_at, version
FROM poll WHERE area_id = :area AND id = :id;

-- name: poll_of_round :maybe
-- params: area, round_id
SELECT id, title, state, opens_at, closes_at, eligible, counted_at, version
FROM poll WHERE area_id = :area AND round_id = :round_id
ORDER BY id DESC LIMIT 1;

-- name: poll_current :maybe
-- params: area
-- The newest poll of the area that residents may see.
SELECT id, round_id, title, state, closes_at FROM poll
WHERE area_id = :area AND state >= 2 ORDER BY id DESC LIMIT 1;

-- name: poll_insert :exec
-- params: area, id, round_id, title text, state, opens_at, closes_at, budget_fen, max_choices, minimum_age, rule text, utility text, completion text, increment_fen, tie text, misfit text, zero_support text, eligible, is_imported, opened_at
INSERT INTO poll (area_id, id, round_id, title, state, opens_at, closes_at, budget_fen, max_choices,
                  minimum_age, rule, utility, completion, increment_fen, tie, misfit, zero_support,
                  eligible, is_imported, opened_at, closed_at, counted_at, version)
VALUES (:area, :id, :round_id, :title, :state, :opens_at, :closes_at, :budget_fen, :max_choices,
        :minimum_age, :rule, :utility, :completion, :increment_fen, :tie, :misfit, :zero_support,
        :eligible, :is_imported, :opened_at, 0, 0, 1);

-- A new poll is for all who live here, of any age from the least; otherwise this says for whom.
-- name: poll_voters_set :exec
-- params: area, id, maximum_age, residencies
UPDATE poll SET maximum_age = :maximum_age, residencies = :residencies
WHERE area_id = :area AND id = :id AND state <= 2;

-- name: poll_option_insert :exec
-- params: area, poll_id, no, code text, proposal_id, title text, summary text, place text, kind, cost_fen
INSERT INTO poll_option (area_id, poll_id, no, code, proposal_id, title, summary, place, kind, cost_fen)
VALUES (:area, :poll_id, :no, :code, :proposal_id, :title, :summary, :place, :kind, :cost_fen);

-- name: poll_options :many
-- params: area, poll_id
SELECT no, code, proposal_id, title, summary, place, kind, cost_fen
FROM poll_option WHERE area_id = :area AND poll_id = :poll_id ORDER BY no;

-- name: poll_candidates :many
-- params: area, round_id
-- returns: firm_fen int
-- Accepted proposals of the round, those on its shortlist where one is fixed: what a new poll offers
-- once they have a price. firm_fen: money and goods that were firmly pledged, which the public does
-- not pay.
SELECT p.id, p.title, p.need, p.place, p.kind, p.cost_fen,
       (SELECT CAST(COALESCE(SUM(firm.value_fen), 0) AS BIGINT) FROM pledges_public_firm AS firm
        WHERE firm.area_id = :area AND firm.proposal_id = p.id) AS firm_fen
FROM proposals_public_proposal AS p
WHERE p.area_id = :area AND p.round_id = :round_id AND p.state = 2
  AND (EXISTS (SELECT 1 FROM shortlist_public_item AS item WHERE item.area_id = :area
               AND item.proposal_id = p.id AND item.outcome = 1)
       OR NOT EXISTS (SELECT 1 FROM shortlist_public_list AS fixed WHERE fixed.area_id = :area
                      AND fixed.round_id = :round_id))
ORDER BY p.id;

-- name: poll_round :one
-- params: area, id
SELECT id, title, budget_fen, minimum_age, max_choices
FROM programmes_public_round WHERE area_id = :area AND id = :id;

-- name: poll_vote_stage :maybe
-- params: area, round_id
SELECT no, state, opens_at, closes_at FROM programmes_public_stage
WHERE area_id = :area AND round_id = :round_id AND kind = 'vote' ORDER BY no LIMIT 1;

-- name: poll_eligible_count :one
-- params: area, latest_year, latest_month, today_on, registered, tenant, owner, works_here
-- returns: n int
-- People on the roll today with one of the residencies asked for (1, this one counts) and certainly
-- old enough, born in that month or before.
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM people_public_resident
WHERE area_id = :area AND (left_on = 0 OR left_on > :today_on)
  AND ((residency = 1 AND :registered = 1) OR (residency = 2 AND :tenant = 1)
       OR (residency = 3 AND :owner = 1) OR (residency = 4 AND :works_here = 1))
  AND ((birth_year > 0 AND birth_year < :latest_year)
       OR (birth_year = :latest_year AND birth_month BETWEEN 1 AND :latest_month));

-- All that decides whether this person's ballot is taken, in one row: the poll, how many options it
-- has, and where the roll has the person (residency 0: not on it).
-- name: poll_for_ballot :maybe
-- params: area, id, person_id
-- returns: n_options int, residency int, left_day int, birth_year int, birth_month int
SELECT poll.state, poll.opens_at, poll.closes_at, poll.max_choices, poll.minimum_age, poll.maximum_age, poll.residencies,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM poll_option
        WHERE poll_option.area_id = :area AND poll_option.poll_id = :id) AS n_options,
       COALESCE(voter.residency, 0) AS residency, COALESCE(voter.left_on, 0) AS left_day,
       COALESCE(voter.birth_year, 0) AS birth_year, COALESCE(voter.birth_month, 0) AS birth_month
FROM poll
LEFT JOIN people_public_resident AS voter
  ON voter.area_id = :area AND voter.person_id = :person_id
WHERE poll.area_id = :area AND poll.id = :id;

-- name: ballot_put :one
-- params: area, poll_id, ballot_key blob, choices text, receipt text
-- A changed ballot keeps its receipt.
INSERT INTO ballot (area_id, poll_id, ballot_key, choices, receipt)
VALUES (:area, :poll_id, :ballot_key, :choices, :receipt)
ON CONFLICT (area_id, poll_id, ballot_key) DO UPDATE SET choices = excluded.choices
RETURNING receipt;

-- name: ballot_get :maybe
-- params: area, poll_id, ballot_key blob
SELECT choices, receipt FROM ballot
WHERE area_id = :area AND poll_id = :poll_id AND ballot_key = :ballot_key;

-- name: ballot_by_receipt :maybe
-- params: area, poll_id, receipt text
-- Asked only after the count, when all ballots are public.
SELECT choices FROM ballot WHERE area_id = :area AND poll_id = :poll_id AND receipt = :receipt;

-- name: ballot_count :one
-- params: area, poll_id
-- returns: n int
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM ballot WHERE area_id = :area AND poll_id = :poll_id;

-- name: ballots_of_poll :many
-- params: area, poll_id
-- In the order of receipts, which are random: the order of casting cannot be read from it.
SELECT receipt, choices FROM ballot WHERE area_id = :area AND poll_id = :poll_id ORDER BY receipt;

-- name: poll_close :versioned
-- params: area, id, closed_at, version
UPDATE poll SET state = 3, closed_at = :closed_at, version = version + 1
WHERE area_id = :area AND id = :id AND state = 2 AND version = :version;

-- name: poll_counted :versioned
-- params: area, id, counted_at, version
UPDATE poll SET state = 4, counted_at = :counted_at, version = version + 1
WHERE area_id = :area AND id = :id AND state IN (1, 3) AND version = :version;

-- name: result_insert :exec
-- params: area, poll_id, rule text, utility text, tie text, voters, budget_fen, total_cost_fen, endowment text, steps text, computed_at, ballots_sha256 blob
INSERT INTO result (area_id, poll_id, rule, utility, tie, voters, budget_fen, total_cost_fen,
                    endowment, steps, computed_at, ballots_sha256)
VALUES (:area, :poll_id, :rule, :utility, :tie, :voters, :budget_fen, :total_cost_fen, :endowment,
        :steps, :computed_at, :ballots_sha256);

-- name: result_option_insert :exec
-- params: area, poll_id, no, place, is_selected, votes, left_before_fen, reason, funding, price text, payers, supporters_left text, lacked_fen, lacked_votes, lacked_budget_fen
INSERT INTO result_option (area_id, poll_id, no, place, is_selected, votes, left_before_fen, reason,
                           funding, price, payers, supporters_left, lacked_fen, lacked_votes,
                           lacked_budget_fen)
VALUES (:area, :poll_id, :no, :place, :is_selected, :votes, :left_before_fen, :reason, :funding,
        :price, :payers, :supporters_left, :lacked_fen, :lacked_votes, :lacked_budget_fen);

-- name: poll_wins_insert :exec
-- params: area, poll_id, wins, voters
INSERT INTO poll_wins (area_id, poll_id, wins, voters) VALUES (:area, :poll_id, :wins, :voters);

-- name: poll_wins :many
-- params: area, poll_id
SELECT wins, voters FROM poll_wins WHERE area_id = :area AND poll_id = :poll_id ORDER BY wins;

-- name: poll_check_insert :exec
-- params: area, poll_id, no, verdict, option_no, voters, money text
INSERT INTO poll_check (area_id, poll_id, no, verdict, option_no, voters, money)
VALUES (:area, :poll_id, :no, :verdict, :option_no, :voters, :money);

-- name: poll_checks :many
-- params: area, poll_id
SELECT no, verdict, option_no, voters, money FROM poll_check
WHERE area_id = :area AND poll_id = :poll_id ORDER BY no;

-- name: poll_other_insert :exec
-- params: area, poll_id, no, rule text, utility text, completion text, total_cost_fen, selected, added text, removed text, voters_more, voters_fewer
INSERT INTO poll_other (area_id, poll_id, no, rule, utility, completion, total_cost_fen, selected,
                        added, removed, voters_more, voters_fewer)
VALUES (:area, :poll_id, :no, :rule, :utility, :completion, :total_cost_fen, :selected, :added,
        :removed, :voters_more, :voters_fewer);

-- name: poll_others :many
-- params: area, poll_id
SELECT rule, utility, completion, total_cost_fen, selected, added, removed, voters_more,
       voters_fewer
FROM poll_other WHERE area_id = :area AND poll_id = :poll_id ORDER BY no;

-- name: result_get :one
-- params: area, poll_id
SELECT rule, utility, tie, voters, budget_fen, total_cost_fen, endowment, steps, computed_at,
       ballots_sha256
FROM result WHERE area_id = :area AND poll_id = :poll_id;

-- name: result_options :many
-- params: area, poll_id
-- Winners in the order they were chosen, then the others in the order the rule came to them.
SELECT o.no, o.place, o.is_selected, o.votes, o.left_before_fen, o.reason, o.funding, o.price,
       o.payers, o.supporters_left, o.lacked_fen, o.lacked_votes, o.lacked_budget_fen, p.code, p.title,
       p.summary, p.place AS location, p.kind, p.cost_fen, p.proposal_id
FROM result_option AS o
JOIN poll_option AS p ON p.area_id = o.area_id AND p.poll_id = o.poll_id AND p.no = o.no
WHERE o.area_id = :area AND o.poll_id = :poll_id
ORDER BY o.is_selected DESC, CASE WHEN o.place = 0 THEN 1 ELSE 0 END, o.place, o.no;

-- name: poll_publication :maybe
-- params: area, poll_id
-- The notice this result was published with, if it was.
SELECT id, ends_at FROM publicity_public_publication
WHERE area_id = :area AND poll_id = :poll_id ORDER BY id DESC LIMIT 1;

-- Projects on the ballot in which a person has declared an interest.
-- name: poll_interests :one
-- params: area, poll, person
-- returns: n int
SELECT CAST(COUNT(*) AS BIGINT) AS n
FROM poll_option
JOIN screening_public_interest AS interest ON interest.area_id = poll_option.area_id
  AND interest.proposal_id = poll_option.proposal_id
WHERE poll_option.area_id = :area AND poll_option.poll_id = :poll AND poll_option.proposal_id <> 0
  AND interest.person_id = :person
