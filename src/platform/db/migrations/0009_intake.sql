-- table: proposal_gram  owner: proposals  scope: area
-- The signs a proposal is made of, to find those like it in the same round (proposals_similar_rules.h).
CREATE TABLE proposal_gram (
  area_id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  gram TEXT NOT NULL,
  proposal_id INTEGER NOT NULL,
  PRIMARY KEY (area_id, round_id, gram, proposal_id)
) STRICT, WITHOUT ROWID;

-- table: proposal_support  owner: proposals  scope: area
-- 附议: residents who want the same and wrote nothing of their own.
CREATE TABLE proposal_support (
  area_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,        -- personal: pseudonym
  supported_at INTEGER NOT NULL,
  PRIMARY KEY (area_id, proposal_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX proposal_support_by_person ON proposal_support (person_id);

-- table: proposal_merge  owner: proposals  scope: area
-- One act of merging (id) moves a proposal and those merged into it before; the rows say what undo
-- puts back.
CREATE TABLE proposal_merge (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,      -- what moved
  from_main INTEGER NOT NULL,        -- merged_into before; 0: it stood alone
  to_main INTEGER NOT NULL,
  state_before INTEGER NOT NULL,
  stage_no INTEGER NOT NULL,         -- of the round, when it was merged: undo belongs to that stage
  merged_at INTEGER NOT NULL,
  merged_by INTEGER NOT NULL,
  undone_at INTEGER NOT NULL,        -- 0: it holds
  PRIMARY KEY (area_id, id, proposal_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX proposal_merge_by_proposal ON proposal_merge (area_id, proposal_id, id);

-- table: proposal_adviser  owner: proposals  scope: area
-- 技术支持: an adviser or a department's contact who helps a proposal along.
CREATE TABLE proposal_adviser (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind IN (1, 2)), -- 1 adviser 2 department
  organisation TEXT NOT NULL,
  name TEXT NOT NULL,                -- personal: name
  phone TEXT NOT NULL,               -- personal: contact
  note TEXT NOT NULL,                -- what they help with, public
  added_at INTEGER NOT NULL,
  added_by INTEGER NOT NULL,
  ended_at INTEGER NOT NULL,         -- 0: still helping
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX proposal_adviser_by_proposal ON proposal_adviser (area_id, proposal_id, id);

-- Everybody who stands behind a proposal that goes on: its proposer, those of the proposals merged
-- into it (how 1), and those who support one of them (how 2).
-- view: proposals_public_proposer  owner: proposals  scope: area
CREATE VIEW proposals_public_proposer AS
  SELECT area_id, CASE WHEN merged_into = 0 THEN id ELSE merged_into END AS main_id, id AS proposal_id,
         proposer_id AS person_id, 1 AS how
  FROM proposal WHERE state <> 4
  UNION ALL
  SELECT proposal.area_id, CASE WHEN proposal.merged_into = 0 THEN proposal.id ELSE proposal.merged_into END,
         proposal.id, proposal_support.person_id, 2
  FROM proposal_support
  JOIN proposal ON proposal.area_id = proposal_support.area_id AND proposal.id = proposal_support.proposal_id;

-- view: people_public_roll  owner: people  scope: area
-- Who lives where, for staff who take down what people say.
CREATE VIEW people_public_roll AS
  SELECT resident.area_id, resident.person_id, person.name, person.phone, resident.building, resident.door,
         resident.place_key
  FROM resident JOIN person ON person.id = resident.person_id
  WHERE resident.left_on = 0;
CREATE INDEX person_by_name ON person (name);
