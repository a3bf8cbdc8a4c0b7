-- The project library, and what residents want of it.

-- table: library_entry  owner: library  scope: area
-- kind: ProposalKind in proposals_rules.h. Offered in its area and in all below until ended_on.
CREATE TABLE library_entry (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  title TEXT NOT NULL,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
  scope TEXT NOT NULL,
  provider TEXT NOT NULL,            -- a firm or an organisation; may be empty
  price_fen INTEGER NOT NULL,        -- of one unit; 0: none known
  unit TEXT NOT NULL,
  basis TEXT NOT NULL,               -- where the price comes from
  project_id INTEGER NOT NULL,       -- the finished project it was made of; 0: none
  ended_on INTEGER NOT NULL,         -- 0: offered
  end_reason TEXT NOT NULL,
  created_by INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX library_entry_by_project ON library_entry (area_id, project_id) WHERE project_id <> 0 AND ended_on = 0;

-- table: library_pick  owner: library  scope: area
-- A resident of the community wants it here; the entry may be of an area above.
CREATE TABLE library_pick (
  area_id INTEGER NOT NULL,
  entry_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,        -- personal: pseudonym
  picked_at INTEGER NOT NULL,
  PRIMARY KEY (area_id, entry_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX library_pick_by_person ON library_pick (person_id);

-- view: library_public_entry  owner: library  scope: area
CREATE VIEW library_public_entry AS
  SELECT area_id, id, title, kind, scope FROM library_entry WHERE ended_on = 0;
