import '@microsoft/jest-sarif';
import type { Log } from 'sarif';
import { execute } from './scenario';
import { RULES } from '../../src/lint/rules';
import { MANIFEST_RULES } from '../../src/manifests/rules';

const PROFILE = '{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{ "names": ["clone3", "moumt"], "action": "SCMP_ACT_ERRNO" }] }';

function log(stdin: string): Log {
  return JSON.parse(execute(['lint', '--format', 'sarif', '-'], '/', { stdin: () => stdin }).stdout) as Log;
}

test('prints what the SARIF 2.1.0 schema asks for', () => {
  const found = log(PROFILE);
  expect(found.runs[0].results!.length).toBeGreaterThan(2);
  expect(found).toBeValidSarifLog();
});

test('prints a run without results when nothing is found', () => {
  const { stdout } = execute(['lint', '--format', 'sarif', '-', ...RULES.flatMap(({ id }) => ['--severity', `${id}=off`])], '/', { stdin: () => PROFILE });
  const empty = JSON.parse(stdout) as Log;
  expect(empty.runs[0].results).toStrictEqual([]);
  expect(empty).toBeValidSarifLog();
});

test('would notice a log that is not SARIF', () => {
  expect({ ...log(PROFILE), version: '2.2.0' }).not.toBeValidSarifLog();
});

test('prints findings in manifests as the schema asks, with rules of both sets', () => {
  const bad = JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { 'a.json': PROFILE } });
  const pod = JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'b' }, spec: { containers: [{ name: 'b', image: 'b' }] } });
  const found = JSON.parse(execute(['check', '--format', 'sarif', '-'], '/', { stdin: () => bad + pod }).stdout) as Log;
  expect(found).toBeValidSarifLog();
  const [{ tool, results }] = found.runs;
  const known = [...MANIFEST_RULES, ...RULES].map(({ id }) => id);
  expect(tool.driver.rules!.map(({ id }) => id)).toStrictEqual(known.filter(id => results!.some(({ ruleId }) => ruleId === id)));
  expect(results!.map(({ ruleId }) => ruleId)).toEqual(expect.arrayContaining(['seccomp-unset', 'threads-cannot-start']));
  for (const { ruleId, ruleIndex } of results!) expect(tool.driver.rules![ruleIndex!].id).toBe(ruleId);
});

test('describes the rules that found something, and every result names its own', () => {
  const [{ tool, results }] = log(PROFILE).runs;
  const ids = tool.driver.rules!.map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(1);
  expect(new Set(results!.map(({ ruleId }) => ruleId))).toStrictEqual(new Set(ids));
  for (const { ruleId, ruleIndex } of results!) expect(tool.driver.rules![ruleIndex!].id).toBe(ruleId);
});
