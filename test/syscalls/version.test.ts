import { isAtLeast } from '../../src/syscalls/version';

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
])('compares %s with %s', (version, required, expected) => {
  expect(isAtLeast(version, required)).toBe(expected);
});
