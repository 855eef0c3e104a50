import { FIXTURES } from './fixtures';
import { ProfileLinter } from '../../src';

/** A line for each fixture, so that what a changed rule does to the profiles of the others is seen. */
test('finds in each fixture these and nothing else', () => {
  const linter = new ProfileLinter();
  const width = Math.max(...FIXTURES.map(({ name }) => name.length));
  const lines = FIXTURES.map(({ name, text }) => `${name.padEnd(width)}  ${counted(linter.lintText(text).map(({ rule }) => rule))}`);
  expect(`\n${lines.join('\n')}\n`).toMatchSnapshot();
});

/** `missing-compat-abi x2, unknown-field`. */
function counted(ids: readonly string[]): string {
  return [...new Set(ids)].sort().map(id => ({ id, times: ids.filter(each => each === id).length }))
    .map(({ id, times }) => times > 1 ? `${id} x${times}` : id).join(', ');
}
