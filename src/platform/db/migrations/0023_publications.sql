-- What other rooms let everybody know of a round, and what of it each publication has shown.

-- view: decisions_public_record  owner: decisions  scope: area
-- Records that stand, with their figures and the rule they went by.
CREATE VIEW decisions_public_record AS
  SELECT area_id, id, round_id, step, body, mandate, held_on, members, present, yes, no, quorum_numerator,
         quorum_denominator, threshold_numerator, threshold_denominator, outcome
  FROM decision WHERE voided_at = 0;

-- view: delivery_public_purchase  owner: delivery  scope: area
-- Purchases in which somebody is chosen; bidder: who.
CREATE VIEW delivery_public_purchase AS
  SELECT bought.area_id, project.round_id, bought.proposal_id, bought.no, bought.title, bought.method, bought.called_on,
         bought.chosen_on, bidder.name AS bidder, bidder.quote_fen, bought.reason, bought.contract_number,
         bought.contract_fen, bought.signed_on, bought.due_on
  FROM delivery_project AS project
  JOIN delivery_purchase AS bought ON bought.area_id = project.area_id AND bought.proposal_id = project.proposal_id
  JOIN delivery_bidder AS bidder ON bidder.area_id = bought.area_id AND bidder.proposal_id = bought.proposal_id
    AND bidder.purchase_no = bought.no AND bidder.no = bought.bidder_no
  WHERE bought.state >= 2;

-- view: delivery_public_bidder  owner: delivery  scope: area
CREATE VIEW delivery_public_bidder AS
  SELECT area_id, proposal_id, purchase_no, no, name, quote_fen FROM delivery_bidder;

-- view: delivery_public_end  owner: delivery  scope: area
-- How each funded project ended or stands: what it costs by the ledger (under contract, asked for,
-- paid, retained), who accepted it (how many), with which words.
CREATE VIEW delivery_public_end AS
  SELECT funded.area_id, funded.round_id, funded.proposal_id, funded.title, funded.kind, funded.cost_fen AS estimate_fen,
         COALESCE(project.state, 1) AS state, COALESCE(project.state_on, 0) AS state_on,
         (SELECT CAST(COALESCE(SUM(posting.amount_fen), 0) AS BIGINT) FROM delivery_posting AS posting
          WHERE posting.area_id = funded.area_id AND posting.proposal_id = funded.proposal_id
            AND posting.account BETWEEN 3 AND 6) AS cost_fen,
         (SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_acceptor AS acceptor
          WHERE acceptor.area_id = funded.area_id AND acceptor.proposal_id = funded.proposal_id
            AND acceptor.acceptance_no = held.no) AS acceptors,
         CASE COALESCE(project.state, 1) WHEN 3 THEN project.reason ELSE COALESCE(held.words, '') END AS words
  FROM delivery_public_funded AS funded
  LEFT JOIN delivery_project AS project ON project.area_id = funded.area_id AND project.proposal_id = funded.proposal_id
  LEFT JOIN delivery_acceptance AS held ON held.area_id = funded.area_id AND held.proposal_id = funded.proposal_id
    AND held.is_passed = 1 AND project.state = 2
    AND held.no = (SELECT MAX(last.no) FROM delivery_acceptance AS last WHERE last.area_id = funded.area_id
                   AND last.proposal_id = funded.proposal_id AND last.is_passed = 1);

-- table: published_project  owner: publicity  scope: area
-- A project a publication speaks of: selected by the ballot, decided by the council, or carried out.
CREATE TABLE published_project (
  area_id INTEGER NOT NULL,
  publication_id INTEGER NOT NULL,
  line INTEGER NOT NULL,             -- its number on the ballot, else the proposal
  place INTEGER NOT NULL,            -- in the order they are shown; equal ones by line
  proposal_id INTEGER NOT NULL,      -- 0: none
  title TEXT NOT NULL,
  kind INTEGER NOT NULL,
  votes INTEGER NOT NULL,
  cost_fen INTEGER NOT NULL,         -- as it was estimated
  decision_id INTEGER NOT NULL,      -- whose council decided; 0: none
  outcome INTEGER NOT NULL,          -- DecisionOutcome; 0: none
  final_fen INTEGER NOT NULL,        -- what it costs by the ledger
  state INTEGER NOT NULL,            -- DeliveryState; 0: not come to that
  state_on INTEGER NOT NULL,
  acceptors INTEGER NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (area_id, publication_id, line)
) STRICT, WITHOUT ROWID;

-- table: published_meeting  owner: publicity  scope: area
CREATE TABLE published_meeting (
  area_id INTEGER NOT NULL,
  publication_id INTEGER NOT NULL,
  decision_id INTEGER NOT NULL,
  body TEXT NOT NULL,
  mandate TEXT NOT NULL,
  held_on INTEGER NOT NULL,
  members INTEGER NOT NULL,
  present INTEGER NOT NULL,
  yes INTEGER NOT NULL,
  no INTEGER NOT NULL,
  outcome INTEGER NOT NULL,
  PRIMARY KEY (area_id, publication_id, decision_id)
) STRICT, WITHOUT ROWID;

-- table: published_purchase  owner: publicity  scope: area
CREATE TABLE published_purchase (
  area_id INTEGER NOT NULL,
  publication_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  purchase_no INTEGER NOT NULL,
  project TEXT NOT NULL,
  title TEXT NOT NULL,
  method INTEGER NOT NULL,           -- PurchaseMethod
  called_on INTEGER NOT NULL,
  chosen_on INTEGER NOT NULL,
  bidder TEXT NOT NULL,              -- a firm
  quote_fen INTEGER NOT NULL,
  reason TEXT NOT NULL,
  contract_number TEXT NOT NULL,     -- empty: not signed when it was published, as the next ones
  contract_fen INTEGER NOT NULL,
  signed_on INTEGER NOT NULL,
  due_on INTEGER NOT NULL,
  PRIMARY KEY (area_id, publication_id, proposal_id, purchase_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX published_purchase_by_purchase ON published_purchase (area_id, proposal_id, purchase_no);

-- table: published_bidder  owner: publicity  scope: area
CREATE TABLE published_bidder (
  area_id INTEGER NOT NULL,
  publication_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  purchase_no INTEGER NOT NULL,
  no INTEGER NOT NULL,
  name TEXT NOT NULL,                -- of a firm
  quote_fen INTEGER NOT NULL,
  PRIMARY KEY (area_id, publication_id, proposal_id, purchase_no, no)
) STRICT, WITHOUT ROWID;

-- view: publicity_public_next_project  owner: publicity  scope: area
-- What a publication would say of each project now, by its subject: 1 the counted ballot's winners
-- (of poll_id), 2 what the council decided, 4 how the works ended.
CREATE VIEW publicity_public_next_project AS
  SELECT poll.area_id, poll.round_id, 1 AS subject, poll.id AS poll_id, chosen.no AS line, chosen.place, chosen.proposal_id,
         chosen.title, chosen.kind, chosen.votes, chosen.cost_fen, 0 AS decision_id, 0 AS outcome, 0 AS final_fen,
         0 AS state, 0 AS state_on, 0 AS acceptors, '' AS words
  FROM polls_public_poll AS poll
  JOIN polls_public_result_option AS chosen ON chosen.area_id = poll.area_id AND chosen.poll_id = poll.id
    AND chosen.is_selected = 1
  WHERE poll.state = 4
  UNION ALL
  SELECT item.area_id, item.round_id, 2, 0, item.proposal_id, CASE item.outcome WHEN 2 THEN 1 ELSE 2 END, item.proposal_id,
         proposal.title, proposal.kind, 0, proposal.cost_fen, item.decision_id, item.outcome, 0, 0, 0, 0, ''
  FROM decisions_public_item AS item
  JOIN proposals_public_proposal AS proposal ON proposal.area_id = item.area_id AND proposal.id = item.proposal_id
  WHERE item.step = 'decide'
  UNION ALL
  SELECT area_id, round_id, 4, 0, proposal_id, 1, proposal_id, title, kind, 0, estimate_fen, 0, 0, cost_fen, state,
         state_on, acceptors, words
  FROM delivery_public_end;

-- view: publicity_public_next_purchase  owner: publicity  scope: area
-- Purchases no publication that stands has shown.
CREATE VIEW publicity_public_next_purchase AS
  SELECT bought.area_id, bought.round_id, bought.proposal_id, bought.no AS purchase_no, proposal.title AS project,
         bought.title, bought.method, bought.called_on, bought.chosen_on, bought.bidder, bought.quote_fen, bought.reason,
         bought.contract_number, bought.contract_fen, bought.signed_on, bought.due_on
  FROM delivery_public_purchase AS bought
  JOIN proposals_public_proposal AS proposal ON proposal.area_id = bought.area_id AND proposal.id = bought.proposal_id
  WHERE NOT EXISTS (
    SELECT 1 FROM published_purchase AS shown
    JOIN publication ON publication.area_id = shown.area_id AND publication.id = shown.publication_id
      AND publication.replaced_by = 0
    WHERE shown.area_id = bought.area_id AND shown.proposal_id = bought.proposal_id AND shown.purchase_no = bought.no);

-- view: replies_public_case  owner: replies  scope: area
-- Every proposal of a round that is owed an answer. council: what it decided of the proposal, or of the
-- one it goes on in. about of one not shortlisted: when the list was fixed.
CREATE VIEW replies_public_case AS
  SELECT origin.area_id, origin.id AS proposal_id, origin.round_id, origin.title, origin.channel, origin.decided_at,
         CASE origin.state WHEN 3 THEN 1 WHEN 5 THEN 2
           ELSE CASE WHEN council.decision_id IS NOT NULL THEN 5 WHEN outcome.poll_id IS NOT NULL THEN 3
             WHEN fixed.round_id IS NOT NULL THEN 6 ELSE 4 END END AS kind,
         CASE origin.state WHEN 3 THEN origin.decided_at WHEN 5
           THEN COALESCE(council.decision_id, poll.id, CASE main.state WHEN 3 THEN main.decided_at ELSE origin.merged_into END)
           ELSE COALESCE(council.decision_id, CASE WHEN outcome.poll_id IS NULL AND fixed.round_id IS NOT NULL
             THEN fixed.fixed_at ELSE poll.id END) END AS about
  FROM proposals_public_origin AS origin
  LEFT JOIN proposals_public_origin AS main ON main.area_id = origin.area_id AND main.id = origin.merged_into
  LEFT JOIN decisions_public_item AS council ON council.area_id = origin.area_id AND council.step = 'decide'
    AND council.proposal_id = CASE origin.state WHEN 5 THEN origin.merged_into ELSE origin.id END
  LEFT JOIN polls_public_poll AS poll ON poll.area_id = origin.area_id AND poll.round_id = origin.round_id AND poll.state = 4
  LEFT JOIN polls_public_outcome AS outcome ON outcome.area_id = origin.area_id AND outcome.poll_id = poll.id
    AND outcome.proposal_id = origin.id
  LEFT JOIN shortlist_public_list AS fixed ON fixed.area_id = origin.area_id AND fixed.round_id = origin.round_id
    AND NOT EXISTS (SELECT 1 FROM shortlist_public_item AS item WHERE item.area_id = origin.area_id
      AND item.proposal_id = origin.id AND item.outcome = 1)
  WHERE origin.state IN (3, 5) OR (origin.state = 2 AND council.decision_id IS NOT NULL AND council.outcome <> 2)
    OR (origin.state = 2 AND council.decision_id IS NULL AND (fixed.round_id IS NOT NULL
      OR (poll.id IS NOT NULL AND COALESCE(outcome.is_selected, 0) = 0)));

-- view: replies_public_reply  owner: replies  scope: area
-- What was delivered and still answers the record.
CREATE VIEW replies_public_reply AS
  SELECT reply.area_id, reply.proposal_id, reply.round_id, reply.kind, reply.words, reply.way, reply.delivered_at
  FROM reply
  JOIN replies_public_case AS owed ON owed.area_id = reply.area_id AND owed.proposal_id = reply.proposal_id
    AND owed.kind = reply.kind AND owed.about = reply.about
  WHERE reply.delivered_at > 0;
