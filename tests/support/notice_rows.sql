-- What tests of notices look at.

-- name: notice_deliveries :many
-- params: area
SELECT notice_id, person_id, channel, state, tries, reason, status, next_at FROM notice_delivery
WHERE area_id = :area
ORDER BY notice_id, person_id
