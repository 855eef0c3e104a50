import * as fc from 'fast-check';
import { SeccompAction, SeccompArchitecture, DecisionKind, NodeArchitecture, ContainerRuntime, SeccompProfile } from '../../../src';
import { InputError } from '../../../src/private/errors';
import { numberOf } from '../../../src/syscalls/numbers';
import { runs } from '../../property-runs';
import { NAMES, profiles, VALUES } from '../arbitraries';

const RUNS = runs(120);
const ABIS = [SeccompArchitecture.X86_64, SeccompArchitecture.X86];
const RUNTIMES = [ContainerRuntime.runc('1.1.15'), ContainerRuntime.crun('1.21')];
const EXECUTED = [SeccompAction.ALLOW, SeccompAction.LOG];

const SAMPLES = [...VALUES, 4n, 5n, 0x3d0f00n, 2n ** 32n].map(String);
const argumentVectors = fc.array(fc.constantFrom(...SAMPLES), { minLength: 6, maxLength: 6 });

/** Whether a call is executed; undefined where the profile has no dependable answer. */
function executes(
  profile: SeccompProfile, number: number, architecture: SeccompArchitecture, runtime: ContainerRuntime, args: string[],
): boolean | undefined {
  const { kind, action } = profile.decide({ number, architecture, runtime, args, node: NodeArchitecture.AMD64 });
  return kind === DecisionKind.ACTION ? EXECUTED.includes(action!) : undefined;
}

/** Whether no container starts with a profile: then there is nothing to combine. */
function isRefused(profile: SeccompProfile): boolean {
  return RUNTIMES.some(runtime => profile.decide({ number: 0, architecture: SeccompArchitecture.X86_64, runtime }).kind === DecisionKind.REFUSED);
}

/** The combined profile; undefined where the operation says that it cannot be expressed. */
function attempt(operation: () => SeccompProfile): SeccompProfile | undefined {
  try {
    return operation();
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** Compares on every name, and on a call that no profile names. */
type Check = (number: number, architecture: SeccompArchitecture, runtime: ContainerRuntime, args: string[]) => void;

function everywhere(vectors: string[][], check: Check): void {
  for (const architecture of ABIS) {
    for (const number of [...NAMES.map(name => numberOf(architecture.value, name)), 500].filter(each => each !== undefined)) {
      for (const runtime of RUNTIMES) vectors.forEach(args => check(number, architecture, runtime, args));
    }
  }
}

describe.each([
  ['intersect', (a: SeccompProfile, b: SeccompProfile) => a.intersect(b)],
  ['union', (a: SeccompProfile, b: SeccompProfile) => a.union(b)],
] as const)('%s', (operation, combine) => {
  test('is sound, and has a dependable answer wherever both profiles have one', () => {
    let expressed = 0;
    let compared = 0;
    fc.assert(fc.property(profiles, profiles, fc.array(argumentVectors, { minLength: 4, maxLength: 4 }), (a, b, vectors) => {
      const combined = isRefused(a) || isRefused(b) ? undefined : attempt(() => combine(a, b));
      if (!combined) return;
      expressed++;
      everywhere(vectors, (number, architecture, runtime, args) => {
        const [left, right] = [a, b].map(profile => executes(profile, number, architecture, runtime, args));
        if (left === undefined || right === undefined) return;
        compared++;
        const both = executes(combined, number, architecture, runtime, args);
        const context = `${number} ${architecture} ${runtime} ${args}`;
        expect([context, both]).not.toStrictEqual([context, undefined]);
        if (operation === 'intersect' && both) expect([context, left, right]).toStrictEqual([context, true, true]);
        if (operation === 'union' && !both) expect([context, left, right]).toStrictEqual([context, false, false]);
      });
    }), { numRuns: RUNS });
    // Otherwise the property would hold because nothing was ever expressed.
    expect(expressed).toBeGreaterThan(RUNS / 16);
    expect(compared).toBeGreaterThan(5 * RUNS);
  });

  test('executes what the profile itself does for twice the same', () => {
    fc.assert(fc.property(profiles, fc.array(argumentVectors, { minLength: 4, maxLength: 4 }), (profile, vectors) => {
      const combined = isRefused(profile) ? undefined : attempt(() => combine(profile, profile));
      if (!combined) return;
      everywhere(vectors, (...call) => {
        // A rule that says what the default action says is dropped, and only runc's stub can tell.
        if (call[2].name === 'runc') return;
        const before = executes(profile, ...call);
        if (before !== undefined) expect([call, executes(combined, ...call)]).toStrictEqual([call, before]);
      });
    }), { numRuns: RUNS / 4 });
  });
});

const profile = (document: object) => SeccompProfile.fromJson({ architectures: ['SCMP_ARCH_X86_64'], ...document });
const flags = (...bits: number[]) => bits.map(bit => ({ names: ['clone'], action: 'SCMP_ACT_ERRNO', args: [{ index: 0, value: bit, valueTwo: bit, op: 'SCMP_CMP_MASKED_EQ' }] }));

test('intersects an allowlist with a denylist of flags, by the mask of all of them', () => {
  const allowlist = profile({ defaultAction: 'SCMP_ACT_ERRNO', syscalls: [{ names: ['clone', 'read'], action: 'SCMP_ACT_ALLOW' }] });
  const denylist = profile({ defaultAction: 'SCMP_ACT_ALLOW', syscalls: flags(0x20000, 0x10000000) });
  expect(JSON.parse(allowlist.intersect(denylist).toJson()).syscalls).toStrictEqual([
    { names: ['clone'], action: 'SCMP_ACT_ALLOW', args: [{ index: 0, value: 0x10020000, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' }] },
    { names: ['read'], action: 'SCMP_ACT_ALLOW' },
  ]);
});

test('unites two denylists to what both deny', () => {
  const a = profile({ defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{ names: ['mount', 'ptrace'], action: 'SCMP_ACT_ERRNO' }] });
  const b = profile({ defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{ names: ['mount', 'reboot'], action: 'SCMP_ACT_KILL_PROCESS' }] });
  expect(JSON.parse(a.union(b).toJson()).syscalls).toStrictEqual([{ names: ['mount'], action: 'SCMP_ACT_ERRNO', errnoRet: 1 }]);
});

test('fails to unite what would need a negation, and says what to do', () => {
  const two = [1, 2].map(value => ({ names: ['socket'], action: 'SCMP_ACT_ERRNO', args: [{ index: 0, value, op: 'SCMP_CMP_EQ' }] }));
  const a = profile({ defaultAction: 'SCMP_ACT_ERRNO', syscalls: [{ names: ['socket'], action: 'SCMP_ACT_ALLOW' }] });
  expect(() => a.intersect(profile({ defaultAction: 'SCMP_ACT_ALLOW', syscalls: two }))).toThrow(new Error(
    'socket cannot be expressed in one profile: its conditions would have to be negated, and no condition expresses that; '
    + 'remove it from one of the two with withoutSyscalls, or decide it with withAllowed or withDenied'));
});

test('fails to unite profiles of different byte orders', () => {
  const [little, big] = ['SCMP_ARCH_X86_64', 'SCMP_ARCH_S390X'].map(name => SeccompProfile.fromJson({ defaultAction: 'SCMP_ACT_ALLOW', architectures: [name] }));
  expect(() => little.union(big)).toThrow(/^architectures SCMP_ARCH_X86_64, SCMP_ARCH_S390X are big- and little-endian/);
});

describe('diff', () => {
  test('is empty exactly for profiles that answer alike', () => {
    fc.assert(fc.property(profiles, profiles, (a, b) => {
      const runtime = ContainerRuntime.crun('1.21');
      const differing = (from: SeccompProfile, to: SeccompProfile) => from.diff(to, { runtime, architectures: ABIS })
        .map(({ architecture, syscall }) => `${architecture} ${syscall}`).sort();
      expect(differing(a, a)).toStrictEqual([]);
      expect(differing(a, b)).toStrictEqual(differing(b, a));
      const answers = (of: SeccompProfile) => ABIS.flatMap(architecture => NAMES.map(syscall => ({ architecture, syscall })))
        .filter(({ architecture, syscall }) => numberOf(architecture.value, syscall) !== undefined)
        .map(query => of.decide({ ...query, runtime, node: NodeArchitecture.AMD64 }))
        .map(({ kind, action, errno, alternatives = [] }) =>
          [kind, action, errno, alternatives.map(({ path, ...rest }) => JSON.stringify(rest)).sort()]);
      if (differing(a, b).length === 0) expect(answers(a)).toStrictEqual(answers(b));
    }), { numRuns: runs(100) });
  });

  test('names what becomes denied, per ABI', () => {
    const before = profile({ defaultAction: 'SCMP_ACT_ALLOW', syscalls: [] });
    const differences = before.diff(before.withDenied(['mount']));
    expect(differences.map(({ architecture, syscall, before: one, after }) => [architecture.value, syscall, one.action!.value, after.errno]))
      .toStrictEqual([['SCMP_ARCH_X86_64', 'mount', 'SCMP_ACT_ALLOW', 1]]);
  });

  test('sees a change of conditions', () => {
    const [a, b] = [[0x20000], [0x20000, 0x10000000]].map(bits => profile({ defaultAction: 'SCMP_ACT_ALLOW', syscalls: flags(...bits) }));
    expect(a.diff(b).map(({ syscall }) => syscall)).toStrictEqual(['clone']);
  });
});
