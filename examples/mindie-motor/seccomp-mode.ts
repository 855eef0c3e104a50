import { App, Chart } from 'cdk8s';
import { Namespace } from 'cdk8s-plus-28';
import { MindieProfileDaemonSet, SeccompMode } from 'cdk8s-seccomp';

/**
 * The one place that decides how every pod of MindIE Motor is filtered.
 *
 * @param name `unconfined`, `runtime-default` or `localhost`
 */
export function chooseSeccompMode(app: App, name = 'localhost'): SeccompMode {
  switch (name) {
    case 'unconfined':
      return SeccompMode.UNCONFINED;
    case 'runtime-default':
      return SeccompMode.RUNTIME_DEFAULT;
    case 'localhost':
      return SeccompMode.localhost(profileDaemonSet(app));
    default:
      throw new Error(`SECCOMP_MODE is "${name}", expected unconfined, runtime-default or localhost`);
  }
}

/** The DaemonSet mounts a host path, which Pod Security must allow: hence a namespace of its own. */
function profileDaemonSet(app: App): MindieProfileDaemonSet {
  const namespace = 'seccomp-profiles';
  const chart = new Chart(app, namespace, { namespace, disableResourceNameHashes: true });
  new Namespace(chart, 'Namespace', { metadata: { name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } } });
  return new MindieProfileDaemonSet(chart, 'mindie');
}
