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
  summary: 'a container under a profile with which threads do not start',
  why: 'The profile that these manifests bring to the nodes of the pod refuses the calls that start a thread: Python says "can\'t start new thread", and the container '
    + 'seems to run. threads-cannot-start says so of the profile; this says whom it concerns, on the architectures on which the pod can run. RuntimeDefault does the same with '
    + 'Docker before 20.10.10, and with containerd before 1.4.10 and 1.5.0 to 1.5.5. No manifest says what the nodes have: it is judged for the container engines that '
    + '--engine, or engines in cdk8s.yaml, names, and without them not at all.',
  fix: 'let the profile answer clone3 with ENOSYS (38) and clone as it is needed: see threads-cannot-start',
  source: 'https://sourceware.org/git/?p=glibc.git;a=blob;f=sysdeps/unix/sysv/linux/clone-internal.c',
  check: runtimeDefaultFaults,
  note: localhostUses,
  *conclude({ who, path, nodes }, set) {
    for (const fault of threadFaults(path, nodes, set)) yield { message: `${who}, under ${path}: ${fault}` };
  },
});

function* runtimeDefaultFaults(resource: ManifestResource, runtimeDefault: RuntimeDefault): Iterable<ManifestReport> {
  // What brings profiles to the nodes is a shell script, which starts no threads.
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
