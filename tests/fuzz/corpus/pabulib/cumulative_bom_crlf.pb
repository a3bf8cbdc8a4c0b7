meta
key;value
budget;1000,50
vote_type;cumulative
projects
project_id;name;cost
1;"a; ""b""";10.25
2;none;0
votes
voter_id;points;vote
1;3,0.5;1,2
2;7;2
