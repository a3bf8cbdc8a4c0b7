-- table: reply  owner: replies  scope: area
-- The answer to whoever made a proposal that was refused, merged or lost: one a proposal, so that
-- each proposer of a merged one has their own. kind and about say what it answers: 1 refused (about =
-- decided_at), 2 merged (about = the proposal it goes on in; once that one is refused its decided_at,
-- once the round is counted the poll, once the council has decided the decision), 3 lost and 4 not put to the vote
-- (about = the poll), 5 not carried by the council (about = the decision). Who is owed one: the view
-- replies_public_case (0019). When the record changes they no longer agree with it, and it waits again.
CREATE TABLE reply (
  area_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 6),
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
