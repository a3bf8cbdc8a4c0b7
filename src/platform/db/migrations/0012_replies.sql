-- table: reply  owner: replies  scope: area
-- The answer to whoever made a proposal that was refused, merged or lost: one a proposal, so that
-- each proposer of a merged one has their own. kind and about say what it answers: 1 refused (about =
-- decided_at), 2 merged (about = the proposal it goes on in; once that one is refused its decided_at,
-- once the round is counted the poll), 3 lost and 4 not put to the vote
-- (about = the poll). When the record changes they no longer agree with it, and it waits again.
CREATE TABLE reply (
  area_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4),
  about INTEGER NOT NULL,
  words TEXT NOT NULL,
  written_at INTEGER NOT NULL,
  written_by INTEGER NOT NULL,
  way INTEGER NOT NULL,              -- how it reaches them: ReplyWay in replies_rules.h
  delivered_at INTEGER NOT NULL,     -- 0: written, not yet delivered
  deliverer TEXT NOT NULL,           -- personal: name; who told them, empty when the program did
  recorded_by INTEGER NOT NULL,      -- staff who recorded the delivery
  batch_id INTEGER NOT NULL DEFAULT 0, -- what was recorded in one go has one; 0: by itself
  version INTEGER NOT NULL,
  PRIMARY KEY (area_id, proposal_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reply_by_round ON reply (area_id, round_id, proposal_id);
CREATE INDEX poll_option_by_proposal ON poll_option (area_id, proposal_id) WHERE proposal_id <> 0;

-- view: proposals_public_origin  owner: proposals  scope: area
-- Who asked for what, and how they asked: for staff who answer them.
CREATE VIEW proposals_public_origin AS
  SELECT proposal.area_id, proposal.id, proposal.round_id, proposal.title, proposal.need, proposal.state, proposal.reason,
         proposal.channel, proposal.ticket, proposal.merged_into, proposal.receipt, proposal.proposer_id,
         proposal.proposer_name, proposal.proposer_phone, proposal.entered_by, proposal.decided_at
  FROM proposal;

-- view: polls_public_outcome  owner: polls  scope: area
-- What became of each proposal in the counted poll of its round, and what a loser lacked (-1: nothing helps).
CREATE VIEW polls_public_outcome AS
  SELECT poll.area_id, poll.round_id, poll.id AS poll_id, poll_option.proposal_id, result_option.is_selected,
         result_option.votes, poll_option.cost_fen, result_option.lacked_fen, result_option.lacked_votes
  FROM poll_option
  JOIN poll ON poll.area_id = poll_option.area_id AND poll.id = poll_option.poll_id AND poll.state = 4
  JOIN result_option ON result_option.area_id = poll_option.area_id
    AND result_option.poll_id = poll_option.poll_id AND result_option.no = poll_option.no
  WHERE poll_option.proposal_id <> 0;

-- view: replies_public_case  owner: replies  scope: area
-- Every proposal of a round that is owed an answer.
CREATE VIEW replies_public_case AS
  SELECT origin.area_id, origin.id AS proposal_id, origin.round_id, origin.title, origin.channel, origin.decided_at,
         CASE origin.state WHEN 3 THEN 1 WHEN 5 THEN 2 ELSE CASE WHEN outcome.poll_id IS NULL THEN 4 ELSE 3 END END AS kind,
         CASE origin.state WHEN 3 THEN origin.decided_at WHEN 5
           THEN COALESCE(poll.id, CASE main.state WHEN 3 THEN main.decided_at ELSE origin.merged_into END)
           ELSE poll.id END AS about
  FROM proposals_public_origin AS origin
  LEFT JOIN proposals_public_origin AS main ON main.area_id = origin.area_id AND main.id = origin.merged_into
  LEFT JOIN polls_public_poll AS poll ON poll.area_id = origin.area_id AND poll.round_id = origin.round_id AND poll.state = 4
  LEFT JOIN polls_public_outcome AS outcome ON outcome.area_id = origin.area_id AND outcome.poll_id = poll.id
    AND outcome.proposal_id = origin.id
  WHERE origin.state IN (3, 5) OR (origin.state = 2 AND poll.id IS NOT NULL AND COALESCE(outcome.is_selected, 0) = 0);

-- view: replies_public_reply  owner: replies  scope: area
-- What was delivered and still answers the record.
CREATE VIEW replies_public_reply AS
  SELECT reply.area_id, reply.proposal_id, reply.round_id, reply.kind, reply.words, reply.way, reply.delivered_at
  FROM reply
  JOIN replies_public_case AS owed ON owed.area_id = reply.area_id AND owed.proposal_id = reply.proposal_id
    AND owed.kind = reply.kind AND owed.about = reply.about
  WHERE reply.delivered_at > 0;
