-- The launch of a round: how people were told, who was trained.

-- table: outreach  owner: launch  scope: area
-- A line of the outreach log. It is corrected or withdrawn with a reason; record_change keeps what it said before.
CREATE TABLE outreach (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  channel INTEGER NOT NULL CHECK (channel BETWEEN 1 AND 11), -- OutreachChannel in launch_rules.h
  told_on INTEGER NOT NULL,
  place TEXT NOT NULL,               -- public
  reached INTEGER NOT NULL CHECK (reached >= 0), -- people; 0: nobody counted
  by_whom TEXT NOT NULL,             -- personal: name; who did it, as typed, for staff only
  note TEXT NOT NULL,                -- for staff only
  photo_id INTEGER NOT NULL,         -- 0: none; shown to everybody or kept for staff, as the photo says
  is_withdrawn INTEGER NOT NULL CHECK (is_withdrawn IN (0, 1)),
  recorded_by INTEGER NOT NULL,      -- staff
  recorded_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX outreach_by_round ON outreach (area_id, round_id, told_on, id);

-- table: training  owner: launch  scope: area
CREATE TABLE training (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  held_on INTEGER NOT NULL,          -- day it is planned for, or was held
  hours TEXT NOT NULL,               -- 19:00—20:30; may be empty
  subject TEXT NOT NULL,
  audience INTEGER NOT NULL CHECK (audience BETWEEN 1 AND 4), -- TrainingAudience in launch_rules.h
  place TEXT NOT NULL,
  trainer TEXT NOT NULL,             -- personal: name; as typed, for staff only
  document_area_id INTEGER NOT NULL, -- of the material in the library; 0: none
  document_id INTEGER NOT NULL,
  file_id INTEGER NOT NULL,          -- material of its own, for everybody; 0: none
  file_name TEXT NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 3), -- 1 planned 2 held 3 withdrawn
  present INTEGER NOT NULL CHECK (present >= 0), -- how many came; 0 until held
  recorded_by INTEGER NOT NULL,      -- staff
  recorded_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX training_by_round ON training (area_id, round_id, held_on, id);

-- table: training_person  owner: launch  scope: area
-- Who signed in: somebody on the roll, or a name as written. Their number stands in training.present.
CREATE TABLE training_person (
  area_id INTEGER NOT NULL,
  training_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,        -- personal: pseudonym; 0: not matched to the roll
  name TEXT NOT NULL,                -- personal: name; as written, empty when matched
  PRIMARY KEY (area_id, training_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX training_person_by_person ON training_person (person_id) WHERE person_id <> 0;
