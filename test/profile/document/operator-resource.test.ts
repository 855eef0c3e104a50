import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { SeccompProfile } from '../../../src';
import { InputError } from '../../../src/private/errors';
import { OperatorApi, operatorFaults } from '../../../src/profile/document/operator-limits';
import { operatorSpec } from '../../../src/profile/document/operator-resource';
import { documents } from '../documents';

const GROUP = 'security-profiles-operator.x-k8s.io';
const resource = (spec: unknown, more: object = {}) => ({ apiVersion: `${GROUP}/v1`, kind: 'SeccompProfile', metadata: { name: 'app' }, spec, ...more });
const read = (spec: object, more?: object) => SeccompProfile.fromOperatorResource(resource(spec, more));
const beta = { apiVersion: `${GROUP}/v1beta1` };
const faultsOf = (profile: SeccompProfile, api: OperatorApi) => [...operatorFaults(profile._document, api)];
const rule = (fields: object) => ({ defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{ names: ['mount'], action: 'SCMP_ACT_ERRNO', ...fields }] });

describe('takes a profile through a resource and back', () => {
  // Few random profiles are without what the operator cannot say.
  const expressible = (api: OperatorApi) => documents
    .map(({ defaultErrnoRet, listenerPath, ...document }) => ({
      ...document,
      ...listenerPath !== undefined && { listenerPath: '/var/run/security-profiles-operator/agent.sock' },
      architectures: document.architectures && [...new Set(document.architectures)],
      flags: document.flags && [...new Set(document.flags)],
      syscalls: document.syscalls?.map(({ names, errnoRet = 0, ...each }) => (
        { ...each, names: [...new Set(names)], errnoRet: errnoRet % 2 ** 31 || undefined })),
    }))
    .map(document => SeccompProfile.fromJson(document))
    .filter(profile => faultsOf(profile, api).length === 0);

  test.each(['v1', 'v1beta1'] as const)('of %s, as an object, as YAML and as JSON', api => {
    fc.assert(fc.property(expressible(api), profile => {
      const value = JSON.parse(JSON.stringify({ ...resource(operatorSpec(profile._document)), apiVersion: `${GROUP}/${api}` }));
      for (const form of [value, stringify(value), JSON.stringify(value)]) {
        expect(SeccompProfile.fromOperatorResource(form).toJson()).toBe(profile.toJson());
      }
    }));
  });

  test('or names what does not fit', () => {
    fc.assert(fc.property(documents, fc.constantFrom<OperatorApi>('v1', 'v1beta1'), (document, api) => {
      const profile = SeccompProfile.fromJson(document);
      const value = JSON.parse(JSON.stringify({ ...resource(operatorSpec(profile._document)), apiVersion: `${GROUP}/${api}` }));
      const [fault] = faultsOf(profile, api);
      if (fault) expect(() => SeccompProfile.fromOperatorResource(value)).toThrow(new Error(`spec.${fault.path}: ${fault.reason}`));
      else expect(SeccompProfile.fromOperatorResource(value).toJson()).toBe(profile.toJson());
    }));
  });

  test('with every digit of the largest value', () => {
    const text = SeccompProfile.fromJson(`{"defaultAction":"SCMP_ACT_LOG","syscalls":[{"names":["read"],"action":"SCMP_ACT_TRAP","args":[
      {"index":0,"value":9223372036854775807,"valueTwo":9007199254740993,"op":"SCMP_CMP_MASKED_EQ"}]}]}`);
    expect(SeccompProfile.fromOperatorResource(stringify(resource(operatorSpec(text._document)))).toJson()).toBe(text.toJson());
  });
});

test('reads what kubectl prints', () => {
  const profile = SeccompProfile.fromOperatorResource(`
apiVersion: security-profiles-operator.x-k8s.io/v1
kind: SeccompProfile
metadata:
  creationTimestamp: "2026-06-22T10:00:00Z"
  finalizers: [worker-1-deleted]
  name: app
spec:
  state: Enabled
  baseProfileName: ""
  defaultAction: SCMP_ACT_ALLOW
  architectures: &list [SCMP_ARCH_X86_64]
  syscalls:
  - action: SCMP_ACT_ERRNO
    errnoRet: 38
    names: [clone3]
  - action: SCMP_ACT_ERRNO
    names: [personality]
    args:
    - { index: 0, op: SCMP_CMP_NE }
status:
  localhostProfile: operator/app.json
  status: Installed
`);
  expect(JSON.parse(profile.toJson())).toStrictEqual({
    defaultAction: 'SCMP_ACT_ALLOW',
    architectures: ['SCMP_ARCH_X86_64'],
    syscalls: [
      { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: 38 },
      { names: ['personality'], action: 'SCMP_ACT_ERRNO', args: [{ index: 0, value: 0, op: 'SCMP_CMP_NE' }] },
    ],
  });
});

test('reads an enabled resource of either kind of v1beta1', () => {
  const document = '{\n  "defaultAction": "SCMP_ACT_LOG"\n}\n';
  expect(read({ defaultAction: 'SCMP_ACT_LOG', disabled: false }, beta).toJson()).toBe(document);
  expect(read({ defaultAction: 'SCMP_ACT_LOG', state: 'Enabled' }, beta).toJson()).toBe(document);
});

test('takes of v1beta1 what only operators from 1.0.0 on refuse', () => {
  const spec = { defaultAction: 'SCMP_ACT_LOG', listenerPath: '/run/agent.sock', architectures: ['SCMP_ARCH_ARM', 'SCMP_ARCH_ARM'] };
  expect(JSON.parse(read(spec, beta).toJson())).toStrictEqual(spec);
  expect(() => read(spec)).toThrow(/^spec\.architectures\[1\]: "SCMP_ARCH_ARM" appears twice/);
});

test('meets any value with nothing but an error of its own', () => {
  const odd = fc.dictionary(fc.constantFrom('state', 'disabled', 'baseProfileName', 'defaultAction', 'syscalls', 'flags', 'listenerPath'), fc.oneof(fc.jsonValue(),
    fc.array(fc.record({ names: fc.jsonValue(), action: fc.constant('SCMP_ACT_LOG'), args: fc.array(fc.jsonValue()) }))));
  fc.assert(fc.property(fc.oneof(fc.jsonValue(), fc.string(), odd.map(spec => resource(spec)), odd.map(spec => stringify(resource(spec)))), value => {
    try {
      SeccompProfile.fromOperatorResource(value);
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
    }
  }), { numRuns: 2000 });
});

describe('fails', () => {
  const LISTED = 'expected one of SCMP_ARCH_X86, SCMP_ARCH_X86_64, SCMP_ARCH_X32, SCMP_ARCH_ARM, SCMP_ARCH_AARCH64, SCMP_ARCH_MIPS, SCMP_ARCH_MIPS64, '
    + 'SCMP_ARCH_MIPS64N32, SCMP_ARCH_MIPSEL, SCMP_ARCH_MIPSEL64, SCMP_ARCH_MIPSEL64N32, SCMP_ARCH_PPC, SCMP_ARCH_PPC64, SCMP_ARCH_PPC64LE, SCMP_ARCH_S390, '
    + 'SCMP_ARCH_S390X, SCMP_ARCH_PARISC, SCMP_ARCH_PARISC64, SCMP_ARCH_RISCV64';
  const LOG = { defaultAction: 'SCMP_ACT_LOG' };

  test.each<[string, object, string]>([
    ['a default errno', { defaultAction: 'SCMP_ACT_ERRNO', defaultErrnoRet: 38 },
      'spec.defaultErrnoRet: 38 would be silently dropped, and the calls would fail with EPERM (1), expected no such field: name the calls in a rule with errnoRet'],
    ['a default errno without effect', { ...LOG, defaultErrnoRet: 38 },
      'spec.defaultErrnoRet: 38 would be silently dropped, expected no such field: name the calls in a rule with errnoRet'],
    ['errno 0', rule({ errnoRet: 0 }),
      'spec.syscalls[0].errnoRet: 0 would be silently dropped, and the calls would fail with EPERM (1), expected 1 or more, or no such field'],
    ['a wide errno', rule({ errnoRet: 2 ** 31 }), 'spec.syscalls[0].errnoRet: 2147483648 is above 2^31-1, expected a signed 32-bit integer'],
    ['a value with the highest bit', rule({ args: [{ index: 0, value: 2n ** 63n, op: 'SCMP_CMP_EQ' }] }),
      'spec.syscalls[0].args[0].value: 9223372036854775808 is above 2^63-1, expected a signed 64-bit integer: the operator keeps no other'],
    ['a second value with the highest bit', rule({ args: [{ index: 0, valueTwo: 2n ** 64n - 1n, op: 'SCMP_CMP_EQ' }] }),
      'spec.syscalls[0].args[0].valueTwo: 18446744073709551615 is above 2^63-1, expected a signed 64-bit integer: the operator keeps no other'],
    ['seven conditions', rule({ args: Array(7).fill({ index: 0, value: 0, op: 'SCMP_CMP_EQ' }) }),
      'spec.syscalls[0].args: 7 conditions are more than the operator accepts, expected at most 6'],
    ['an architecture that the operator does not have', { ...LOG, architectures: ['SCMP_ARCH_LOONGARCH64'] },
      `spec.architectures[0]: SCMP_ARCH_LOONGARCH64 is not an architecture of the operator, ${LISTED}`],
    ['an architecture that only the operator has', { ...LOG, architectures: ['SCMP_ARCH_NATIVE'] },
      'spec.architectures[0]: "SCMP_ARCH_NATIVE" is not an architecture of the OCI runtime-spec, expected one of SCMP_ARCH_X86'],
    ['a socket elsewhere', { ...LOG, listenerPath: '/run/agent.sock' },
      'spec.listenerPath: "/run/agent.sock" is not a path that the operator accepts, expected a socket in /var/run/security-profiles-operator/'],
    ['a flag twice', { ...LOG, flags: ['SECCOMP_FILTER_FLAG_LOG', 'SECCOMP_FILTER_FLAG_LOG'] },
      'spec.flags[1]: "SECCOMP_FILTER_FLAG_LOG" appears twice, expected once: the operator\'s list is a set'],
    ['a name twice', rule({ names: ['read', 'write', 'read'] }), 'spec.syscalls[0].names[2]: "read" appears twice, expected once: the operator\'s list is a set'],
    ['a base profile', { ...LOG, baseProfileName: 'runc-v1.3' },
      'spec.baseProfileName: "runc-v1.3" adds the rules of a profile outside the resource, expected none: write these rules into the resource'],
    ['a disabled resource', { ...LOG, state: 'Disabled' }, 'spec.state: "Disabled": the operator installs the profile on no node, expected "Enabled"'],
    ['a field of another version', { ...LOG, disabled: false }, 'spec.disabled: unknown field of a seccomp profile, expected one of defaultAction, '],
    ['a field of nobody', { ...LOG, sysclls: [] }, 'spec.sysclls: unknown field of a seccomp profile, expected one of defaultAction, '],
    ['no default action', {}, 'spec: defaultAction is missing, expected in every seccomp profile'],
  ])('on %s', (_, spec, message) => {
    expect(() => read(spec)).toThrow(message.endsWith(' ') || message.endsWith('X86') ? message : new Error(message));
  });

  const ONE = stringify(resource({ defaultAction: 'SCMP_ACT_LOG' }));

  test.each<[string, unknown, string]>([
    ['a disabled resource of v1beta1', resource({ ...LOG, disabled: true }, beta), 'spec.disabled: true: the operator installs the profile on no node, expected false'],
    ['another version', resource(LOG, { apiVersion: `${GROUP}/v1alpha1` }),
      `apiVersion: "${GROUP}/v1alpha1" is not a supported version, expected one of ${GROUP}/v1, ${GROUP}/v1beta1`],
    ['another kind', resource(LOG, { kind: 'SelinuxProfile' }), 'kind: "SelinuxProfile" is not a seccomp profile, expected "SeccompProfile"'],
    ['another field', resource(LOG, { data: {} }), 'data: unknown field of a SeccompProfile resource, expected one of apiVersion, kind, spec, metadata, status'],
    ['a bare profile', LOG, 'defaultAction: unknown field of a SeccompProfile resource, expected one of apiVersion, kind, spec, metadata, status'],
    ['no object for a profile', resource([]), 'spec: an array is not a profile, expected an object with defaultAction'],
    ['a place in JSON', `{"apiVersion": "${GROUP}/v1",\n "kind": "SeccompProfile",\n "spec": {"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 1}}`,
      '3:65: spec.defaultErrnoRet: 1 would be silently dropped, and the calls would fail with EPERM (1), expected no such field: name the calls in a rule with errnoRet'],
    ['what is not YAML', 'a: [', /^not YAML: flow sequence/ as unknown as string],
    ['no document', '# nothing\n', '0 YAML documents, expected one SeccompProfile resource'],
    ['two documents', `${ONE}---\n${ONE}`, '2 YAML documents, expected one SeccompProfile resource'],
    ['a key twice', `${ONE}kind: SeccompProfile\n`, 'not YAML: map keys must be unique'],
    ['a number that YAML parsers disagree about', `${stringify(resource(rule({ errnoRet: 1 }))).replace('errnoRet: 1', 'errnoRet: 010')}`,
      '010 is octal to kubectl and decimal to YAML 1.2, expected a number without leading zeros'],
    ['an alias of nothing', `${ONE}status: *nothing\n`, 'not YAML: Unresolved alias (the anchor must be set before the alias): nothing'],
  ])('on %s', (_, value, message) => {
    expect(() => SeccompProfile.fromOperatorResource(value)).toThrow(typeof message === 'string' ? new Error(message) : message);
  });
});
