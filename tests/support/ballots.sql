-- What the crash tests and the bench read and make beside the rooms' own statements.

-- name: ballots_stored :many
-- params: area, poll_id
SELECT ballot_key, choices, receipt FROM ballot WHERE area_id = :area AND poll_id = :poll_id;
