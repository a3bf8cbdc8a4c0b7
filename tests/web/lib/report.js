'use strict';
// One line a test, as cmocka prints it: tools/run_tests.sh counts them.

let passed = 0;
let failed = 0;

function ok(name) {
  passed += 1;
  console.log(`[       OK ] ${name}`);
}

function fail(name, problems) {
  failed += 1;
  for (const problem of problems) {
    console.log(`    ${String(problem).replace(/\n/g, '\n      ')}`);
  }
  console.log(`[  FAILED  ] ${name}`);
}

/** Passes when there are no problems; prints each of them otherwise. */
function check(name, problems) {
  if (problems.length === 0) {
    ok(name);
  } else {
    fail(name, problems);
  }
}

/** Runs one test: an exception is its failure, a returned array its problems. */
async function test(name, run) {
  try {
    check(name, (await run()) || []);
  } catch (error) {
    fail(name, [error && error.stack ? error.stack : error]);
  }
}

/** True when everything passed and something ran. */
function allGood() {
  return failed === 0 && passed > 0;
}

module.exports = { ok, fail, check, test, allGood };
