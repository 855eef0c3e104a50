import { manifestsOf, resourcesIn, yamlOf } from './mindie-motor';

let manifests: any[];
beforeAll(() => {
  [manifests] = manifestsOf('localhost');
});

test('brings the profile with these resources, in this order', () => {
  expect(resourcesIn(manifests)).toMatchSnapshot();
});

test.each(['Namespace', 'ConfigMap', 'DaemonSet'])('brings the profile with these resources of kind %s', kind => {
  expect(yamlOf(manifests, kind)).toMatchSnapshot();
});
