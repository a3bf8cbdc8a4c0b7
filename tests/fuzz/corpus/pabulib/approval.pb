META
key;value
budget;100
vote_type;approval
PROJECTS
project_id;cost;name
lamp;60;Street lamp
park;30;Park
VOTES
voter_id;vote
1;lamp,park
2;
3;park
