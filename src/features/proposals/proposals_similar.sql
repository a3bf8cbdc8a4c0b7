-- Finding proposals like a text. The signs asked for come as one JSON text: a statement has no
-- lists. Each statement reads a bounded number of rows, however many proposals a round has.

-- name: proposal_grams_insert :exec
-- params: area, round, proposal, grams text
INSERT INTO proposal_gram (area_id, round_id, gram, proposal_id)
SELECT :area, :round, asked.value, :proposal FROM json_each(:grams) AS asked
WHERE 1 = 1
ON CONFLICT DO NOTHING
-- only: postgres
INSERT INTO proposal_gram (area_id, round_id, gram, proposal_id)
SELECT :area, :round, asked.value, :proposal
FROM jsonb_array_elements_text(CAST(:grams AS jsonb)) AS asked(value)
ON CONFLICT DO NOTHING

-- name: proposal_grams_delete :exec
-- params: area, round, proposal, grams text
DELETE FROM proposal_gram
WHERE area_id = :area AND round_id = :round AND proposal_id = :proposal
  AND gram IN (SELECT asked.value FROM json_each(:grams) AS asked)
-- only: postgres
DELETE FROM proposal_gram
WHERE area_id = :area AND round_id = :round AND proposal_id = :proposal
  AND gram IN (SELECT asked.value FROM jsonb_array_elements_text(CAST(:grams AS jsonb)) AS asked(value))

-- How many proposals of the round have each sign, counted up to :most; total is those of the round.
-- name: proposal_gram_counts :many
-- params: area, round, grams text, most
-- returns: gram text, n int, total int
SELECT asked.value AS gram,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM
          (SELECT 1 FROM proposal_gram AS g WHERE g.area_id = :area AND g.round_id = :round
             AND g.gram = asked.value LIMIT :most) AS capped) AS n,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM
          (SELECT 1 FROM proposal AS p WHERE p.area_id = :area AND p.round_id = :round
             LIMIT :most) AS capped) AS total
FROM json_each(:grams) AS asked
-- only: postgres
SELECT asked.value AS gram,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM
          (SELECT 1 FROM proposal_gram AS g WHERE g.area_id = :area AND g.round_id = :round
             AND g.gram = asked.value LIMIT :most) AS capped) AS n,
       (SELECT CAST(COUNT(*) AS BIGINT) FROM
          (SELECT 1 FROM proposal AS p WHERE p.area_id = :area AND p.round_id = :round
             LIMIT :most) AS capped) AS total
FROM jsonb_array_elements_text(CAST(:grams AS jsonb)) AS asked(value)

-- Those that have the heaviest signs in common with the text: of a merged one, the one it goes on
-- in. CROSS JOIN keeps SQLite at looking each sign up, LATERAL with a LIMIT PostgreSQL.
-- name: proposal_similar :many
-- params: area, round, weights text, except, most
-- returns: score int, signs int
SELECT shown.id, shown.title, shown.place, shown.state, shown.submitted_at, proposal.title AS own_title,
       proposal.need AS own_need, found.score, found.signs
FROM (SELECT proposal_gram.proposal_id AS id,
             CAST(SUM(json_extract(asked.value, '$[1]')) AS BIGINT) AS score,
             CAST(COUNT(*) AS BIGINT) AS signs
      FROM json_each(:weights) AS asked
      CROSS JOIN proposal_gram
      WHERE proposal_gram.area_id = :area AND proposal_gram.round_id = :round
        AND proposal_gram.gram = json_extract(asked.value, '$[0]')
      GROUP BY proposal_gram.proposal_id
      ORDER BY 2 DESC, 1
      LIMIT :most) AS found
JOIN proposal ON proposal.area_id = :area AND proposal.id = found.id
JOIN proposal AS shown ON shown.area_id = :area
  AND shown.id = (CASE WHEN proposal.merged_into = 0 THEN proposal.id ELSE proposal.merged_into END)
WHERE shown.state <> 4 AND shown.id <> :except AND proposal.id <> :except
ORDER BY found.score DESC, shown.id
-- only: postgres
SELECT shown.id, shown.title, shown.place, shown.state, shown.submitted_at, proposal.title AS own_title,
       proposal.need AS own_need, found.score, found.signs
FROM (SELECT found_gram.proposal_id AS id,
             CAST(SUM(CAST(asked.value ->> 1 AS BIGINT)) AS BIGINT) AS score,
             CAST(COUNT(*) AS BIGINT) AS signs
      FROM jsonb_array_elements(CAST(:weights AS jsonb)) AS asked(value)
      CROSS JOIN LATERAL (SELECT g.proposal_id FROM proposal_gram AS g
                          WHERE g.area_id = :area AND g.round_id = :round
                            AND g.gram = asked.value ->> 0
                          LIMIT 1000) AS found_gram
      GROUP BY found_gram.proposal_id
      ORDER BY 2 DESC, 1
      LIMIT :most) AS found
JOIN proposal ON proposal.area_id = :area AND proposal.id = found.id
JOIN proposal AS shown ON shown.area_id = :area
  AND shown.id = (CASE WHEN proposal.merged_into = 0 THEN proposal.id ELSE proposal.merged_into END)
WHERE shown.state <> 4 AND shown.id <> :except AND proposal.id <> :except
ORDER BY found.score DESC, shown.id
