-- table: area  owner: areas  scope: instance
-- The tree: city, district, street, community, building or grid. A community is the tenant.
CREATE TABLE area (
  id INTEGER NOT NULL,
  parent_id INTEGER NOT NULL,        -- 0 for the top
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 5), -- 1 city 2 district 3 street 4 community 5 building/grid
  name TEXT NOT NULL,
  name_en TEXT NOT NULL,
  code TEXT NOT NULL,                -- 12-digit statistical code, or empty
  phone TEXT NOT NULL,               -- of the service station
  address TEXT NOT NULL,
  hours TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (id),
  UNIQUE (parent_id, name)
) STRICT, WITHOUT ROWID;

-- table: person  owner: people  scope: instance
CREATE TABLE person (
  id INTEGER NOT NULL,
  name TEXT NOT NULL,                -- personal: name
  phone TEXT NOT NULL,               -- personal: contact; empty when there is none
  birth_year INTEGER NOT NULL,       -- personal: birth; 0 unknown
  birth_month INTEGER NOT NULL,      -- personal: birth; 0 unknown
  created_at INTEGER NOT NULL,
  erased_at INTEGER NOT NULL,        -- 0: not erased
  version INTEGER NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_by_phone ON person (phone);

-- table: resident  owner: people  scope: area
-- The roll of a community.
CREATE TABLE resident (
  area_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  building TEXT NOT NULL,            -- personal: address
  door TEXT NOT NULL,                -- personal: address
  place_key TEXT NOT NULL,           -- personal: address; building and door as they sort (people_rules.h)
  residency INTEGER NOT NULL CHECK (residency BETWEEN 1 AND 4), -- 1 registered 2 tenant 3 owner registered elsewhere 4 works here
  since_on INTEGER NOT NULL,
  left_on INTEGER NOT NULL,          -- day they left the roll, or 0
  version INTEGER NOT NULL,
  PRIMARY KEY (area_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX resident_by_person ON resident (person_id);
CREATE INDEX resident_by_place ON resident (area_id, place_key, person_id);

-- table: role_grant  owner: people  scope: instance
CREATE TABLE role_grant (
  id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  role INTEGER NOT NULL,
  area_id INTEGER NOT NULL,
  granted_by INTEGER NOT NULL,
  granted_at INTEGER NOT NULL,
  starts_on INTEGER NOT NULL,
  ends_on INTEGER NOT NULL,          -- last day of the term, or 0
  revoked_at INTEGER NOT NULL,       -- 0: not revoked
  revoked_by INTEGER NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX role_grant_by_person ON role_grant (person_id);
CREATE INDEX role_grant_by_area ON role_grant (area_id, role);

-- table: roll_import  owner: people  scope: area
-- state: 1 preview, 2 taken in, 3 undone, 4 dropped.
CREATE TABLE roll_import (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  file_name TEXT NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 4),
  by_person INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  decided_at INTEGER NOT NULL,
  rows_new INTEGER NOT NULL,
  rows_changed INTEGER NOT NULL,
  rows_same INTEGER NOT NULL,
  rows_bad INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;

-- table: roll_import_row  owner: people  scope: area
-- kind: 1 new, 2 changed, 3 same, 4 bad. A new person's id is given when the row is staged. before_*
-- hold what undo puts back. Rows of a dropped or undone import are deleted.
CREATE TABLE roll_import_row (
  area_id INTEGER NOT NULL,
  import_id INTEGER NOT NULL,
  line INTEGER NOT NULL,             -- line of the file, header is 1
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4),
  person_id INTEGER NOT NULL,        -- 0 for bad rows
  name TEXT NOT NULL,                -- personal: name
  phone TEXT NOT NULL,               -- personal: contact
  building TEXT NOT NULL,            -- personal: address
  door TEXT NOT NULL,                -- personal: address
  place_key TEXT NOT NULL,           -- personal: address
  birth_year INTEGER NOT NULL,       -- personal: birth
  birth_month INTEGER NOT NULL,      -- personal: birth
  residency INTEGER NOT NULL,
  bad_column INTEGER NOT NULL,       -- column number of the file, 0 when fine
  bad_code TEXT NOT NULL,            -- public name of the error code
  bad_number INTEGER NOT NULL,       -- parameter of its sentence
  bad_cell TEXT NOT NULL,            -- personal: contact; what the cell says
  before_phone TEXT NOT NULL,        -- personal: contact
  before_building TEXT NOT NULL,     -- personal: address
  before_door TEXT NOT NULL,         -- personal: address
  before_place_key TEXT NOT NULL,    -- personal: address
  before_birth_year INTEGER NOT NULL,  -- personal: birth
  before_birth_month INTEGER NOT NULL, -- personal: birth
  before_residency INTEGER NOT NULL,
  PRIMARY KEY (area_id, import_id, line)
) STRICT, WITHOUT ROWID;

-- view: areas_public_area  owner: areas  scope: instance
CREATE VIEW areas_public_area AS
  SELECT id, parent_id, kind, name, name_en, code, phone, address, hours FROM area;

-- view: people_public_person  owner: people  scope: instance
CREATE VIEW people_public_person AS
  SELECT id, name FROM person;

-- view: people_public_resident  owner: people  scope: area
CREATE VIEW people_public_resident AS
  SELECT resident.area_id, resident.person_id, resident.residency, resident.since_on, resident.left_on,
         person.birth_year, person.birth_month
  FROM resident JOIN person ON person.id = resident.person_id;

-- view: people_public_grant  owner: people  scope: instance
CREATE VIEW people_public_grant AS
  SELECT person_id, role, area_id, starts_on, ends_on, revoked_at FROM role_grant;
