-- The report on a round: figures from the record, frozen with the secretary's words when published.

-- view: delivery_public_posting  owner: delivery  scope: area
-- The money of a round's projects: into each account by source (LedgerAccount, LedgerSource).
CREATE VIEW delivery_public_posting AS
  SELECT posting.area_id, project.round_id, posting.proposal_id, posting.account, posting.source, posting.amount_fen
  FROM delivery_posting AS posting
  JOIN delivery_project AS project ON project.area_id = posting.area_id
    AND project.proposal_id = posting.proposal_id;

-- view: publicity_public_objection  owner: publicity  scope: area
-- When residents objected and were answered; neither who nor what.
CREATE VIEW publicity_public_objection AS
  SELECT objection.area_id, publication.round_id, objection.publication_id, objection.objected_at, objection.answered_at
  FROM objection
  JOIN publication ON publication.area_id = objection.area_id AND publication.id = objection.publication_id;

-- table: rating_report  owner: ratings  scope: area
-- state: 1 draft, 2 published and never changed again; a correction is the next number with a reason.
CREATE TABLE rating_report (
  area_id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  no INTEGER NOT NULL,               -- 1 ..
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 2),
  words TEXT NOT NULL,
  reason TEXT NOT NULL,              -- of a correction, public; empty for the first
  published_at INTEGER NOT NULL,     -- 0: not yet
  published_by INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (area_id, round_id, no)
) STRICT, WITHOUT ROWID;

-- table: rating_figure  owner: ratings  scope: area
-- A line of a published report. part, code, unit: ratings_report_rules.h.
CREATE TABLE rating_figure (
  area_id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  report_no INTEGER NOT NULL,
  no INTEGER NOT NULL,               -- 1 .. in the order of the report
  part INTEGER NOT NULL,
  code INTEGER NOT NULL,             -- which figure of the part; 0 when the label says it
  label TEXT NOT NULL,               -- what is named by data: project, stage, kind
  label_en TEXT NOT NULL,
  value INTEGER NOT NULL,
  whole INTEGER NOT NULL,            -- what it is compared with; -1: nothing
  PRIMARY KEY (area_id, round_id, report_no, no)
) STRICT, WITHOUT ROWID;
