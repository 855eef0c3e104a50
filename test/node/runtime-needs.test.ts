import { Setting, Starter } from './runtime-needs/starter';
import { DEBIANS, DebianRelease, NEWER_RUNCS, ociRuntimes } from './runtimes/debian';
import { OciRuntimeName } from './runtimes/oci-runtime';
import { ENOSYS, EPERM } from './runtimes/syscall-report';
import { isAtLeast } from '../../src/private/version';
import { ContainerRuntime } from '../../src/profile/filter/container-runtime';
import { RUNTIME_NEEDS, RuntimeNeed } from '../../src/profile/filter/runtime-needs';
import { allNames, numberOf } from '../../src/syscalls/numbers';

const ABI = 'SCMP_ARCH_X86_64';
const NAMES = allNames().filter(name => numberOf(ABI, name) !== undefined);
/** What test/node/runtime-needs/exit.c calls itself. */
const PROGRAM_NEEDS = ['exit_group'];

const DEFAULT_CAPABILITIES = [
  'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'NET_RAW', 'SETFCAP', 'SETGID', 'SETPCAP',
  'SETUID', 'SYS_CHROOT',
].map(name => `CAP_${name}`);

const SETTINGS: Readonly<Record<string, Setting>> = {
  'root': { uid: 0, noNewPrivileges: false, capabilities: DEFAULT_CAPABILITIES },
  'a user': { uid: 1001, noNewPrivileges: false, capabilities: DEFAULT_CAPABILITIES },
  'a user without new privileges': { uid: 1001, noNewPrivileges: true, capabilities: [] },
};

/** How a call is not executed. */
type Refusal = 'EPERM' | 'ENOSYS' | 'KILL';
const REFUSALS: readonly Refusal[] = ['EPERM', 'ENOSYS', 'KILL'];

function denylist(names: readonly string[], refusal: Refusal): object {
  return { defaultAction: 'SCMP_ACT_ALLOW', architectures: [ABI], syscalls: [{ names, ...rule(refusal) }] };
}

function allowlist(names: readonly string[], refusal: Refusal): object {
  const { action, errnoRet } = rule(refusal);
  return { defaultAction: action, defaultErrnoRet: errnoRet, architectures: [ABI], syscalls: [{ names, action: 'SCMP_ACT_ALLOW' }] };
}

function rule(refusal: Refusal): { action: string; errnoRet?: number } {
  if (refusal === 'KILL') return { action: 'SCMP_ACT_KILL_PROCESS' };
  return { action: 'SCMP_ACT_ERRNO', errnoRet: refusal === 'EPERM' ? EPERM : ENOSYS };
}

function needsOf({ name, version }: ContainerRuntime, { uid, noNewPrivileges }: Setting): RuntimeNeed[] {
  return RUNTIME_NEEDS[name as OciRuntimeName].filter(({ newPrivilegesOnly, nonRootOnly, since = '0', before }) => {
    const isOfVersion = isAtLeast(version, since) && !(before && isAtLeast(version, before));
    return isOfVersion && !(newPrivilegesOnly && noNewPrivileges) && !(nonRootOnly && uid === 0);
  });
}

function isFatal({ tolerates }: RuntimeNeed, refusal: Refusal): boolean {
  return refusal === 'KILL' || tolerates === undefined || (tolerates === 'EPERM' && refusal === 'ENOSYS');
}

/** 1.2.8, which needs the most, and the newest. */
const NEEDY_RUNCS = [NEWER_RUNCS[1], NEWER_RUNCS.at(-1)!];

describe.each([...DEBIANS, ...NEEDY_RUNCS])('%s', debian => {
  let release: DebianRelease;
  let starter: Starter;

  beforeAll(async () => {
    release = await DebianRelease.of(debian);
    starter = await Starter.on(release);
  }, 6 * 60_000);

  afterAll(async () => starter.stop());

  describe.each(ociRuntimes(debian))('%s', name => {
    const starts = async (setting: Setting, seccomp?: object, pauseSeconds?: number, timeoutMs?: number) =>
      starter.starts(name, setting, { seccomp, pauseSeconds, timeoutMs });

    /** On a busy machine the Go runtime now and then has no thread to wake, and a container starts without futex. */
    const startsEachTime = async (setting: Setting, seccomp: object): Promise<boolean> => {
      for (let attempt = 0; attempt < 3; attempt++) {
        // Without some of its needs crun waits for ever.
        if (!await starts(setting, seccomp, 0, 1_500)) return false;
      }
      return true;
    };

    /** Of the needs, those without which a container starts. */
    const unneeded = async (needs: readonly RuntimeNeed[], setting: Setting, refusals: readonly Refusal[]): Promise<string[]> => {
      const started: string[] = [];
      for (const refusal of refusals) {
        for (const { anyOf } of needs.filter(need => !need.sometimes && isFatal(need, refusal))) {
          if (await startsEachTime(setting, denylist(anyOf, refusal))) started.push(`${anyOf} (${refusal})`);
        }
      }
      return started;
    };

    /** How a container does not start, if all but the needs is refused, and of several that will do all but the first, or the last. */
    const incomplete = async (needs: readonly RuntimeNeed[], setting: Setting): Promise<string[]> => {
      const failed: string[] = [];
      for (const [refusal, choice] of REFUSALS.flatMap(each => [0, -1].map(at => [each, at] as const))) {
        const needed = [...PROGRAM_NEEDS, ...needs.filter(need => isFatal(need, refusal)).map(({ anyOf }) => anyOf.at(choice)!)];
        const others = NAMES.filter(each => !needed.includes(each));
        if (!await starts(setting, allowlist(needed, refusal))) failed.push(`allowlist (${refusal}) of ${needed}`);
        if (!await starts(setting, denylist(others, refusal))) failed.push(`denylist (${refusal}) of all but ${needed}`);
      }
      return failed;
    };

    describe.each(Object.entries(SETTINGS))('as %s', (_, setting) => {
      test('does not start without any one of its needs', async () => {
        expect(await unneeded(needsOf(release.runtime(name), setting), setting, REFUSALS)).toStrictEqual([]);
      });

      test('starts with its needs alone, and with all other calls refused', async () => {
        expect(await incomplete(needsOf(release.runtime(name), setting), setting)).toStrictEqual([]);
      });
    });

    test('would notice a need too many and one too few', async () => {
      const setting = SETTINGS['a user without new privileges'];
      const needs = needsOf(release.runtime(name), setting);
      expect(await unneeded([...needs, { anyOf: ['getuid'], why: '' }], setting, ['EPERM'])).toStrictEqual(['getuid (EPERM)']);
      const failed = await incomplete(needs.filter(({ anyOf }) => !anyOf.includes('close')), setting);
      expect(failed.filter(each => each.includes('(KILL)'))).toHaveLength(4);
    });
  });

  test('fails some starts of runc without what it needs in some', async () => {
    const setting = SETTINGS.root;
    const sometimes = needsOf(release.runtime('runc'), setting).filter(need => need.sometimes && isFatal(need, 'EPERM'));
    expect(sometimes.length).toBeGreaterThan(0);
    for (const { anyOf } of sometimes) {
      const attempts = Array.from({ length: 80 }, () => denylist(anyOf, 'EPERM'));
      let failed = false;
      // Every fifth fails; what interrupts the runtime comes while it waits for the start.
      while (!failed && attempts.length > 0) failed = !await starter.starts('runc', setting, { seccomp: attempts.pop(), pauseSeconds: 0.3 });
      expect({ anyOf, failed }).toStrictEqual({ anyOf, failed: true });
    }
  });
});
