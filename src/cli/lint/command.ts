import { Command } from 'commander';
import { LintedFile, lintedFiles } from './files';
import { fixText } from './fix-file';
import { formatFleet } from './fleet-text';
import { judgedNodes } from './judged-nodes';
import { countFindings, ProfileResult } from './report';
import { fleetOf } from '../../lint/fleet';
import { ProfileLinter } from '../../lint/profile-linter';
import { profileJudge } from '../../manifests/profile-judge';
import { JudgeProfile } from '../../manifests/resource';
import { findProfiles, FoundProfile } from '../documents/found-profile';
import { replaceFile } from '../input/replace-file';
import { TextFile } from '../input/text-file';
import { Io, Status } from '../io';
import { addJudgeOptions, JudgeFlags, judgeOptions } from '../judge-options';
import { formatOption, Outcome } from '../outcome';

const FORMATS = {
  text: () => (require('./text') as typeof import('./text')).formatText,
  json: () => (require('./json') as typeof import('./json')).formatJson,
  sarif: () => (require('./sarif') as typeof import('./sarif')).formatSarif,
  github: () => (require('./github') as typeof import('./github')).formatGithub,
};

const HELP = `
Files are OCI profiles in JSON, or Kubernetes manifests in JSON or YAML with a ConfigMap that holds profiles or a SeccompProfile of the Security
Profiles Operator. In a directory, all *.json, *.yaml and *.yml below it are read, except in node_modules and hidden directories.

--target names the nodes and images that a profile is for; "|" separates several values:
  --target node=arm64                                                amd64, arm64, …
  --target 'runtime=runc@1.1.5+libseccomp@2.5.3|crun@1.8.1'
  --target libc=glibc@2.39,kernel=5.10

Examples:
  cdk8s-seccomp lint profile.json
  cdk8s-seccomp lint --fix profile.json
  cdk8s-seccomp lint --target node=arm64 --severity denylist-gap=error --suppress 'missing-compat-abi=no 32-bit programs' deploy/
  kubectl get configmap -A -o json | cdk8s-seccomp lint -

Exit status: 0 no errors, 1 errors, or more warnings than --max-warnings, 2 wrong usage or a file that cannot be read.
`;

interface Flags extends JudgeFlags {
  readonly format: keyof typeof FORMATS;
  readonly fix?: boolean;
}

export function lint(command: Command, io: Io): (names: string[], flags: Flags) => Status {
  command
    .description('Find faults in profiles, for each kind of node and runtime.')
    .argument('<file...>', 'files or directories; - is standard input')
    .addOption(formatOption(FORMATS));
  addJudgeOptions(command)
    .option('--fix', 'apply the mechanical fixes to the files, then judge again; for standard input, print the fixed text')
    .addHelpText('after', HELP);
  return (names, flags) => lintAll(names, flags, io);
}

function lintAll(names: readonly string[], flags: Flags, io: Io): Status {
  const options = judgeOptions(flags);
  const linter = new ProfileLinter(options);
  const judge = profileJudge(options);
  const fleet = fleetOf(options.targets ?? {});
  const format = FORMATS[flags.format]();
  const outcome = new Outcome(io);
  const results: ProfileResult[] = [];
  const nodes = new Set<string>();
  // With --fix, standard output is for the fixed text.
  const reportTo = flags.fix && names.includes('-') ? io.stderr : io.stdout;

  for (const each of lintedFiles(names, io, outcome.report)) {
    const profiles = flags.fix ? fixed(each, linter, judge, io) : each.profiles;
    for (const profile of profiles) {
      results.push(resultOf(profile, judge));
      if (profile.isReadable) judgedNodes(profile.root, fleet).forEach(node => nodes.add(node));
    }
  }
  if (results.length > 0 || !outcome.isBroken) reportTo(format({ results, fleet: formatFleet([...nodes], fleet) }, io));
  return outcome.statusOf(countFindings(results), flags.maxWarnings);
}

function resultOf(found: FoundProfile, judge: JudgeProfile): ProfileResult {
  // A profile in YAML, or in a folded text, cannot be replaced.
  const isFixable = (fixable: boolean) => fixable && found.source !== undefined;
  const findings = judge(found.profile);
  return { profile: found, findings: findings.map(each => ({ ...each, fixable: isFixable(each.fixable), place: found.placeOf(each) })) };
}

/** Applies the fixes, and returns the fixed profiles. */
function fixed(linted: LintedFile, linter: ProfileLinter, judge: JudgeProfile, io: Io): readonly FoundProfile[] {
  const { file, profiles } = linted;
  const text = fixText(linted, linter);
  if (file.path === undefined) io.stdout(text);
  if (text === file.text) return profiles;
  if (file.path !== undefined) replaceFile(file.name, file.path, text);
  // Errors of reading were reported before.
  const after = findProfiles(new TextFile(file.name, text, file.path), () => {});
  profiles.forEach((profile, index) => reportFixes(resultOf(profile, judge), resultOf(after[index], judge), io));
  return after;
}

function reportFixes(before: ProfileResult, after: ProfileResult, io: Io): void {
  const left = after.findings.map(({ rule, message }) => `${rule} ${message}`);
  for (const { rule, message, fixable, place: { line, column } } of before.findings) {
    if (!fixable || left.includes(`${rule} ${message}`)) continue;
    io.stderr(`fixed ${before.profile.file.name}:${line}:${column}: ${rule}: ${message}\n`);
  }
}
