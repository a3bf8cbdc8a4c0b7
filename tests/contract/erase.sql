-- What is left of a person who was erased. Every table with a column marked `personal` stands here,
-- or in erase_test.c among those that lead back to nobody.

-- name: erase_left :one
-- params: person
-- returns: n int
-- crosses areas: a test
SELECT CAST(
  (SELECT COUNT(*) FROM person WHERE id = :person AND (name <> '' OR phone <> '' OR birth_year <> 0))
  + (SELECT COUNT(*) FROM resident WHERE person_id = :person AND (building <> '' OR door <> '' OR place_key <> '' OR left_on = 0))
  + (SELECT COUNT(*) FROM role_grant WHERE person_id = :person AND revoked_at = 0)
  + (SELECT COUNT(*) FROM roll_import_row WHERE person_id = :person AND (name <> '' OR phone <> ''))
  + (SELECT COUNT(*) FROM credential WHERE person_id = :person)
  + (SELECT COUNT(*) FROM session WHERE person_id = :person)
  + (SELECT COUNT(*) FROM proposal WHERE proposer_id = :person)
  + (SELECT COUNT(*) FROM proposal_support WHERE person_id = :person)
  + (SELECT COUNT(*) FROM objection WHERE person_id = :person)
  + (SELECT COUNT(*) FROM intake_chain_line WHERE person_id = :person)
  + (SELECT COUNT(*) FROM pledge WHERE person_id = :person)
  + (SELECT COUNT(*) FROM rating_mark WHERE person_id = :person)
  + (SELECT COUNT(*) FROM library_pick WHERE person_id = :person)
  + (SELECT COUNT(*) FROM filing_act WHERE acted_by = :person)
  + (SELECT COUNT(*) FROM photo WHERE added_by = :person)
  + (SELECT COUNT(*) FROM round_table_person WHERE person_id = :person)
  + (SELECT COUNT(*) FROM screening_interest WHERE person_id = :person)
  + (SELECT COUNT(*) FROM screening_request WHERE person_id = :person)
  + (SELECT COUNT(*) FROM training_person WHERE person_id = :person)
  + (SELECT COUNT(*) FROM notice WHERE person_id = :person)
  + (SELECT COUNT(*) FROM notice_reader WHERE person_id = :person)
  + (SELECT COUNT(*) FROM notice_delivery WHERE person_id = :person)
  + (SELECT COUNT(*) FROM decision_person WHERE person_id = :person) AS BIGINT) AS n

-- name: erase_chain_line :one
-- params: area, chain
SELECT id FROM intake_chain_line WHERE area_id = :area AND chain_id = :chain ORDER BY id LIMIT 1
