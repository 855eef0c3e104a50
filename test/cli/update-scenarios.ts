/**
 * Writes what the command prints now into scenarios, to be read and committed:
 *
 *     npx tsx test/cli/update-scenarios.ts test/cli/scenarios/*.scenario
 */
import { readFileSync, writeFileSync } from 'fs';
import { readScenario, runScenario } from './scenario';

for (const path of process.argv.slice(2)) {
  const { status, stdout, stderr, after } = runScenario(readScenario(path));
  const [given] = readFileSync(path, 'utf8').split(/^==== (?=stdout|stderr|status|after )/m);
  const sections = [['status', status ? `${status}\n` : ''], ['stdout', stdout], ['stderr', stderr], ...Object.entries(after).map(([name, text]) => [`after ${name}`, text])];
  writeFileSync(path, given + sections.filter(([, text]) => text).map(([name, text]) => `==== ${name}\n${text}`).join(''));
}
