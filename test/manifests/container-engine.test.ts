import { ContainerEngine, DefaultProfile } from '../../src/manifests/container-engine';

const { OLDER_THAN_CLONE3, WITHOUT_CLONE3, CLONE3_MISSING } = DefaultProfile;

test.each<[engine: string, words: string, profile: DefaultProfile]>([
  ['docker@1.13.1', 'Docker 1.13.1', OLDER_THAN_CLONE3],
  ['docker@19.03.15', 'Docker 19.03.15', OLDER_THAN_CLONE3],
  ['docker@20.10.0', 'Docker 20.10.0', WITHOUT_CLONE3],
  ['docker@20.10.5+dfsg1', 'Docker 20.10.5+dfsg1', WITHOUT_CLONE3],
  ['docker@20.10.9', 'Docker 20.10.9', WITHOUT_CLONE3],
  ['docker@20.10.10', 'Docker 20.10.10', CLONE3_MISSING],
  ['docker@20.10.24+dfsg1-1+deb12u1', 'Docker 20.10.24+dfsg1-1+deb12u1', CLONE3_MISSING],
  ['docker@23.0.0-rc.1', 'Docker 23.0.0-rc.1', CLONE3_MISSING],
  ['containerd@1.2.14', 'containerd 1.2.14', OLDER_THAN_CLONE3],
  ['containerd@1.3.7', 'containerd 1.3.7', OLDER_THAN_CLONE3],
  ['containerd@1.3.9', 'containerd 1.3.9', WITHOUT_CLONE3],
  ['containerd@1.3.10', 'containerd 1.3.10', WITHOUT_CLONE3],
  ['containerd@1.4.0', 'containerd 1.4.0', OLDER_THAN_CLONE3],
  ['containerd@1.4.1', 'containerd 1.4.1', WITHOUT_CLONE3],
  ['containerd@1.4.9', 'containerd 1.4.9', WITHOUT_CLONE3],
  ['containerd@1.4.10', 'containerd 1.4.10', CLONE3_MISSING],
  ['containerd@1.4.13~ds1', 'containerd 1.4.13~ds1', CLONE3_MISSING],
  ['containerd@1.5.0', 'containerd 1.5.0', WITHOUT_CLONE3],
  ['containerd@v1.5.2', 'containerd 1.5.2', WITHOUT_CLONE3],
  ['containerd@1.5.5', 'containerd 1.5.5', WITHOUT_CLONE3],
  ['containerd@1.5.6', 'containerd 1.5.6', CLONE3_MISSING],
  ['containerd@1.6.0-rc.1', 'containerd 1.6.0-rc.1', CLONE3_MISSING],
  ['containerd@2.1.4', 'containerd 2.1.4', CLONE3_MISSING],
])('knows the default profile of %s', (text, words, profile) => {
  const engine = ContainerEngine.of(text);
  expect([String(engine), engine.profile]).toStrictEqual([words, profile]);
});

describe('fails on', () => {
  const expected = 'expected docker@VERSION or containerd@VERSION, such as containerd@1.5.2';
  test.each([
    ['another engine', 'cri-o@1.20.0', `"cri-o@1.20.0" is not a container engine, ${expected}`],
    ['a property of every object', 'constructor@1.0.0', `"constructor@1.0.0" is not a container engine, ${expected}`],
    ['an engine without a version', 'containerd', `"containerd" is not a container engine, ${expected}`],
    ['nothing', '', `"" is not a container engine, ${expected}`],
    ['part of a version', 'containerd@1.5', '"1.5" is not a version of containerd, expected a full version such as 1.5.6'],
    ['what is no version', 'docker@latest', '"latest" is not a version of Docker, expected a full version such as 20.10.10'],
    ['more digits', 'docker@20.10.5.1', '"20.10.5.1" is not a version of Docker, expected a full version such as 20.10.10'],
  ])('%s', (_, text, message) => expect(() => ContainerEngine.of(text)).toThrow(new Error(message)));
});
