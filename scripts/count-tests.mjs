// Adds up Jest's result files and prints what .ci/run ends with: `N passed, N failed`.
//
//     node scripts/count-tests.mjs FILE...
//
// A file that is missing or holds no test counts as one failure: something did not run.
import { existsSync, readFileSync } from 'node:fs';

let passed = 0;
let failed = 0;
for (const file of process.argv.slice(2)) {
  const { numPassedTests = 0, numFailedTests = 0, numFailedTestSuites = 0, numPendingTests = 0 } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  passed += numPassedTests;
  // A suite that cannot be loaded fails without a failed test, and a skipped test has not run.
  failed += Math.max(numFailedTests, numFailedTestSuites) + numPendingTests + (numPassedTests === 0 ? 1 : 0);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
