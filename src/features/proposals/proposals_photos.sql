-- Photos of proposals. Tables: proposal_photo; the pictures themselves are of platform/files.

-- name: proposal_photo_add :exec
-- params: area, proposal, photo
INSERT INTO proposal_photo (area_id, proposal_id, photo_id) VALUES (:area, :proposal, :photo)

-- At most PROPOSAL_PHOTOS_MAX.
-- name: proposal_photo_list :many
-- params: area, proposal
-- returns: by_name text
SELECT photo.id, photo.width, photo.height, photo.is_shown, photo.added_at, photo.sha256,
       COALESCE(person.name, '') AS by_name
FROM proposal_photo
JOIN files_public_photo AS photo
  ON photo.area_id = proposal_photo.area_id AND photo.id = proposal_photo.photo_id
LEFT JOIN people_public_person AS person ON person.id = photo.added_by
WHERE proposal_photo.area_id = :area AND proposal_photo.proposal_id = :proposal
ORDER BY photo.id

-- name: proposal_photo_remove :exec
-- params: area, proposal, photo
DELETE FROM proposal_photo
WHERE area_id = :area AND proposal_id = :proposal AND photo_id = :photo

-- name: proposal_photo_of_person :many
-- params: person
-- crosses areas: everything kept about one person
SELECT proposal.area_id, proposal.id AS proposal_id, photo.id, photo.name, photo.added_at, photo.sha256
FROM proposal
JOIN proposal_photo
  ON proposal_photo.area_id = proposal.area_id AND proposal_photo.proposal_id = proposal.id
JOIN files_public_photo AS photo
  ON photo.area_id = proposal_photo.area_id AND photo.id = proposal_photo.photo_id
WHERE proposal.proposer_id = :person
ORDER BY photo.id
