import { lengthOnLine, LintReport } from './report';
import { LintSeverity } from '../../lint/finding';

const COMMANDS: Readonly<Record<string, string>> = { [LintSeverity.ERROR]: 'error', [LintSeverity.WARNING]: 'warning', [LintSeverity.INFO]: 'notice' };

/**
 * Prints workflow commands, which GitHub shows at the lines of a pull request.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function formatGithub({ results }: LintReport): string {
  return results.flatMap(({ profile, findings }) => findings.map(({ severity, rule, message, fix, place }) => {
    const properties = {
      file: profile.file.name,
      line: place.line,
      col: place.column,
      endColumn: place.column + lengthOnLine(profile, place),
      title: rule,
    };
    return workflowCommand(severity, properties, `${message}\nfix: ${fix}`);
  })).join('');
}

export function workflowCommand(severity: LintSeverity, properties: Readonly<Record<string, unknown>>, text: string): string {
  const where = Object.entries(properties).filter(([, value]) => value !== undefined).map(([key, value]) => `${key}=${escapeProperty(String(value))}`).join(',');
  return `::${COMMANDS[severity]} ${where}::${escapeData(text)}\n`;
}

/** @see https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
