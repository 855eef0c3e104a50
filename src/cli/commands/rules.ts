import { Command } from 'commander';
import { closest } from 'fastest-levenshtein';
import { LintSeverity } from '../../lint/finding';
import { RULES } from '../../lint/rules';
import { InputError, show } from '../../private/errors';
import { Io, Status } from '../io';
import { styleFor, table, wrap } from '../style';

const WORDS: Readonly<Record<string, string>> = { [LintSeverity.WARNING]: 'warn' };

export function rules(command: Command, io: Io): (id?: string) => Status {
  command
    .description('List the rules of lint, or print one with its reason.')
    .argument('[id]', 'such as mixed-endian-architectures');
  return id => {
    io.stdout(id === undefined ? listed() : printed(id, io));
    return Status.CLEAN;
  };
}

function listed(): string {
  return `${table(RULES.map(({ id, severity, summary }) => [id, WORDS[severity] ?? severity, summary]))}\n`;
}

function printed(id: string, io: Io): string {
  const rule = RULES.find(each => each.id === id);
  if (!rule) {
    const ids = RULES.map(each => each.id);
    const near = ids.find(each => each.includes(id)) ?? closest(id, ids);
    throw new InputError(`there is no rule ${show(id)}, expected one such as ${near}: \`cdk8s-seccomp rules\` lists them`);
  }
  const { bold } = styleFor(io);
  const rows = [['why', rule.why], ['fix', rule.fix], ['source', rule.source]];
  const texts = rows.map(([label, text]) => `${bold(label.padEnd(8))}${wrap(text, 8, io.columns)}\n`);
  return `${bold(rule.id)}  ${WORDS[rule.severity] ?? rule.severity}\n${rule.summary}\n\n${texts.join('')}`;
}
