import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { ProfileLinter } from '../../src';

const ROOT = join(__dirname, 'profiles');

/** Profiles like those that people write. Nothing is found that is not there, and nothing is missed. */
test.each<[file: string, what: string, found: string[]]>([
  ['audit', 'logs everything; without a list of architectures 32-bit programs die nevertheless', ['warning missing-compat-abi']],
  ['violation', 'denies everything: neither runc nor crun can execute the program', [
    'info denials-not-logged', 'warning missing-compat-abi', 'error container-cannot-start', 'error container-cannot-start',
    'info debuggers-blocked', 'info numa-blocked', 'error threads-cannot-start',
  ]],
  ['fine-grained', 'what a small Go server calls: openat2 and faccessat2 take runc\'s stub from clone3, and clone makes namespaces', [
    'info denials-not-logged', 'info debuggers-blocked', 'info numa-blocked', 'error threads-cannot-start', 'warning namespaces-through-clone',
  ]],
  ['recorded-nginx', 'recorded with a new glibc, which calls clone3, on one ABI', [
    'info denials-not-logged', 'info debuggers-blocked', 'info numa-blocked', 'warning missing-compat-abi', 'warning namespaces-through-clone',
  ]],
  ['complain', 'logs what the list does not have: there is nothing to say about it', []],
  ['sidecar', 'answers ENOSYS, so threads start; old runc takes no flags', [
    'info numa-blocked', 'warning missing-compat-abi', 'error flag-unsupported-by-runtime', 'warning namespaces-through-clone',
    'info debuggers-blocked',
  ]],
  ['database-denylist', 'denies one of the new mount calls and namespaces by name', [
    'info denials-not-logged', 'warning denylist-gap', 'info debuggers-blocked', 'warning namespaces-through-clone',
  ]],
  ['browser', 'lets namespaces through on purpose; socket is in the long list already', [
    'info denials-not-logged', 'info debuggers-blocked', 'info numa-blocked', 'warning unreachable-rule',
  ]],
  ['old-guide', 'kills, with the calls of 2017: newer runtimes make others', [
    'warning clone3-relies-on-runc-stub', 'error container-cannot-start', 'error container-cannot-start', 'info debuggers-blocked', 'error kill-thread-default',
    'info numa-blocked', 'warning namespaces-through-clone',
  ]],
  ['python-2021', 'written when runc had its stub and nobody knew of clone3', [
    'info denials-not-logged', 'warning clone3-relies-on-runc-stub', 'error container-cannot-start', 'info debuggers-blocked', 'info numa-blocked',
    'warning namespaces-through-clone',
  ]],
  ['docker-as-localhost', 'has to be expanded first: of what containerd makes of it nothing else is worth saying', ['error docker-format']],
  ['agent', 'hands mount to an agent', ['info denials-not-logged']],
  ['conditions', 'closes namespaces and two socket families with masks', ['info denials-not-logged']],
  ['inference', 'denies what no inference needs: NUMA, copies between processes and debuggers work', ['info denials-not-logged']],
  ['typing-errors', 'copied by hand: a field in the singular, and a rule of the old format', [
    'warning unknown-field', 'info field-without-effect', 'error docker-format',
  ]],
])('judges %s, which %s', (file, _, found) => {
  const findings = new ProfileLinter().lintText(readFileSync(join(ROOT, `${file}.json`), 'utf8'));
  expect(findings.map(({ rule, severity }) => `${severity} ${rule}`)).toStrictEqual(found);
  judged.push(`${file}.json`);
});

const judged: string[] = [];

test('judges every profile', () => {
  expect(judged).toHaveLength(readdirSync(ROOT).length);
});
