import { readFileSync } from 'fs';
import { join } from 'path';
import { generate } from '../../scripts/generate-rule-docs';
import { RULES } from '../../src/lint/rules';

test.each(Object.entries(generate()))('has %s as the generator writes it', (file, text) => {
  expect(readFileSync(join(__dirname, '..', '..', file), 'utf8')).toBe(text);
});

test('writes another page when a rule says something else', () => {
  const [rule] = RULES;
  const file = `docs/rules/${rule.id}.md`;
  expect(generate([{ ...rule, why: 'Because.' }])[file]).not.toBe(generate()[file]);
});
