-- Rows of a database at version 3. Both engines read this.
INSERT INTO area (id, parent_id, kind, name, name_en, code, phone, address, hours, version)
VALUES (1, 0, 3, '和平街道', 'Heping Street', '210102003000', '', '', '', 1),
       (2, 1, 4, '圆桌社区', 'Round Table', '210102003001', '024-12345678', '和平路 1 号', '9-17', 4);
INSERT INTO person (id, name, phone, birth_year, birth_month, created_at, erased_at, version)
VALUES (9007199254740993, '林小红 ''e''', '', 1961, 5, 1700000000000, 0, 2);
INSERT INTO resident (area_id, person_id, building, door, place_key, residency, since_on, left_on, version)
VALUES (2, 9007199254740993, '3 栋', '2-501', '0003 2-501', 1, 19000, 0, 1);
INSERT INTO programme (area_id, id, title, template, summary, edition, draft, created_by, created_at,
                       published_at, version)
VALUES (1, 10, '微更新', 'first', '', 1, '', 0, 1700000000000, 1700000000000, 1);
INSERT INTO round (area_id, id, programme_area_id, programme_id, programme_edition, title, budget_fen, minimum_age,
                   max_choices, rule, utility, tie, stage_no, created_at, version)
VALUES (2, 20, 1, 10, 1, '2025 年', 30000000, 16, 3, 'greedy', 'cost', 'votes,cost,name', 1, 1700000000000, 7);
INSERT INTO setting (area_id, key, value) VALUES (2, 'greeting', '你好');
