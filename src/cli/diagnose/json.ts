import { DiagnoseReport, ReportedFinding } from './report';
import { ProfileVerdict } from '../../troubleshooting/diagnosis/profile';
import { formatAnswer } from '../answer-text';
import { FoundProfile } from '../documents/found-profile';

/** Prints every symptom with its place, its causes and the answers of the profile, for programs. */
export function formatDiagnoseJson({ findings, lines, found }: DiagnoseReport): string {
  return `${JSON.stringify({ findings: findings.map(finding => findingJson(finding, found)), lines }, undefined, 2)}\n`;
}

function findingJson({ symptom, count, first, last, text, subjects, otherSubjects, causes, verdict }: ReportedFinding, found?: FoundProfile): object {
  const { id, summary, check, source } = symptom;
  const profile = verdict && found && verdictJson(verdict, found);
  return { symptom: id, summary, count, first, last, text, subjects, otherSubjects, causes, check, source, profile };
}

function verdictJson({ answers, refusal, threadFailures }: ProfileVerdict, { file, place }: FoundProfile): object {
  return {
    file: file.name,
    refusal,
    threadFailures,
    answers: answers.map(({ call, architecture, decision, nodes }) => {
      const { path, reason } = decision;
      const { line, column } = path === undefined ? { line: undefined, column: undefined } : place(path);
      return { call, architecture: architecture.value, nodes: nodes?.map(String), answer: formatAnswer(decision), reason, path, line, column };
    }),
  };
}
