import { describeFinding, FIRING, FIXTURES } from './fixtures';
import { ProfileLinter } from '../../src';

const linter = new ProfileLinter();

test.each(FIRING)('finds what is wrong in $name', ({ rule, text }) => {
  const own = linter.lintText(text).filter(finding => finding.rule === rule);
  expect(own).not.toStrictEqual([]);
  expect(`\n${own.map(describeFinding).join('\n')}\n`).toMatchSnapshot();
});

test.each(FIXTURES.filter(({ fires }) => !fires))('finds nothing of the kind in $name', ({ rule, text }) => {
  expect(linter.lintText(text).filter(finding => finding.rule === rule)).toStrictEqual([]);
});
