import * as fc from 'fast-check';
import { Fixture, FIXTURES } from './fixtures';
import { mutated } from './mutations';
import { SeccompArchitecture, LintFinding, LintSeverity, ProfileDifference, ProfileLinter, SeccompProfile, SyscallArgument, SyscallRule } from '../../src';
import { DecisionKind } from '../../src/profile/filter/decision';
import { profiles } from '../profile/arbitraries';
import { runs } from '../property-runs';

const linter = new ProfileLinter();

function isFixed({ rule, fires, text }: Fixture): void {
  const fixed = linter.fix(text);
  const [before, after] = [text, fixed].map(each => linter.lintText(each));
  expect(after.filter(({ fixable }) => fixable)).toStrictEqual([]);
  expect(linter.fix(fixed)).toBe(fixed);
  expect(errorsOf(after).filter(id => !errorsOf(before).includes(id))).toStrictEqual([]);
  if (!before.some(({ fixable }) => fixable)) expect(fixed).toBe(text);

  const isFixable = before.every(finding => finding.rule !== rule || finding.fixable);
  if (fires && isFixable) expect(after.map(finding => finding.rule)).not.toContain(rule);
}

function errorsOf(findings: readonly LintFinding[]): string[] {
  return findings.filter(({ severity }) => severity === LintSeverity.ERROR).map(({ rule }) => rule);
}

test.each(FIXTURES)('fixes $name once and for all', isFixed);

test('makes JSON of each mutated document that is JSON', () => {
  for (let seed = 0; seed < runs(200); seed++) {
    const text = mutated(seed);
    if (!isJson(text)) continue;
    const fixed = linter.fix(text);
    if (!isJson(fixed)) throw new Error(`document ${seed} ${JSON.stringify(text)}: ${JSON.stringify(fixed)}`);
  }
});

function isJson(text: string): boolean {
  try {
    linter.lintText(text);
    return true;
  } catch {
    return false;
  }
}

test('leaves the rest as it is written', () => {
  expect(linter.fix(`{
    "_comment"      : "[] {} \\u0031 \\"quoted\\" , // no comment",
    "syscalls":[{"names":[ "clone3",
       "unshare" ]   ,"action":"SCMP_ACT_ERRNO","args":[ ] },
      { "action": "SCMP_ACT_ERRNO", "names": ["personality"], "args": [{"index":0,"op":"SCMP_CMP_GE","value":18446744073709551615}] },
      { "names": ["mmap"], "action": "SCMP_ACT_LOG", "errnoRet": 1, "args": [
          {"index":1,"op":"SCMP_CMP_EQ","value":9007199254740993} ] } ],
    "defaultAction" : "SCMP_ACT_ALLOW" , "architectures":["SCMP_ARCH_X86_64", "SCMP_ARCH_S390X","SCMP_ARCH_X86" ]

}

`)).toBe(`{
    "syscalls":[{"names":[ "unshare" ]   ,"action":"SCMP_ACT_ERRNO","args":[ ] },
      { "action": "SCMP_ACT_ERRNO", "names": ["personality"], "args": [{"index":0,"op":"SCMP_CMP_GE","value":18446744073709551615}] },
      { "names": ["mmap"], "action": "SCMP_ACT_LOG", "args": [
          {"index":1,"op":"SCMP_CMP_EQ","value":9007199254740993} ] },
      { "names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38 } ],
    "defaultAction" : "SCMP_ACT_ALLOW" , "architectures":["SCMP_ARCH_X86_64", "SCMP_ARCH_X86" ]

}

`);
});

test.each([
  ['spaces', '  '],
  ['tabs', '\t'],
])('writes a new rule like those that are there, with %s', (_, indent) => {
  const text = (names: string, more: string) => [
    '{', `${indent}"defaultAction": "SCMP_ACT_ALLOW",`, `${indent}"architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86"],`, `${indent}"syscalls": [`,
    `${indent}${indent}{ "names": [${names}], "action": "SCMP_ACT_ERRNO" }${more}`, `${indent}]`, '}', '',
  ].join('\n');
  expect(linter.fix(text('"clone3", "swapon", "swapoff"', '')))
    .toBe(text('"swapon", "swapoff"', `,\n${indent}${indent}{ "names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38 }`));
});

/** Go reads the names of fields in any case. */
test('fixes fields that are written in another case', () => {
  const text = (names: string) => `{"DefaultAction":"SCMP_ACT_ALLOW","Architectures":["SCMP_ARCH_X86_64","SCMP_ARCH_X86"],"Syscalls":[${names}]}`;
  expect(linter.fix(text('{"Names":["swapon","clone3","swapoff"],"Action":"SCMP_ACT_ERRNO"}')))
    .toBe(text('{"Names":["swapon","swapoff"],"Action":"SCMP_ACT_ERRNO"},{ "names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38 }'));
});

/** Each is found and fixed, whatever else the profile says. */
const EXTRAS = [
  '"_comment": "a [note]"', '"flags": ["SECCOMP_FILTER_FLAG_LOG"]', '"defaultErrnoRet": 1', '"$schema": { "deep": [1, 2] }', '"x-1 \\" odd": []',
];

const VALUES = [0n, 1n, 2n, 0x10n, 0x20000n, 0x10000000n, 0x30000000n];
const ARGUMENTS = VALUES.flatMap(first => VALUES.map(second => [first, second, first].map(value => `0x${value.toString(16)}`)));

/** Whether arguments of 32 bits are denied by the second profile and not by the first. */
function isNewlyDenied({ syscall, architecture, before, after }: ProfileDifference, [one, other]: SeccompProfile[]): boolean {
  const isCertain = before.kind === DecisionKind.ACTION && after.kind === DecisionKind.ACTION;
  return (isCertain ? [[]] : ARGUMENTS).some(args => {
    const answer = (profile: SeccompProfile) => profile.decide({ syscall, architecture, args });
    const isAnswered = [one, other].every(profile => answer(profile).kind === DecisionKind.ACTION);
    return isAnswered && isExecuted(one, answer) && !isExecuted(other, answer);
  });
}

function isExecuted(profile: SeccompProfile, answer: (profile: SeccompProfile) => ReturnType<SeccompProfile['decide']>): boolean {
  return ['SCMP_ACT_ALLOW', 'SCMP_ACT_LOG'].includes(answer(profile).action!.value);
}

test('denies nothing but clone3 that was not denied before', () => {
  const [tried, least] = [runs(60), runs(4)];
  let changed = 0;
  fc.assert(fc.property(profiles, fc.subarray(EXTRAS), fc.boolean(), (written, extras, denied) => {
    const profile = denied ? written.withDenied(['clone3']) : written;
    const text = `{\n  ${extras.map(extra => `${extra},\n  `).join('')}${profile.toJson().trimStart().slice(1)}`;
    const fixed = SeccompProfile.fromJson(linter.fix(text));
    const differences = profile.diff(fixed, { architectures: [SeccompArchitecture.X86_64, SeccompArchitecture.X86] });
    changed += differences.length;
    expect(differences.filter(each => each.syscall !== 'clone3' && isNewlyDenied(each, [profile, fixed])).map(({ syscall }) => syscall)).toStrictEqual([]);
  }), { numRuns: tried });
  // Otherwise nothing was tried.
  expect(changed).toBeGreaterThan(least);
});

test('would notice another denial', () => {
  const before = SeccompProfile.fromJson('{ "defaultAction": "SCMP_ACT_ALLOW", "architectures": ["SCMP_ARCH_X86_64"] }');
  const flag = SyscallRule.deny('clone').when(SyscallArgument.int64(0).hasAnyOf(0x10000000));
  for (const [syscall, after] of [['mount', before.withDenied(['mount'])], ['clone', SeccompProfile.denylist({ architectures: before.architectures!, rules: [flag] })]] as const) {
    expect(before.diff(after).map(each => [each.syscall, isNewlyDenied(each, [before, after])])).toStrictEqual([[syscall, true]]);
  }
});

test('never changes a number that it does not fix', () => {
  const value = fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n });
  fc.assert(fc.property(value, value, fc.subarray(EXTRAS, { minLength: 1 }), (one, other, extras) => {
    const text = `{ ${extras.join()}, "defaultAction": "SCMP_ACT_ALLOW", "architectures": ["SCMP_ARCH_X86_64"], "syscalls": [
      { "names": ["mmap"], "action": "SCMP_ACT_ERRNO", "args": [{ "index": 1, "value": ${one}, "valueTwo": ${other}, "op": "SCMP_CMP_MASKED_EQ" }] },
      { "names": ["clone3"], "action": "SCMP_ACT_ERRNO" }] }`;
    expect(linter.fix(text)).toContain(`{ "index": 1, "value": ${one}, "valueTwo": ${other}, "op": "SCMP_CMP_MASKED_EQ" }`);
  }), { numRuns: 20 });
});
