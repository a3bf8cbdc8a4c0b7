-- table: decision  owner: decisions  scope: area
-- One meeting of a round's 三议, or one decision of owners, as recorded; never edited, voided with a reason.
-- kind: DiscussionKind in programmes_rules.h. outcome: 1 recorded, 2 carried, 3 not carried, 4 no quorum.
-- The rule it went by is kept with it: the law changes, the record does not.
CREATE TABLE decision (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  step TEXT NOT NULL,                -- code of the discussion in the round's rules
  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),
  body TEXT NOT NULL,                -- who met: 居民议事会
  mandate TEXT NOT NULL,             -- why they may decide; empty where none is asked
  place TEXT NOT NULL,
  held_on INTEGER NOT NULL,
  members INTEGER NOT NULL,
  present INTEGER NOT NULL,
  yes INTEGER NOT NULL,
  no INTEGER NOT NULL,
  area_members INTEGER NOT NULL,     -- of owners: square metres, as the next two
  area_present INTEGER NOT NULL,
  area_yes INTEGER NOT NULL,
  quorum_numerator INTEGER NOT NULL,
  quorum_denominator INTEGER NOT NULL, -- 0: none was asked, likewise below
  threshold_numerator INTEGER NOT NULL,
  threshold_denominator INTEGER NOT NULL,
  rule_from_on INTEGER NOT NULL,     -- day the rule holds from, 0: not said
  basis TEXT NOT NULL,
  outcome INTEGER NOT NULL CHECK (outcome BETWEEN 1 AND 4),
  words TEXT NOT NULL,               -- what was said and decided; public
  kept_in TEXT NOT NULL,             -- where the signed sheet is
  recorded_at INTEGER NOT NULL,
  recorded_by INTEGER NOT NULL,
  voided_at INTEGER NOT NULL,        -- 0: it stands
  voided_by INTEGER NOT NULL,
  void_reason TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_by_round ON decision (area_id, round_id, id);

-- table: decision_item  owner: decisions  scope: area
-- The projects a record is about. Of each step one record at most stands for a project.
CREATE TABLE decision_item (
  area_id INTEGER NOT NULL,
  decision_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  step TEXT NOT NULL,                -- that of the record; "owners" for every decision of owners
  stands INTEGER NOT NULL CHECK (stands BETWEEN 0 AND 1),
  PRIMARY KEY (area_id, decision_id, proposal_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX decision_item_that_stands ON decision_item (area_id, proposal_id, step) WHERE stands = 1;

-- table: decision_person  owner: decisions  scope: area
CREATE TABLE decision_person (
  area_id INTEGER NOT NULL,
  decision_id INTEGER NOT NULL,
  no INTEGER NOT NULL,
  person_id INTEGER NOT NULL,        -- personal: pseudonym; 0 when the roll does not know them for certain
  name TEXT NOT NULL,                -- personal: name
  office TEXT NOT NULL,              -- of who was there in office; empty: a resident
  PRIMARY KEY (area_id, decision_id, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_person_by_person ON decision_person (person_id) WHERE person_id <> 0;

-- table: decision_owner_need  owner: decisions  scope: area
-- Whether a chosen project uses what belongs to owners in common, as a person has said.
CREATE TABLE decision_owner_need (
  area_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  is_needed INTEGER NOT NULL CHECK (is_needed BETWEEN 0 AND 1),
  said_by INTEGER NOT NULL,
  said_at INTEGER NOT NULL,
  PRIMARY KEY (area_id, proposal_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_owner_need_by_round ON decision_owner_need (area_id, round_id);

-- view: decisions_public_item  owner: decisions  scope: area
-- What stands of each project: which step, with which outcome, when.
CREATE VIEW decisions_public_item AS
  SELECT item.area_id, decision.round_id, item.proposal_id, item.step, decision.id AS decision_id, decision.kind,
         decision.outcome, decision.held_on, decision.body
  FROM decision_item AS item
  JOIN decision ON decision.area_id = item.area_id AND decision.id = item.decision_id
  WHERE item.stands = 1;
