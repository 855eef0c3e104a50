/**
 * Writes what the command prints now into every scenario, to be read and committed. `npx projen test:update` runs it.
 */
import { readdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { readScenario, runScenario } from './scenario';

const DIRECTORY = join(__dirname, 'scenarios');

for (const path of readdirSync(DIRECTORY).filter(name => name.endsWith('.scenario')).map(name => join(DIRECTORY, name))) {
  const { status, stdout, stderr, after } = runScenario(readScenario(path));
  const [given] = readFileSync(path, 'utf8').split(/^==== (?=stdout|stderr|status|after )/m);
  const sections = [['status', status ? `${status}\n` : ''], ['stdout', stdout], ['stderr', stderr], ...Object.entries(after).map(([name, text]) => [`after ${name}`, text])];
  writeFileSync(path, given + sections.filter(([, text]) => text).map(([name, text]) => `==== ${name}\n${text}`).join(''));
}
