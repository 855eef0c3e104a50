import { Command } from 'commander';
import { closest } from 'fastest-levenshtein';
import { RULES } from '../../lint/rules';
import { RuleTexts } from '../../manifests/rule';
import { MANIFEST_RULES } from '../../manifests/rules';
import { InputError, show } from '../../private/errors';
import { Io, Status } from '../io';
import { SEVERITY_LABELS } from '../outcome';
import { styleFor, table, wrap } from '../style';

const HELP = `
Examples:
  cdk8s-seccomp rules
  cdk8s-seccomp rules threads-cannot-start

Exit status: 0 done, 2 wrong usage.
`;


export function rules(command: Command, io: Io): (id?: string) => Status {
  command
    .description('List the rules of check and of lint, or explain one.')
    .argument('[id]', 'id of a rule, such as mixed-endian-architectures')
    .addHelpText('after', HELP);
  return id => {
    io.stdout(id === undefined ? listed() : printed(id, io));
    return Status.CLEAN;
  };
}

/** Lists all rules in one table, those over manifests first. */
function listed(): string {
  const row = ({ id, severity, summary }: RuleTexts) => [id, SEVERITY_LABELS[severity], summary];
  const lines = table([...MANIFEST_RULES, ...RULES].map(row)).split('\n');
  return ['rules of check, over manifests', ...lines.slice(0, MANIFEST_RULES.length), '', 'rules of lint, over profiles', ...lines.slice(MANIFEST_RULES.length), ''].join('\n');
}

function printed(id: string, io: Io): string {
  const all: readonly RuleTexts[] = [...MANIFEST_RULES, ...RULES];
  const rule = all.find(each => each.id === id);
  if (!rule) {
    const ids = all.map(each => each.id);
    const near = ids.find(each => each.includes(id)) ?? closest(id, ids);
    throw new InputError(`${show(id)} is not a rule, expected one such as ${near}: \`cdk8s-seccomp rules\` lists all`);
  }
  const { bold } = styleFor(io);
  const rows = [['why', rule.why], ['fix', rule.fix], ['source', rule.source]];
  const texts = rows.map(([label, text]) => `${bold(label.padEnd(8))}${wrap(text, 8, io.columns)}\n`);
  return `${bold(rule.id)}  ${SEVERITY_LABELS[rule.severity]}\n${rule.summary}\n\n${texts.join('')}`;
}
