import { checkLocalhostPath, localhostPathFault } from '../../src/private/localhost-path';

test.each([
  ['profiles/app.json', undefined, undefined],
  [undefined, 'is not a string', 'is not a string'],
  ['/a.json', 'is absolute', 'is absolute'],
  ['a/../b.json', 'contains ".."', 'contains ".."'],
  ['', undefined, 'is empty'],
  ['a\\b.json', undefined, 'contains a backslash'],
  ['a\u0000.json', undefined, 'contains a control character'],
  ['a//b.json', undefined, 'has an empty or "." segment'],
  ['./a.json', undefined, 'has an empty or "." segment'],
  [`${'a'.repeat(251)}.json`, undefined, 'has a segment longer than 255 bytes'],
  ['a', undefined, 'does not name a .json file'],
])('checks %j as the API server does, and as a node does', (path, apiServer, both) => {
  expect(localhostPathFault(path, 'API server')).toStrictEqual(apiServer);
  expect(localhostPathFault(path, 'API server and node')).toStrictEqual(both);
});

test('returns a path without a fault, and fails with one', () => {
  expect(checkLocalhostPath('profiles/app.json')).toBe('profiles/app.json');
  expect(() => checkLocalhostPath('a')).toThrow(
    'localhost profile path "a" does not name a .json file, expected a path below the kubelet\'s seccomp directory such as "profiles/my-app.json"');
});
