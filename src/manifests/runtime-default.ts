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

/** What is wrong with the RuntimeDefault of some engines. */
export interface RuntimeDefaultFault {
  /** Such as `Docker 20.10.5 and containerd 1.5.2`. */
  readonly engines: string;
  readonly message: string;
  readonly fix: string;
  readonly severity: LintSeverity;
}

/** Of what the default profiles allow, clone and the newest calls: that decides how clone3 is answered. */
const ALLOWED: Readonly<Record<DefaultProfile, readonly string[] | undefined>> = {
  [DefaultProfile.OLDER_THAN_CLONE3]: ['clone', 'statx', 'io_pgetevents'],
  [DefaultProfile.WITHOUT_CLONE3]: ['clone', 'statx', 'io_pgetevents', 'openat2', 'faccessat2'],
  [DefaultProfile.CLONE3_MISSING]: undefined,
};
const EPERM = 1;
/** The newest without a stub: what is older than clone3 came with this or an older one. */
const RUNC_WITHOUT_STUB = ContainerRuntime.runc('1.0.0-rc92', { libseccomp: '2.5.5' });

const UPDATE = 'update the nodes to Docker 20.10.10, containerd 1.4.10 or 1.5.6, or later; until then SeccompMode.localhost(profile), of a profile that answers clone3 '
  + 'with ENOSYS (38), or Unconfined';
/** runc's stub answers clone3 with ENOSYS where nothing near it is named. */
const SAY_RUNTIME = `${UPDATE}; with runc 1.0.0-rc93 or later threads start: if all nodes have it, --target runtime=runc@VERSION says so`;

/** What RuntimeDefault is on the nodes of a cluster, as far as its container engines are known. */
export class RuntimeDefault {
  private readonly engines: readonly ContainerEngine[];
  private readonly known = new Map<string, readonly RuntimeDefaultFault[]>();

  /**
   * @throws if one of them is no container engine
   */
  public constructor(engines: readonly string[] = [], private readonly targets: LintTargets = {}) {
    this.engines = engines.map(ContainerEngine.of);
  }

  /** Why threads do not start under it, on nodes of these architectures, or on any. */
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

/** Of engines with the same profile. */
function faultsOf(engines: readonly ContainerEngine[], fleet: Fleet): RuntimeDefaultFault[] {
  const [{ profile }] = engines;
  const allowed = ALLOWED[profile];
  if (!allowed) return [];
  const architectures = fleet.nodes!.flatMap(node => node.architectures);
  const standIn = SeccompProfile.allowlist({ allowed: [...allowed], defaultErrno: EPERM, architectures });
  const isOpen = profile === DefaultProfile.OLDER_THAN_CLONE3 && fleet.assumed;
  // Where nobody says which runtimes there are, it is said under which it fails.
  const judged = isOpen ? { ...fleet, runtimes: [RUNC_WITHOUT_STUB, ...fleet.runtimes], assumed: false } : fleet;
  return [...threadsCannotStart.check(new LintContext(standIn, judged))].map(({ message }) => ({
    engines: enumerate([...new Set(engines.map(String))]),
    message,
    fix: isOpen ? SAY_RUNTIME : UPDATE,
    severity: isOpen ? LintSeverity.WARNING : LintSeverity.ERROR,
  }));
}
