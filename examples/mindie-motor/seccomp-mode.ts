import { App, Chart } from 'cdk8s';
import { Namespace } from 'cdk8s-plus-28';
import { MindieProfileDaemonSet, SeccompMode } from 'cdk8s-seccomp';

/**
 * The one place that decides how every pod of MindIE Motor is filtered.
 *
 * @param name `unconfined`, `runtime-default` or `localhost`
 */
export function chooseSeccompMode(app: App, name = 'localhost'): SeccompMode {
  return name === 'localhost' ? SeccompMode.localhost(profileDaemonSet(app)) : SeccompMode.of(name);
}

/** The DaemonSet mounts a host path, which Pod Security must allow: hence a namespace of its own. */
function profileDaemonSet(app: App): MindieProfileDaemonSet {
  const namespace = 'seccomp-profiles';
  const chart = new Chart(app, namespace, { namespace, disableResourceNameHashes: true });
  new Namespace(chart, 'Namespace', { metadata: { name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } } });
  return new MindieProfileDaemonSet(chart, 'mindie');
}
