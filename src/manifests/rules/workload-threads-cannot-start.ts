import { LintSeverity } from '../../lint/finding';
import { groupBy } from '../../private/text';
import { threadFaults } from '../distribution';
import { installersIn } from '../installers';
import { LocalhostUse, localhostUses } from '../localhost';
import { architecturesOf } from '../nodes';
import { localhostFault, ManifestContainer } from '../pod';
import { ManifestResource } from '../resource';
import { ManifestReport, noting } from '../rule';
import { RuntimeDefault } from '../runtime-default';
import { formatContainers } from '../text';

export const workloadThreadsCannotStart = noting<LocalhostUse>({
  id: 'workload-threads-cannot-start',
  severity: LintSeverity.ERROR,
  summary: 'a container with a profile under which threads do not start',
  why: 'The profile that the pod gets on its nodes denies the calls that start a thread: Python reports "can\'t start new thread", while the container '
    + 'seems to run. threads-cannot-start reports the profile; this rule reports the containers, for the architectures on which the pod can run. RuntimeDefault also denies '
    + 'them with Docker before 20.10.10, and with containerd before 1.4.10 and 1.5.0 to 1.5.5. Manifests do not name the engine of the nodes: RuntimeDefault is judged only '
    + 'for the engines that --engine, or engines in cdk8s.yaml, names.',
  fix: 'answer clone3 with ENOSYS (38) in the profile, and allow clone for threads: see threads-cannot-start',
  source: 'https://sourceware.org/git/?p=glibc.git;a=blob;f=sysdeps/unix/sysv/linux/clone-internal.c',
  check: runtimeDefaultFaults,
  note: localhostUses,
  *conclude({ who, path, nodes }, set) {
    for (const fault of threadFaults(path, nodes, set)) yield { message: `${who}, under ${path}: ${fault}` };
  },
});

function* runtimeDefaultFaults(resource: ManifestResource, runtimeDefault: RuntimeDefault): Iterable<ManifestReport> {
  // The installer of a SeccompProfileDaemonSet is a shell script, which starts no threads.
  if (installersIn(resource).some(({ documents }) => documents.length > 0)) return;
  for (const { isWindows, containers, nodes } of resource.pods) {
    const faults = runtimeDefault.threadFaults(architecturesOf(nodes));
    const users = containers.filter(container => !isWindows && hasRuntimeDefault(container));
    for (const group of groupBy(users, ({ effective }) => effective!.keys.join())) {
      for (const { engines, message, fix, severity } of faults) {
        yield { keys: group[0].effective!.keys, message: `${formatContainers(group)}, under RuntimeDefault of ${engines}: ${message}`, fix, severity };
      }
    }
  }
}

function hasRuntimeDefault({ effective, isPrivileged }: ManifestContainer): boolean {
  return !isPrivileged && effective?.type === 'RuntimeDefault' && !localhostFault(effective);
}
