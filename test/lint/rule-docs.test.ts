import { generate } from '../../scripts/generate-rule-docs';
import { RULES } from '../../src/lint/rules';

test('writes another page when a rule says something else', () => {
  const [rule] = RULES;
  const file = `docs/rules/${rule.id}.md`;
  expect(generate([{ ...rule, why: 'Because.' }])[file]).not.toBe(generate()[file]);
});
