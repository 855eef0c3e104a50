import { readingFaults } from './load-faults';
import { LintSeverity } from '../finding';
import { LintRule } from '../rule';

export const fieldWithoutEffect: LintRule = {
  id: 'field-without-effect',
  severity: LintSeverity.INFO,
  summary: 'a comment or an empty field of another format',
  why: 'Nobody reads it, on a node either. SeccompProfile.fromJson refuses it.',
  fix: 'take it out',
  source: 'https://github.com/opencontainers/runtime-spec/blob/v1.3.0/config-linux.md#seccomp',
  check: context => readingFaults(context, 'field-without-effect'),
};
