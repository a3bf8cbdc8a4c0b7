-- Filing (备案): chosen projects as they lie before the street, and what is carried out after it.

-- table: filing_item  owner: filing  scope: area
-- Where a project stands. version is also the number of its last act.
CREATE TABLE filing_item (
  area_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 4), -- 1 filed 2 received 3 returned 4 withdrawn
  version INTEGER NOT NULL,
  PRIMARY KEY (area_id, proposal_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX filing_item_by_round ON filing_item (area_id, round_id, state);

-- table: filing_act  owner: filing  scope: area
-- What was done with it, in order; public, never edited.
CREATE TABLE filing_act (
  area_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  no INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  act INTEGER NOT NULL CHECK (act BETWEEN 1 AND 6), -- 1 filed 2 received 3 returned 4 filed again 5 withdrawn 6 term over
  ground INTEGER NOT NULL CHECK (ground BETWEEN 0 AND 3), -- of a return: 1 clause 2 duplicate 3 amount
  clause INTEGER NOT NULL,           -- number of the exclusion clause, 0: another ground
  other TEXT NOT NULL,               -- which project it doubles
  over_fen INTEGER NOT NULL,         -- by how much it exceeds the money
  letter TEXT NOT NULL,              -- number of the paper (文号), where it has one
  words TEXT NOT NULL,
  acted_by INTEGER NOT NULL,         -- personal: pseudonym; of staff
  acted_at INTEGER NOT NULL,
  PRIMARY KEY (area_id, proposal_id, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX filing_act_by_person ON filing_act (acted_by) WHERE acted_by <> 0;

-- view: filing_public_item  owner: filing  scope: area
-- Where each filed project stands; 4: the community has withdrawn it after the street had returned it.
CREATE VIEW filing_public_item AS
  SELECT area_id, round_id, proposal_id, state FROM filing_item;

-- view: decisions_public_chosen  owner: decisions  scope: area
-- The projects of a round that are to be carried out: what the council has carried (in a round that
-- has no such stage, what the residents' ballot has selected), without what was withdrawn.
CREATE VIEW decisions_public_chosen AS
  SELECT item.area_id, decision.round_id, item.proposal_id
  FROM decision_item AS item
  JOIN decision ON decision.area_id = item.area_id AND decision.id = item.decision_id
  WHERE item.stands = 1 AND item.step = 'decide' AND decision.outcome = 2 AND NOT EXISTS (
    SELECT 1 FROM filing_public_item AS filed
    WHERE filed.area_id = item.area_id AND filed.proposal_id = item.proposal_id AND filed.state = 4)
  UNION ALL
  SELECT outcome.area_id, outcome.round_id, outcome.proposal_id
  FROM polls_public_outcome AS outcome
  WHERE outcome.is_selected = 1 AND NOT EXISTS (
    SELECT 1 FROM programmes_public_stage AS stage
    WHERE stage.area_id = outcome.area_id AND stage.round_id = outcome.round_id AND stage.kind = 'decide')
  AND NOT EXISTS (
    SELECT 1 FROM filing_public_item AS filed
    WHERE filed.area_id = outcome.area_id AND filed.proposal_id = outcome.proposal_id AND filed.state = 4);

-- view: delivery_public_funded  owner: delivery  scope: area
-- What is to be carried out, each with its whole price: a project for each.
CREATE VIEW delivery_public_funded AS
  SELECT chosen.area_id, chosen.round_id, chosen.proposal_id, proposal.title, proposal.kind, proposal.cost_fen
  FROM decisions_public_chosen AS chosen
  JOIN proposals_public_proposal AS proposal ON proposal.area_id = chosen.area_id AND proposal.id = chosen.proposal_id;
