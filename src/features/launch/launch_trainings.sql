-- Statements about trainings. Tables: training, training_person.

-- name: training_insert :exec
-- params: area, id, round, held_on, hours text, subject text, audience, place text, trainer text, document_area, document, file, file_name text, recorded_by, recorded_at
INSERT INTO training (area_id, id, round_id, held_on, hours, subject, audience, place, trainer,
                      document_area_id, document_id, file_id, file_name, state, present, recorded_by,
                      recorded_at, version)
VALUES (:area, :id, :round, :held_on, :hours, :subject, :audience, :place, :trainer,
        :document_area, :document, :file, :file_name, 1, 0, :recorded_by, :recorded_at, 1)

-- name: training_get :one
-- params: area, id
-- returns: recorder text
SELECT training.id, training.round_id, training.held_on, training.hours, training.subject,
       training.audience, training.place, training.trainer, training.document_area_id,
       training.document_id, training.file_id, training.file_name, training.state,
       training.present, training.recorded_at, training.version,
       COALESCE(person.name, '') AS recorder
FROM training
LEFT JOIN people_public_person AS person ON person.id = training.recorded_by
WHERE training.area_id = :area AND training.id = :id

-- name: training_correct :versioned
-- params: area, id, version, held_on, hours text, subject text, audience, place text, trainer text, document_area, document, file, file_name text
UPDATE training SET held_on = :held_on, hours = :hours, subject = :subject, audience = :audience,
  place = :place, trainer = :trainer, document_area_id = :document_area, document_id = :document,
  file_id = :file, file_name = :file_name, version = version + 1
WHERE area_id = :area AND id = :id AND version = :version AND state <> 3

-- name: training_hold :versioned
-- params: area, id, version, held_on, present
UPDATE training SET state = 2, held_on = :held_on, present = :present, version = version + 1
WHERE area_id = :area AND id = :id AND version = :version AND state <> 3

-- name: training_withdraw :versioned
-- params: area, id, version
UPDATE training SET state = 3, version = version + 1
WHERE area_id = :area AND id = :id AND version = :version AND state <> 3

-- The trainings of a round, the newest day first, withdrawn ones too. pattern is a LIKE pattern;
-- before: the last one of the page before.
-- name: training_list :many
-- params: area, round, pattern text, before_on, before, limit
SELECT id, held_on, hours, subject, audience, place, trainer, file_id, state, present FROM training
WHERE area_id = :area AND round_id = :round
  AND (held_on < :before_on OR (held_on = :before_on AND id < :before))
  AND (subject LIKE :pattern ESCAPE '\' OR place LIKE :pattern ESCAPE '\' OR trainer LIKE :pattern ESCAPE '\')
ORDER BY held_on DESC, id DESC
LIMIT :limit

-- What everybody reads: what is planned or was held, the newest day first.
-- name: training_public :many
-- params: area, round, limit
SELECT id, held_on, hours, subject, audience, place, document_id, file_id, file_name, state, present
FROM training
WHERE area_id = :area AND round_id = :round AND state <> 3
ORDER BY held_on DESC, id DESC
LIMIT :limit

-- name: training_count :one
-- params: area, round
-- returns: held int, planned int
SELECT CAST(COALESCE(SUM(CASE WHEN state = 2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS held,
       CAST(COALESCE(SUM(CASE WHEN state = 1 THEN 1 ELSE 0 END), 0) AS BIGINT) AS planned
FROM training WHERE area_id = :area AND round_id = :round

-- Trainings whose day is over and of which nobody has said how many came.
-- name: training_due :many
-- params: area, today_on, limit
SELECT id, subject, held_on FROM training
WHERE area_id = :area AND state = 1 AND held_on < :today_on
ORDER BY held_on, id
LIMIT :limit

-- --- who signed in ---

-- Those on the roll whose name stands in `names`, which is |name|name|.
-- name: training_on_roll :many
-- params: area, names text, today_on, limit
SELECT person.id, person.name
FROM people_public_resident AS resident
JOIN people_public_person AS person ON person.id = resident.person_id
WHERE resident.area_id = :area AND (resident.left_on = 0 OR resident.left_on > :today_on)
  AND person.name <> '' AND :names LIKE '%|' || person.name || '|%'
ORDER BY person.id
LIMIT :limit

-- name: training_person_insert :exec
-- params: area, training, id, person, name text
INSERT INTO training_person (area_id, training_id, id, person_id, name)
VALUES (:area, :training, :id, :person, :name)

-- name: training_people :many
-- params: area, training, limit
-- returns: roll_name text
SELECT signed.id, signed.person_id, signed.name, COALESCE(person.name, '') AS roll_name
FROM training_person AS signed
LEFT JOIN people_public_person AS person ON person.id = signed.person_id AND signed.person_id <> 0
WHERE signed.area_id = :area AND signed.training_id = :training
ORDER BY signed.id
LIMIT :limit

-- name: training_person_drop :exec
-- params: area, training, id
DELETE FROM training_person WHERE area_id = :area AND training_id = :training AND id = :id

-- name: training_of_person :many
-- params: person, limit
-- crosses areas: a person sees their own data wherever it is
SELECT training.held_on, training.subject
FROM training_person AS signed
JOIN training ON training.area_id = signed.area_id AND training.id = signed.training_id
WHERE signed.person_id = :person AND signed.person_id <> 0
ORDER BY signed.id DESC
LIMIT :limit

-- How many came stays; who they were does not.
-- name: training_person_erase :exec
-- params: person
-- crosses areas: a person is erased everywhere
DELETE FROM training_person WHERE person_id = :person AND person_id <> 0
