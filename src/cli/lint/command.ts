import { Command, Option } from 'commander';
import { LintedFile, lintedFiles } from './files';
import { fixText } from './fix-file';
import { LintFlags, lintOptions, maxWarnings } from './options';
import { countFindings, ProfileResult } from './report';
import { fleetOf } from '../../lint/fleet';
import { ProfileLinter } from '../../lint/profile-linter';
import { InputError } from '../../private/errors';
import { findProfiles } from '../documents/find-profiles';
import { FoundProfile } from '../documents/found-profile';
import { fleetWords } from '../fleet-words';
import { replaceFile } from '../input/replace-file';
import { TextFile } from '../input/text-file';
import { Io, Status } from '../io';
import { judgedNodes } from '../judged-nodes';
import { collect } from '../options';

const FORMATS = {
  text: () => (require('./text') as typeof import('./text')).formatText,
  json: () => (require('./json') as typeof import('./json')).formatJson,
  sarif: () => (require('./sarif') as typeof import('./sarif')).formatSarif,
  github: () => (require('./github') as typeof import('./github')).formatGithub,
};

const HELP = `
Files are OCI profiles in JSON, or Kubernetes manifests in JSON or YAML with a ConfigMap that holds profiles or a SeccompProfile of the
security-profiles-operator. Of a directory, all *.json, *.yaml and *.yml below it are read, but for node_modules and hidden directories.

Targets say for which nodes and images a profile is meant; several values stand between "|":
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

interface Flags extends LintFlags {
  readonly format: keyof typeof FORMATS;
  readonly fix?: boolean;
  readonly maxWarnings?: number;
}

export function lint(command: Command, io: Io): (names: string[], flags: Flags) => Status {
  const asIs = collect(text => text);
  command
    .description('Judge profiles by what nodes make of them.')
    .argument('<file...>', 'files or directories; - is standard input')
    .addOption(new Option('--format <format>', 'how to print').choices(Object.keys(FORMATS)).default('text'))
    .addOption(new Option('--target <key=value,…>', 'nodes and images to judge for, see below').argParser(asIs))
    .addOption(new Option('--severity <rule=severity>', 'error, warning, info or off for a rule').argParser(asIs))
    .addOption(new Option('--suppress <rule=reason>', 'do not ask a rule, and say why').argParser(asIs))
    .option('--fix', 'make the mechanical fixes in the files, then judge again; of standard input, print the fixed text')
    .option('--max-warnings <n>', 'exit with 1 if there are more warnings', maxWarnings)
    .addHelpText('after', HELP);
  return (names, flags) => lintAll(names, flags, io);
}

function lintAll(names: readonly string[], flags: Flags, io: Io): Status {
  const options = lintOptions(flags);
  const linter = new ProfileLinter(options);
  const fleet = fleetOf(options.targets ?? {});
  const format = FORMATS[flags.format]();
  const results: ProfileResult[] = [];
  const nodes = new Set<string>();
  let isBroken = false;
  // Standard output belongs to the fixed text.
  const reportTo = flags.fix && names.includes('-') ? io.stderr : io.stdout;

  for (const each of lintedFiles(names, io, report)) {
    const profiles = flags.fix ? fixed(each, linter, io) : each.profiles;
    for (const profile of profiles) {
      results.push(judge(profile, linter));
      judgedNodes(profile.root, fleet).forEach(node => nodes.add(node));
    }
  }
  if (results.length > 0 || !isBroken) reportTo(format({ results, fleet: fleetWords([...nodes], fleet) }, io));

  const { errors, warnings } = countFindings(results);
  const isTooMuch = warnings > (flags.maxWarnings ?? Infinity);
  if (isTooMuch) io.stderr(`cdk8s-seccomp: ${warnings} warnings are more than --max-warnings ${flags.maxWarnings}\n`);
  return isBroken ? Status.USAGE : errors > 0 || isTooMuch ? Status.FINDINGS : Status.CLEAN;

  function report(error: InputError): void {
    isBroken = true;
    io.stderr(`cdk8s-seccomp: ${error.message}\n`);
  }
}

function judge(profile: FoundProfile, linter: ProfileLinter): ProfileResult {
  // What stands there as YAML, or folded, is not written again.
  const isWritable = profile.source !== undefined;
  const findings = linter._lintNode(profile.root, profile.isPart);
  return { profile, findings: findings.map(each => ({ ...each, fixable: each.fixable && isWritable, place: profile.place(each.path) })) };
}

/** Makes the fixes, and gives back what is there then. */
function fixed(linted: LintedFile, linter: ProfileLinter, io: Io): readonly FoundProfile[] {
  const { file, profiles } = linted;
  const text = fixText(linted, linter);
  if (file.path === undefined) io.stdout(text);
  if (text === file.text) return profiles;
  if (file.path !== undefined) replaceFile(file.name, file.path, text);
  const after = findProfiles(new TextFile(file.name, text, file.path));
  profiles.forEach((profile, index) => reportFixes(judge(profile, linter), judge(after[index], linter), io));
  return after;
}

function reportFixes(before: ProfileResult, after: ProfileResult, io: Io): void {
  const left = after.findings.map(({ rule, message }) => `${rule} ${message}`);
  for (const { rule, message, fixable, place: { line, column } } of before.findings) {
    if (!fixable || left.includes(`${rule} ${message}`)) continue;
    io.stderr(`fixed ${before.profile.file.name}:${line}:${column}: ${rule}: ${message}\n`);
  }
}
