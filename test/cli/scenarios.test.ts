import { readdirSync } from 'fs';
import { join } from 'path';
import { readScenario, runScenario } from './scenario';

const DIRECTORY = join(__dirname, 'scenarios');
const names = readdirSync(DIRECTORY).filter(name => name.endsWith('.scenario')).sort();

test('has scenarios for every command, and tells them apart by their titles', () => {
  const scenarios = names.map(name => readScenario(join(DIRECTORY, name)));
  const commands = new Set(scenarios.map(({ command }) => command.split(' ')[1]));
  expect([...commands]).toEqual(expect.arrayContaining([
    'lint', 'check', 'explain', 'threads', 'diff', 'for-node', 'export', 'merge', 'audit', 'diagnose', 'probe-report', 'record', 'rules',
  ]));
  expect(new Set(scenarios.map(({ title }) => title)).size).toBe(scenarios.length);
});

test.each(names)('runs %s', name => {
  const scenario = readScenario(join(DIRECTORY, name));
  expect(runScenario(scenario)).toStrictEqual(scenario.expected);
});
