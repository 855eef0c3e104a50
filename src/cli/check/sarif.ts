import { CheckReport, wholePath } from './report';
import { RULES } from '../../lint/rules';
import { formatResource } from '../../manifests/resource';
import { MANIFEST_RULES } from '../../manifests/rules';
import { artifactUri, sarifLog, LEVELS } from '../lint/sarif';

/** Prints SARIF for code scanning, with the rules over manifests and over the profiles in them. */
export function formatCheckSarif({ findings }: CheckReport): string {
  return sarifLog([...MANIFEST_RULES, ...RULES], findings.map(finding => {
    const { rule, severity, message, fix, file, line, column, length = 1, resource } = finding;
    return {
      ruleId: rule,
      level: LEVELS[severity],
      message: { text: `${message}\nfix: ${fix}` },
      locations: [{
        physicalLocation: {
          artifactLocation: { uri: artifactUri(file!) },
          region: { startLine: line, startColumn: column, endColumn: column! + length },
        },
        logicalLocations: [{ fullyQualifiedName: [formatResource(resource), wholePath(finding)].filter(Boolean).join(' ') }],
      }],
    };
  }));
}
