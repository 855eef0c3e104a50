import { check, describeFinding, documents, isOf, MANIFEST_FIXTURES } from './fixtures';

test.each(MANIFEST_FIXTURES.filter(({ fires }) => fires))('finds what is wrong in $name', ({ rule, text, options }) => {
  const own = check(documents(text), options).filter(finding => isOf(rule, finding));
  expect(own).not.toStrictEqual([]);
  expect(`\n${own.map(describeFinding).join('\n')}\n`).toMatchSnapshot();
});

test.each(MANIFEST_FIXTURES.filter(({ fires }) => !fires))('finds nothing of the kind in $name', ({ rule, text, options }) => {
  expect(check(documents(text), options).filter(finding => isOf(rule, finding))).toStrictEqual([]);
});

/** A line for each fixture, so that what a changed rule does to the manifests of the others is seen. */
test('finds in each fixture these and nothing else', () => {
  const width = Math.max(...MANIFEST_FIXTURES.map(({ name }) => name.length));
  const lines = MANIFEST_FIXTURES.map(({ name, text, options }) => `${name.padEnd(width)}  ${check(documents(text), options).map(({ rule }) => rule).sort().join(', ')}`.trimEnd());
  expect(`\n${lines.join('\n')}\n`).toMatchSnapshot();
});
