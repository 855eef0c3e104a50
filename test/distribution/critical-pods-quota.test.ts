import { App, Chart } from 'cdk8s';
import { MindieProfileDaemonSet, PriorityClassQuota, SeccompProfileDaemonSetOptions } from '../../src';
import { synthesize } from '../synthesize';

beforeAll(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterAll(() => jest.restoreAllMocks());

function quotas(options: SeccompProfileDaemonSetOptions, namespace?: string): any[] {
  const chart = new Chart(new App(), 'test', { namespace });
  new MindieProfileDaemonSet(chart, 'Profile', options);
  return synthesize(chart).filter(({ kind }) => kind === 'ResourceQuota').map(({ metadata, spec }) => ({ namespace: metadata.namespace, spec }));
}

const quota = (priorityClass: string) => ({
  hard: { pods: '1G' }, scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: [priorityClass] }] },
});

test.each<[string, SeccompProfileDaemonSetOptions, string | undefined, unknown[]]>([
  ['a class of the system', {}, 'node-setup', [{ namespace: 'node-setup', spec: quota('system-node-critical') }]],
  ['the other one, in the namespace of the DaemonSet', { priorityClassName: 'system-cluster-critical', namespace: 'own' }, 'node-setup', [{ namespace: 'own', spec: quota('system-cluster-critical') }]],
  ['a class of the system in kube-system', {}, 'kube-system', []],
  ['kube-system, where it is asked for', { priorityClassQuota: PriorityClassQuota.OWN }, 'kube-system', [{ namespace: 'kube-system', spec: quota('system-node-critical') }]],
  ['another class', { priorityClassName: 'high' }, 'node-setup', []],
  ['another class, where it is asked for', { priorityClassName: 'high', priorityClassQuota: PriorityClassQuota.OWN }, undefined, [{ namespace: undefined, spec: quota('high') }]],
  ['a cluster that asks for none', { priorityClassQuota: PriorityClassQuota.NONE }, 'node-setup', []],
])('writes the ResourceQuota, or none, for %s', (_, options, namespace, expected) => {
  expect(quotas(options, namespace)).toStrictEqual(expected);
});

test('has the quota applied before the DaemonSet', () => {
  const chart = new Chart(new App(), 'test');
  new MindieProfileDaemonSet(chart, 'Profile');
  expect(synthesize(chart).map(({ kind }) => kind)).toStrictEqual(['ResourceQuota', 'ConfigMap', 'DaemonSet']);
});
