-- The document library, and what a round goes by.

-- table: document  owner: documents  scope: area
-- kind: DocumentKind in documents_rules.h. It holds here and in all areas below.
CREATE TABLE document (
  area_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 5),
  title TEXT NOT NULL,
  number TEXT NOT NULL,              -- as printed on it: 青民发〔2027〕4 号; may be empty
  issuer TEXT NOT NULL,              -- who made it; may be empty
  newest_no INTEGER NOT NULL,
  ended_on INTEGER NOT NULL,         -- first day it no longer holds; 0: it holds
  end_reason TEXT NOT NULL,
  created_by INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (area_id, id)
) STRICT, WITHOUT ROWID;

-- table: document_version  owner: documents  scope: area
CREATE TABLE document_version (
  area_id INTEGER NOT NULL,
  document_id INTEGER NOT NULL,
  no INTEGER NOT NULL,               -- 1, 2, …; the days rise with it
  from_on INTEGER NOT NULL,          -- day it holds from
  words TEXT NOT NULL,               -- the text, or what it says in short
  change TEXT NOT NULL,              -- what is different from the one before; of the first empty
  file_id INTEGER NOT NULL,          -- the paper, for everybody; 0: none
  file_name TEXT NOT NULL,
  added_by INTEGER NOT NULL,
  added_at INTEGER NOT NULL,
  PRIMARY KEY (area_id, document_id, no)
) STRICT, WITHOUT ROWID;

-- table: document_attachment  owner: documents  scope: area
-- What a round goes by: a version, which stays when a newer one comes.
CREATE TABLE document_attachment (
  area_id INTEGER NOT NULL,          -- of the round
  round_id INTEGER NOT NULL,
  document_area_id INTEGER NOT NULL, -- the same or one above
  document_id INTEGER NOT NULL,
  no INTEGER NOT NULL,
  attached_by INTEGER NOT NULL,
  attached_at INTEGER NOT NULL,
  PRIMARY KEY (area_id, round_id, document_id)
) STRICT, WITHOUT ROWID;

-- view: documents_public_attached  owner: documents  scope: area
-- What a round goes by, for other rooms.
CREATE VIEW documents_public_attached AS
  SELECT attachment.area_id, attachment.round_id, attachment.document_area_id,
         attachment.document_id, attachment.no, document.kind, document.title,
         document.number, version.from_on
  FROM document_attachment AS attachment
  JOIN document ON document.area_id = attachment.document_area_id AND document.id = attachment.document_id
  JOIN document_version AS version ON version.area_id = attachment.document_area_id
    AND version.document_id = attachment.document_id AND version.no = attachment.no;
