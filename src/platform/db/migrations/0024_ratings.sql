-- What was delivered, rated by the community itself and by residents.

-- view: delivery_public_project  owner: delivery  scope: area
-- The funded projects with what became of them: 1 under way, 2 accepted, 3 stopped.
CREATE VIEW delivery_public_project AS
  SELECT funded.area_id, funded.round_id, funded.proposal_id, funded.title, funded.kind, funded.cost_fen,
         COALESCE(project.state, 1) AS state, COALESCE(project.state_on, 0) AS state_on
  FROM delivery_public_funded AS funded
  LEFT JOIN delivery_project AS project ON project.area_id = funded.area_id
    AND project.proposal_id = funded.proposal_id;

-- table: rating_term  owner: ratings  scope: area
-- The time in which a round's projects are rated. state: 1 open, 2 closed.
CREATE TABLE rating_term (
  area_id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 2),
  opened_at INTEGER NOT NULL,
  opened_by INTEGER NOT NULL,
  closes_at INTEGER NOT NULL,        -- announced; marks are taken until then
  closed_at INTEGER NOT NULL,        -- by an act; 0: not yet
  closed_by INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (area_id, round_id)
) STRICT, WITHOUT ROWID;

-- table: rating_self  owner: ratings  scope: area
-- What the community says of its own project. Marks of questions the round does not ask are 0.
CREATE TABLE rating_self (
  area_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  mark1 INTEGER NOT NULL,
  mark2 INTEGER NOT NULL,
  mark3 INTEGER NOT NULL,
  mark4 INTEGER NOT NULL,
  mark5 INTEGER NOT NULL,
  words TEXT NOT NULL,
  said_at INTEGER NOT NULL,
  said_by INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (area_id, proposal_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX rating_self_by_round ON rating_self (area_id, round_id);

-- table: rating_mark  owner: ratings  scope: area
-- One person, one mark for a question of a project. Read by its person only; counted when the term closes.
CREATE TABLE rating_mark (
  area_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,        -- personal: pseudonym
  question INTEGER NOT NULL CHECK (question BETWEEN 1 AND 5),
  mark INTEGER NOT NULL CHECK (mark BETWEEN 1 AND 5),
  channel INTEGER NOT NULL CHECK (channel BETWEEN 1 AND 2), -- how it came last: 1 on line, 2 paper
  round_id INTEGER NOT NULL,
  rated_at INTEGER NOT NULL,
  PRIMARY KEY (area_id, proposal_id, person_id, question)
) STRICT, WITHOUT ROWID;
CREATE INDEX rating_mark_by_person ON rating_mark (person_id);
CREATE INDEX rating_mark_by_round ON rating_mark (area_id, round_id, proposal_id) WHERE question = 1;

-- table: rating_tally  owner: ratings  scope: area
-- Marks as counts, of closed terms, and of people who were erased before. channel: 1 on line, 2 paper.
CREATE TABLE rating_tally (
  area_id INTEGER NOT NULL,
  proposal_id INTEGER NOT NULL,
  channel INTEGER NOT NULL CHECK (channel BETWEEN 1 AND 2),
  question INTEGER NOT NULL CHECK (question BETWEEN 1 AND 5),
  mark INTEGER NOT NULL CHECK (mark BETWEEN 1 AND 5),
  round_id INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (area_id, proposal_id, channel, question, mark)
) STRICT, WITHOUT ROWID;
CREATE INDEX rating_tally_by_round ON rating_tally (area_id, round_id);
