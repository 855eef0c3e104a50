/**
 * Begins a lint rule: writes its file, two fixtures, its page, and the list of rules. What it leaves empty, `npm test` complains about.
 *
 *     npx projen new-rule trace-without-tracer
 */
import { existsSync } from 'fs';
import { join } from 'path';
import { Files, writeFiles } from './generate';
import { camelCase, generate as generateIndex } from './generate-rule-index';

const ROOT = join(__dirname, '..');
const FIXTURE = `{
  "defaultAction": "SCMP_ACT_ALLOW",
  "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"],
  "syscalls": []
}
`;

/** What a rule begins with, by its path. */
export function skeleton(id: string): Files {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id)) throw new Error(`the id is "${id}", expected lower case words with hyphens between them, such as trace-without-tracer`);
  return {
    [ruleFile(id)]: rule(id),
    [`test/lint/fixtures/${id}/fires.json`]: FIXTURE,
    [`test/lint/fixtures/${id}/silent.json`]: FIXTURE,
  };
}

const ruleFile = (id: string) => `src/lint/rules/${id}.ts`;

function rule(id: string): string {
  return `import { LintSeverity } from '../finding';
import { LintRule } from '../rule';

export const ${camelCase(id)}: LintRule = {
  id: '${id}',
  severity: LintSeverity.WARNING,
  // What is wrong, and what to do: a line each, in lower case and without a full stop. Why: sentences. The source: the page that says so.
  summary: '',
  why: '',
  fix: '',
  source: '',
  *check({ document: { syscalls = [] } }) {
    for (const [index, { names }] of syscalls.entries()) {
      if (names.includes('no_such_call')) yield { path: \`syscalls[\${index}]\`, message: '' };
    }
  },
};
`;
}

function nextSteps(id: string): string {
  return `Written: ${Object.keys(skeleton(id)).join(', ')}, docs/rules/${id}.md and the list of rules.

1. Write the rule, and profiles in which it finds something (fires.json) and just does not (silent.json).
2. npx projen generate
3. npx projen test:update test/lint
4. Read what changed. What the rule claims of a runtime or the kernel belongs into test/node/lint.test.ts.`;
}

function begin(id: string): void {
  const files = skeleton(id);
  const existing = Object.keys(files).filter(file => existsSync(join(ROOT, file)));
  if (existing.length > 0) throw new Error(`${existing.join(', ')} exists: choose another id`);
  writeFiles(files);
  writeFiles(generateIndex());
  // Loaded now, with the new list.
  const { generate: generatePages }: typeof import('./generate-rule-docs') = require('./generate-rule-docs');
  writeFiles(generatePages());
  console.log(nextSteps(id));
}

if (require.main === module) {
  try {
    begin(process.argv[2] ?? '');
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
