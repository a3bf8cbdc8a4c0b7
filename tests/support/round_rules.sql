-- Rules of a round that tests change under it; the program never does.

-- name: test_rules_put :exec
-- params: area, round, rules text
-- crosses areas: a district's programme runs as rounds of its communities
UPDATE programme_edition SET rules = :rules
WHERE EXISTS (SELECT 1 FROM round
              WHERE round.area_id = :area AND round.id = :round
                AND round.programme_area_id = programme_edition.area_id
                AND round.programme_id = programme_edition.programme_id
                AND round.programme_edition = programme_edition.no)
