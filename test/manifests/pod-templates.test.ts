import { readFileSync } from 'fs';
import { join } from 'path';
import * as fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { changePodTemplates, podTemplatesIn } from '../../src/manifests/pod-templates';

const documents = (name: string): any[] => parseAllDocuments(readFileSync(join(__dirname, 'fixtures', name), 'utf8')).map(document => document.toJS());
const places = (resource: any) => podTemplatesIn(resource).map(({ keys }) => keys.join('.'));

test('finds the pods of custom resources', () => {
  expect(Object.fromEntries(documents('custom-resources.yaml').map(resource => [resource.kind, places(resource)]))).toStrictEqual({
    InferServiceSet: ['spec.template.roles.0.spec.template.spec', 'spec.template.roles.1.spec.template.spec'],
    Job: ['spec.tasks.0.template.spec', 'spec.tasks.1.template.spec'],
    LeaderWorkerSet: ['spec.leaderWorkerTemplate.leaderTemplate.spec', 'spec.leaderWorkerTemplate.workerTemplate.spec'],
    Rollout: ['spec.template.spec'],
    PyTorchJob: ['spec.pytorchReplicaSpecs.Master.template.spec', 'spec.pytorchReplicaSpecs.Worker.template.spec'],
    RayCluster: ['spec.headGroupSpec.template.spec', 'spec.workerGroupSpecs.0.template.spec'],
    Service: ['spec.template.spec'],
    InferenceService: ['spec.predictor'],
    JobSet: ['spec.replicatedJobs.0.template.spec.template.spec'],
    List: ['items.0.spec', 'items.1.spec.jobTemplate.spec.template.spec', 'items.2.template.spec'],
    AppWrapper: ['spec.components.0.template.spec'],
  });
});

test.each(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'])('finds the pods of a %s, with their metadata', kind => {
  const template = { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'a', image: 'a' }] } };
  const resource = { apiVersion: 'apps/v1', kind, metadata: { name: 'a' }, spec: { template } };
  expect(podTemplatesIn(resource)).toStrictEqual([{ keys: ['spec', 'template', 'spec'], ...template }]);
});

test('finds nothing in what only looks like a pod', () => {
  for (const resource of documents('no-pods.yaml')) expect([resource.kind, places(resource)]).toStrictEqual([resource.kind, []]);
});

test.each([undefined, null, 3, 'text', [], {}, { kind: 'Pod' }, { apiVersion: 'v1', kind: 'Pod', spec: null }, { apiVersion: 'v1', kind: 'Pod', spec: { containers: 'x' } },
  { apiVersion: 'v1', kind: 'List', items: [null, 1, { apiVersion: 1, kind: 2, spec: { template: null } }] }])('finds nothing in %j', resource => {
  expect(podTemplatesIn(resource)).toStrictEqual([]);
});

test('changes pods and nothing else, and leaves what it was given as it is', () => {
  for (const resource of [...documents('custom-resources.yaml'), ...documents('no-pods.yaml')]) {
    const text = JSON.stringify(resource);
    const changed = changePodTemplates(resource, template => ({ ...template, spec: { ...template.spec, marked: true } }));
    expect(JSON.stringify(resource)).toBe(text);
    expect(podTemplatesIn(changed).every(({ spec }) => spec.marked === true)).toBe(true);
    const back = changePodTemplates(changed, ({ spec: { marked: _, ...spec }, ...template }) => ({ ...template, spec }));
    expect(JSON.stringify(back)).toBe(text);
    if (places(resource).length === 0) expect(changed).toBe(resource);
  }
});

test('gives back the same object if nothing changes', () => {
  for (const resource of documents('custom-resources.yaml')) expect(changePodTemplates(resource, () => undefined)).toBe(resource);
});

test('takes any JSON', () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), value => {
    const resource = { apiVersion: 'example.com/v1', kind: 'Anything', spec: value };
    expect(changePodTemplates(resource, () => undefined)).toBe(resource);
  }), { numRuns: 2000 });
});
