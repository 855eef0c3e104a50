import { createHash } from 'crypto';
import { App, Chart, Testing } from 'cdk8s';
import { Node, NodeLabelQuery } from 'cdk8s-plus-28';
import {
  GitOps, MindieProfileDaemonSet, NodeGate, ProfileVersioning, SeccompMode, SeccompProfileDaemonSetOptions, SeccompSecuredDeployment,
  SeccompSecuredJob,
} from '../../src';
import { synthesize, theOnly, validationErrors, withoutDigests } from '../synthesize';

beforeAll(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterAll(() => jest.restoreAllMocks());

function synthesizeWith(options: SeccompProfileDaemonSetOptions, adapt: (workload: SeccompSecuredDeployment) => void = () => {}): any[] {
  const chart = new Chart(new App(), 'test', { namespace: 'node-setup' });
  const profile = new MindieProfileDaemonSet(chart, 'Profile', options);
  adapt(new SeccompSecuredDeployment(chart, 'App', { seccomp: SeccompMode.localhost(profile), containers: [{ image: 'app:1.0.0' }] }));
  return synthesize(chart);
}

describe('GitOps', () => {
  const annotations = (gitOps: GitOps) => synthesizeWith({ gitOps, annotations: { 'example.com/owner': 'platform' } })
    .map(({ kind, metadata, spec }) => [kind, metadata.annotations, spec?.template?.metadata.annotations]);
  const own = { 'example.com/owner': 'platform' };

  test('has Argo CD sync the profiles a wave before, and prune old ConfigMaps last', () => {
    const wave = { ...own, 'argocd.argoproj.io/sync-wave': '-1' };
    expect(annotations(GitOps.argoCd())).toStrictEqual([
      ['ConfigMap', { ...wave, 'argocd.argoproj.io/sync-options': 'PruneLast=true' }, undefined],
      ['ResourceQuota', wave, undefined],
      ['DaemonSet', wave, own],
      ['Deployment', undefined, undefined],
    ]);
    expect(annotations(GitOps.argoCd({ syncWave: -5 }))[2][1]).toMatchObject({ 'argocd.argoproj.io/sync-wave': '-5' });
  });

  test('has Flux keep old ConfigMaps', () => {
    expect(annotations(GitOps.flux())).toStrictEqual([
      ['ConfigMap', { ...own, 'kustomize.toolkit.fluxcd.io/prune': 'disabled' }, undefined],
      ['ResourceQuota', own, undefined],
      ['DaemonSet', own, own],
      ['Deployment', undefined, undefined],
    ]);
  });

  test('lets annotations of one\'s own win', () => {
    const manifests = synthesizeWith({ gitOps: GitOps.argoCd(), annotations: { 'argocd.argoproj.io/sync-wave': '7' } });
    expect(theOnly(manifests, 'DaemonSet').metadata.annotations).toStrictEqual({ 'argocd.argoproj.io/sync-wave': '7' });
  });

  test('fails on a sync wave that is no integer', () => {
    expect(() => GitOps.argoCd({ syncWave: 0.5 })).toThrow('syncWave 0.5 is not an integer, expected one such as -1');
  });
});

describe('NodeGate', () => {
  const PATH = 'profiles/mindie/mindie-motor-seccomp-blacklist.json';
  // As `printf %s "$PATH" | sha256sum` on the node.
  const MARK = `seccomp-profile-${createHash('sha256').update(PATH).digest('hex').slice(0, 16)}`;

  test.each<[string, NodeGate, string]>([
    ['Node Feature Discovery', NodeGate.nodeFeatureDiscovery(), `feature.node.kubernetes.io/${MARK}`],
    ['the API', NodeGate.nodeLabel(), `cdk8s-seccomp/${MARK}`],
  ])('renders the DaemonSet that labels by %s, and the workload that goes by the label', (_, nodeGate, label) => {
    expect(nodeGate.labelOf(PATH)).toBe(label);
    const manifests = synthesizeWith({ nodeGate });
    expect(withoutDigests(manifests.filter(({ kind }) => !['ConfigMap', 'Deployment'].includes(kind)))).toMatchSnapshot();
    expect(theOnly(manifests, 'Deployment').spec.template.spec.affinity).toStrictEqual({
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: label, operator: 'In', values: ['true'] }] }] },
      },
    });
    expect(Object.keys(theOnly(manifests, 'ConfigMap').data)).toContain('node-mark.sh');
  });

  test('adds the label to every term of an affinity that is there', () => {
    const manifests = synthesizeWith({ nodeGate: NodeGate.nodeLabel() }, workload => {
      workload.scheduling.attract(Node.labeled(NodeLabelQuery.is('zone', 'a'), NodeLabelQuery.exists('npu')));
      workload.scheduling.attract(Node.labeled(NodeLabelQuery.is('zone', 'b')));
      workload.scheduling.attract(Node.labeled(NodeLabelQuery.is('cheap', 'yes')), { weight: 5 });
      workload.scheduling.separate(workload);
    });
    const { affinity } = theOnly(manifests, 'Deployment').spec.template.spec;
    const own = { key: NodeGate.nodeLabel().labelOf(PATH), operator: 'In', values: ['true'] };
    const terms = affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms;
    expect(terms.map(({ matchExpressions }: any) => matchExpressions.map(({ key }: any) => key))).toStrictEqual([['zone', 'npu', own.key], ['zone', own.key]]);
    expect(terms[0].matchExpressions[2]).toStrictEqual(own);
    expect(affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution).toHaveLength(1);
    expect(affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution).toHaveLength(1);
  });

  test('gates by the version of the profile', () => {
    const labels = [ProfileVersioning.FIXED_NAME, ProfileVersioning.CONTENT_HASH].map(versioning => {
      const manifests = synthesizeWith({ nodeGate: NodeGate.nodeLabel(), versioning });
      const { securityContext, affinity } = theOnly(manifests, 'Deployment').spec.template.spec;
      const [{ key }] = affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions;
      expect(key).toBe(NodeGate.nodeLabel().labelOf(securityContext.seccompProfile.localhostProfile));
      return key;
    });
    expect(labels[0]).not.toBe(labels[1]);
  });

  test('needs no affinity under another mode', () => {
    const chart = Testing.chart();
    new SeccompSecuredJob(chart, 'Job', { seccomp: SeccompMode.RUNTIME_DEFAULT, containers: [{ image: 'app:1.0.0' }] });
    expect(theOnly(synthesize(chart), 'Job').spec.template.spec.affinity).toBeUndefined();
    expect(validationErrors(chart)).toStrictEqual([]);
  });

  test('fails on a features directory that is none', () => {
    expect(() => NodeGate.nodeFeatureDiscovery({ featuresDirectory: 'features.d' }))
      .toThrow('featuresDirectory "features.d" is not a directory on a node, expected a normalized absolute path such as "/etc/kubernetes/node-feature-discovery/features.d"');
  });
});
