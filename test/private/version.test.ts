import { compareVersions, isAtLeast } from '../../src/private/version';

test.each([
  ['2.6.1', '2.6.1', true],
  ['2.6.1', '2.6.0', true],
  ['2.10', '2.9.3', true],
  ['3', '2.6.1', true],
  ['2.6', '2.6.0', true],
  ['2.6', '2.6.1', false],
  ['2.5.4', '2.5.5', false],
  ['1.9', '2', false],
  ['2.5.4-1+deb12u1', '2.5.4', true],
  ['2.5.4-1+deb12u1', '2.5.5', false],
  ['unknown', '2.3.1', false],
  ['v1.1.5', '1.1.5', true],
  ['1.0.0-rc93', '1.0.0', false],
  ['1.0.0-rc93', '1.0.0-rc92', true],
  ['1.0.0-rc.9', '1.0.0-rc10', false],
  ['1.0.0', '1.0.0-rc93', true],
  ['1.5', '1.5.0-rc2', true],
  ['1.1.15+dev', '1.1.15', true],
  ['5.10.0-18-amd64', '5.10', true],
  ['20.10.9', '20.10.10', false],
])('compares %s with %s', (version, required, expected) => {
  expect(isAtLeast(version, required)).toBe(expected);
});

test('sorts', () => {
  const sorted = ['1.0.0-rc92', '1.0.0-rc93', '1.0.0', '1.0.1', '1.2', '1.10'];
  expect([...sorted].reverse().sort(compareVersions)).toStrictEqual(sorted);
  expect(compareVersions('1.2', '1.2.0')).toBe(0);
});
