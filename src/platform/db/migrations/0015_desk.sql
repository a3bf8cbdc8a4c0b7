-- What the list of staff shows of a proposal; has_phone: its proposer left a number or has one on the roll.
-- view: proposals_public_desk  owner: proposals  scope: area
CREATE VIEW proposals_public_desk AS
  SELECT p.area_id, p.id, p.round_id, p.title, p.state, p.kind, p.channel, p.place, p.cost_fen, p.ticket,
         p.submitted_at, p.entered_by,
         CASE WHEN p.proposer_name <> '' THEN p.proposer_name ELSE COALESCE(person.name, '') END AS proposer,
         COALESCE(staff.name, '') AS entered_name,
         CASE WHEN p.proposer_phone <> '' OR COALESCE(person.phone, '') <> '' THEN 1 ELSE 0 END AS has_phone
  FROM proposal AS p
  LEFT JOIN person ON person.id = p.proposer_id
  LEFT JOIN person AS staff ON staff.id = p.entered_by;
