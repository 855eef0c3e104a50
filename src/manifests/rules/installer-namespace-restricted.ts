import { LintSeverity } from '../../lint/finding';
import { seccompHostPath } from '../installers';
import { namespaceOf } from '../resource';
import { ManifestNote, noting } from '../rule';

interface InstallerNote extends ManifestNote {
  readonly namespace: string;
  readonly path: string;
}

export const installerNamespaceRestricted = noting<InstallerNote>({
  id: 'installer-namespace-restricted',
  severity: LintSeverity.ERROR,
  summary: 'an installer of profiles in a namespace that refuses its pods',
  why: 'An installer of profiles needs a host path, and Pod Security refuses host paths at the levels baseline and restricted. The API server accepts the '
    + 'DaemonSet but refuses its pods: no node gets a profile, and the pods that need one do not start.',
  fix: 'put the installer into a namespace of its own with the label pod-security.kubernetes.io/enforce: privileged',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  *note(resource) {
    for (const pod of resource.pods) {
      const hostPath = seccompHostPath(pod);
      if (hostPath) yield { ...hostPath, namespace: namespaceOf(resource) };
    }
  },
  *conclude({ namespace, path }, { namespaces }) {
    const levels = (namespaces.get(namespace) ?? []).map(({ enforce }) => enforce.level).filter(level => level !== 'privileged');
    for (const level of [...new Set(levels)].sort().slice(0, 1)) {
      yield { message: `its pods would be refused: namespace ${JSON.stringify(namespace)} enforces ${level}, which forbids the host path ${path}` };
    }
  },
});
