import { CheckReport, wholePath } from './report';
import { formatResource } from '../../manifests/resource';
import { workflowCommand } from '../lint/github';

/** Prints workflow commands, which GitHub shows at the lines of a pull request. */
export function formatCheckGithub({ findings }: CheckReport): string {
  return findings.map(finding => {
    const { severity, file, line, column, length, rule, message, fix, resource } = finding;
    const place = { file, line, col: column, endColumn: column === undefined ? undefined : column + (length ?? 1) };
    const where = finding.profilePath === undefined ? '' : `${wholePath(finding)}: `;
    return workflowCommand(severity, { ...place, title: rule }, `${formatResource(resource)}: ${where}${message}\nfix: ${fix}`);
  }).join('');
}
