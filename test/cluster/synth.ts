import { App, Chart, Duration } from 'cdk8s';
import { MindieMotorChart } from '../../examples/mindie-motor/mindie-motor-chart';
import { chooseSeccompMode } from '../../examples/mindie-motor/seccomp-mode';
import { SeccompProfile } from '../../src';

export const MODES = ['unconfined', 'runtime-default', 'localhost'] as const;
export type ModeName = typeof MODES[number];

/** The manifests of an app, in the order in which they would be applied. */
export function manifestsOf(app: App): any[] {
  const charts = app.node.findAll().filter((construct): construct is Chart => Chart.isChart(construct));
  const faults = app.node.findAll().flatMap(construct => construct.node.validate().map(message => `[${construct.node.path}] ${message}`));
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const ofProfiles = (chart: Chart) => chart.node.id.includes('seccomp-profiles') ? 0 : 1;
  return [...charts].sort((a, b) => ofProfiles(a) - ofProfiles(b)).flatMap(chart => chart.toJson());
}

/** What `npm run synth` writes, for a mode. */
export function example(mode: ModeName): any[] {
  const app = new App();
  const seccomp = chooseSeccompMode(app, mode);
  new MindieMotorChart(app, 'mindie-motor', { seccomp });
  return manifestsOf(app);
}

/** The manifests of one chart in a namespace. */
export function synth(namespace: string, fill: (chart: Chart) => void): any[] {
  const app = new App();
  fill(new Chart(app, namespace, { namespace, disableResourceNameHashes: true }));
  return manifestsOf(app);
}

export function namespaceObject(name: string, level = 'privileged'): object {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': level } } };
}

/** Denies one call that nothing needs, so that a program can tell that this profile is the one that it has. */
export function denying(call: string): SeccompProfile {
  return SeccompProfile.fromJson(JSON.stringify({
    defaultAction: 'SCMP_ACT_ALLOW',
    architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32', 'SCMP_ARCH_AARCH64', 'SCMP_ARCH_ARM'],
    syscalls: [{ names: [call], action: 'SCMP_ACT_ERRNO', errnoRet: 1 }],
  }));
}

/** Longer than any test. */
export const NEVER = Duration.days(1);

