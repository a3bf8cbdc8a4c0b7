-- What happens to a project on its way: changes, delays, visits by residents' supervisors.

-- table: delivery_change  owner: delivery  scope: area
CREATE TABLE delivery_change (
  area_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  no INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4), -- DeliveryChangeKind
  changed_on INTEGER NOT NULL,
  words TEXT NOT NULL,               -- what and why, public
  step TEXT NOT NULL,                -- of a delay: the milestone, as it was called
  old_due_on INTEGER NOT NULL,       -- of a delay; 0 otherwise, as the next
  new_due_on INTEGER NOT NULL,
  recorded_by INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  PRIMARY KEY (area_id, proposal_id, no)
) STRICT, WITHOUT ROWID;

-- table: delivery_visit  owner: delivery  scope: area
CREATE TABLE delivery_visit (
  area_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  no INTEGER NOT NULL,
  visited_on INTEGER NOT NULL,
  name TEXT NOT NULL,                -- personal: name
  what TEXT NOT NULL,                -- 居民监督员
  words TEXT NOT NULL,               -- what they saw, public
  recorded_by INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  PRIMARY KEY (area_id, proposal_id, no)
) STRICT, WITHOUT ROWID;
