import { Command } from 'commander';
import { closest } from 'fastest-levenshtein';
import { LintSeverity } from '../../lint/finding';
import { RULES } from '../../lint/rules';
import { RuleTexts } from '../../manifests/rule';
import { MANIFEST_RULES } from '../../manifests/rules';
import { InputError, show } from '../../private/errors';
import { Io, Status } from '../io';
import { styleFor, table, wrap } from '../style';

const WORDS: Readonly<Record<string, string>> = { [LintSeverity.WARNING]: 'warn' };

export function rules(command: Command, io: Io): (id?: string) => Status {
  command
    .description('List the rules of check and those of lint, or print one with its reason.')
    .argument('[id]', 'such as mixed-endian-architectures');
  return id => {
    io.stdout(id === undefined ? listed() : printed(id, io));
    return Status.CLEAN;
  };
}

/** One table, so that it is aligned; the rules over manifests first. */
function listed(): string {
  const row = ({ id, severity, summary }: RuleTexts) => [id, WORDS[severity] ?? severity, summary];
  const lines = table([...MANIFEST_RULES, ...RULES].map(row)).split('\n');
  return ['of check, over manifests', ...lines.slice(0, MANIFEST_RULES.length), '', 'of lint, over profiles', ...lines.slice(MANIFEST_RULES.length), ''].join('\n');
}

function printed(id: string, io: Io): string {
  const all: readonly RuleTexts[] = [...MANIFEST_RULES, ...RULES];
  const rule = all.find(each => each.id === id);
  if (!rule) {
    const ids = all.map(each => each.id);
    const near = ids.find(each => each.includes(id)) ?? closest(id, ids);
    throw new InputError(`there is no rule ${show(id)}, expected one such as ${near}: \`cdk8s-seccomp rules\` lists them`);
  }
  const { bold } = styleFor(io);
  const rows = [['why', rule.why], ['fix', rule.fix], ['source', rule.source]];
  const texts = rows.map(([label, text]) => `${bold(label.padEnd(8))}${wrap(text, 8, io.columns)}\n`);
  return `${bold(rule.id)}  ${WORDS[rule.severity] ?? rule.severity}\n${rule.summary}\n\n${texts.join('')}`;
}
