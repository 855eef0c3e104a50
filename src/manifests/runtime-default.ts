import { ContainerEngine, DefaultProfile } from './container-engine';
import { LintSeverity } from '../lint/finding';
import { Fleet, fleetOf } from '../lint/fleet';
import { LintContext } from '../lint/lint-context';
import { threadsCannotStart } from '../lint/rules/threads-cannot-start';
import { LintTargets } from '../lint/targets';
import { enumerate, groupBy } from '../private/text';
import { NodeArchitecture } from '../profile/document/node-architecture';
import { ContainerRuntime } from '../profile/filter/container-runtime';
import { SeccompProfile } from '../profile/seccomp-profile';
import { EPERM } from '../syscalls/errnos';

/** A fault in the RuntimeDefault of some engines. */
export interface RuntimeDefaultFault {
  /** Engines, such as `Docker 20.10.5 and containerd 1.5.2`. */
  readonly engines: string;
  readonly message: string;
  readonly fix: string;
  readonly severity: LintSeverity;
}

/** Calls that the default profiles allow, reduced to clone and the newest ones: they decide the answer to clone3. */
const ALLOWED: Readonly<Record<DefaultProfile, readonly string[] | undefined>> = {
  [DefaultProfile.OLDER_THAN_CLONE3]: ['clone', 'statx', 'io_pgetevents'],
  [DefaultProfile.WITHOUT_CLONE3]: ['clone', 'statx', 'io_pgetevents', 'openat2', 'faccessat2'],
  [DefaultProfile.CLONE3_MISSING]: undefined,
};
/** The newest runc without an ENOSYS stub. Engines with a profile older than clone3 came with this or an older one. */
const RUNC_WITHOUT_STUB = ContainerRuntime.runc('1.0.0-rc92', { libseccomp: '2.5.5' });

const UPDATE = 'update the nodes to Docker 20.10.10, containerd 1.4.10 or 1.5.6, or later; until then use SeccompMode.localhost(profile) with a profile that answers '
  + 'clone3 with ENOSYS (38), or Unconfined';
/** The fix for a profile older than clone3, for which runc's stub answers clone3 with ENOSYS. */
const UPDATE_OR_NAME_RUNTIME = `${UPDATE}; threads start with runc 1.0.0-rc93 or later: if all nodes have it, give --target runtime=runc@VERSION`;

/** RuntimeDefault on the nodes of a cluster, for the container engines that are known. */
export class RuntimeDefault {
  private readonly engines: readonly ContainerEngine[];
  private readonly known = new Map<string, readonly RuntimeDefaultFault[]>();

  /**
   * @throws if a container engine is unknown
   */
  public constructor(engines: readonly string[] = [], private readonly targets: LintTargets = {}) {
    this.engines = engines.map(ContainerEngine.of);
  }

  /** Returns the reasons why threads do not start under it, on nodes of these architectures; without them, on any node of the targets. */
  public threadFaults(architectures?: readonly string[]): readonly RuntimeDefaultFault[] {
    const key = JSON.stringify(architectures ?? null);
    if (!this.known.has(key)) {
      const nodes = architectures ? NodeArchitecture.all().filter(({ label }) => architectures.includes(label))
        : this.targets.nodes ?? [NodeArchitecture.AMD64, NodeArchitecture.ARM64];
      this.known.set(key, groupBy(this.engines, ({ profile }) => profile).flatMap(group => faultsOf(group, fleetOf({ ...this.targets, nodes }))));
    }
    return this.known.get(key)!;
  }
}

/** Returns the faults of engines with the same default profile. */
function faultsOf(engines: readonly ContainerEngine[], fleet: Fleet): RuntimeDefaultFault[] {
  const [{ profile }] = engines;
  const allowed = ALLOWED[profile];
  if (!allowed) return [];
  const architectures = fleet.nodes!.flatMap(node => node.architectures);
  const standIn = SeccompProfile.allowlist({ allowed: [...allowed], defaultErrno: EPERM, architectures });
  const isOpen = profile === DefaultProfile.OLDER_THAN_CLONE3 && fleet.assumed;
  // Without a runtime among the targets, the runc that fails is judged too.
  const judged = isOpen ? { ...fleet, runtimes: [RUNC_WITHOUT_STUB, ...fleet.runtimes], assumed: false } : fleet;
  return [...threadsCannotStart.check(new LintContext(standIn, judged))].map(({ message }) => ({
    engines: enumerate([...new Set(engines.map(String))]),
    message,
    fix: isOpen ? UPDATE_OR_NAME_RUNTIME : UPDATE,
    severity: isOpen ? LintSeverity.WARNING : LintSeverity.ERROR,
  }));
}
