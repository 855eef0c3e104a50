import { SeccompMode } from '../../src';

test('has the three modes of Kubernetes', () => {
  const modes = [SeccompMode.UNCONFINED, SeccompMode.RUNTIME_DEFAULT, SeccompMode.localhostPath('profiles/a.json')];
  expect(modes.map(({ type, localhostProfile }) => [type, localhostProfile])).toStrictEqual([
    ['Unconfined', undefined],
    ['RuntimeDefault', undefined],
    ['Localhost', 'profiles/a.json'],
  ]);
});

test.each([
  ['unconfined', SeccompMode.UNCONFINED],
  ['Unconfined', SeccompMode.UNCONFINED],
  ['runtime-default', SeccompMode.RUNTIME_DEFAULT],
  ['RuntimeDefault', SeccompMode.RUNTIME_DEFAULT],
  ['RUNTIME-DEFAULT', SeccompMode.RUNTIME_DEFAULT],
])('takes the mode by its name %j', (text, mode) => {
  expect(SeccompMode.of(text)).toBe(mode);
});

test.each([['localhos', '"localhos"'], ['localhost', '"localhost"'], ['', '""'], ['runtime default', '"runtime default"'], [undefined, 'undefined']])(
  'fails on the name %j', (text, shown) => {
    expect(() => SeccompMode.of(text as string)).toThrow(
      new Error(`${shown} is not a seccomp mode, expected one of unconfined, runtime-default: for localhost use SeccompMode.localhost(profile)`));
  });

test('reads the path of a profile late, when the distributor knows it', () => {
  const distributor = { localhostProfile: 'profiles/early.json' };
  const mode = SeccompMode.localhost(distributor);
  distributor.localhostProfile = 'profiles/late.json';
  expect(mode.localhostProfile).toBe('profiles/late.json');
});

const hint = 'expected a path below the kubelet\'s seccomp directory such as "profiles/my-app.json"';
test.each([
  ['', `localhost profile path "" is empty, ${hint}`],
  ['/etc/a.json', `localhost profile path "/etc/a.json" is absolute, ${hint}`],
  ['../a.json', `localhost profile path "../a.json" contains "..", ${hint}`],
  ['a/../b.json', `localhost profile path "a/../b.json" contains "..", ${hint}`],
  ['a\\b.json', `localhost profile path "a\\\\b.json" contains a backslash, ${hint}`],
  ['a\nb.json', `localhost profile path "a\\nb.json" contains a control character, ${hint}`],
  ['a//b.json', `localhost profile path "a//b.json" has an empty or "." segment, ${hint}`],
  ['./a.json', `localhost profile path "./a.json" has an empty or "." segment, ${hint}`],
  [`${'a'.repeat(251)}.json`, /has a segment longer than 255 bytes/],
  ['a.yaml', `localhost profile path "a.yaml" does not name a .json file, ${hint}`],
  ['a/.json', `localhost profile path "a/.json" does not name a .json file, ${hint}`],
  [undefined as unknown as string, `localhost profile path undefined is not a string, ${hint}`],
])('fails on the path %j', (path, message) => {
  expect(() => SeccompMode.localhostPath(path)).toThrow(message);
  expect(() => SeccompMode.localhost({ localhostProfile: path }).localhostProfile).toThrow(message);
});
