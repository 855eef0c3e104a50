import { Command, Option } from 'commander';
import { DiagnoseReport, ReportedFinding } from './report';
import { SeccompArchitecture } from '../../profile/document/architecture';
import { ContainerRuntime } from '../../profile/filter/container-runtime';
import { usualArchitectures } from '../../profile/node-part';
import { Diagnosis, DiagnosisFinding } from '../../troubleshooting/diagnosis/diagnosis';
import { callsIn, causesUnder, verdictOf } from '../../troubleshooting/diagnosis/profile';
import { findOne, readAsNode } from '../documents/one-profile';
import { Io, Status } from '../io';
import { architectureOption, collect, runtimeOption } from '../options';
import { checkStdin, formatOption, Outcome } from '../outcome';

const FORMATS = {
  text: () => (require('./text') as typeof import('./text')).formatDiagnoseText,
  json: () => (require('./json') as typeof import('./json')).formatDiagnoseJson,
};

const HELP = `
Give everything at hand together: logs of containers, kubectl describe pod, kubectl get events, dmesg, audit logs, journals of kubelet, containerd or
CRI-O, and the output of the thread probe. Without a file, standard input is read. docs/symptoms.md lists every symptom.

Whoever can write to a log can forge a symptom: run the check before you make a change.

Examples:
  kubectl logs engine-0 | cdk8s-seccomp diagnose
  kubectl describe pod engine-0 | cdk8s-seccomp diagnose
  cdk8s-seccomp diagnose engine.log dmesg.log --profile profile.json

Exit status: 0 no symptom was recognised, 1 a symptom was recognised, 2 wrong usage or a file that cannot be read.
`;

interface Flags {
  readonly format: keyof typeof FORMATS;
  readonly profile?: string;
  readonly arch?: readonly SeccompArchitecture[];
  readonly runtime?: ContainerRuntime;
}

export function diagnose(command: Command, io: Io): (names: string[], flags: Flags) => Status {
  command
    .description('Find the causes of errors in logs and events: how certain each is, the check that confirms it, and the fix.')
    .argument('[file...]', 'logs, events, descriptions of pods; - is standard input')
    .addOption(new Option('--profile <file>', 'find the rules at fault in the profile that the programs ran under, or in a manifest with one profile'))
    .addOption(new Option('--arch <arch>', 'name the node (amd64, arm64, …) or the ABI (X86, ARM, …) of the program, for --profile').argParser(collect(architectureOption)))
    .addOption(new Option('--runtime <runtime>', 'name the runtime that loaded the profile, such as runc@1.1.5 or crun@1.8.1+libseccomp@2.5.4').argParser(runtimeOption))
    .addOption(formatOption(FORMATS))
    .addHelpText('after', HELP);
  return (names, flags) => diagnoseAll(names.length > 0 ? names : ['-'], flags, io);
}

function diagnoseAll(names: readonly string[], flags: Flags, io: Io): Status {
  checkStdin([...names, flags.profile]);
  const asked = flags.profile === undefined ? undefined : readProfile(flags.profile, flags, io);
  const diagnosis = new Diagnosis();
  const outcome = new Outcome(io);
  outcome.readLogs(names, (line, file, number) => diagnosis.read(line, file, number));
  const { findings, lines } = diagnosis;
  const report: DiagnoseReport = { lines, found: asked?.found, findings: findings.map(asked?.judge ?? (finding => finding)) };
  if (findings.length > 0 || !outcome.isBroken) io.stdout(FORMATS[flags.format]()(report, io));
  return outcome.status(findings.length > 0);
}

function readProfile(name: string, { arch, runtime }: Flags, io: Io) {
  const found = findOne(name, io);
  const profile = readAsNode(found);
  const architectures = arch ?? usualArchitectures(profile);
  const judge = (finding: DiagnosisFinding): ReportedFinding => {
    if (!finding.symptom.calls) return finding;
    const verdict = verdictOf(profile, { calls: callsIn(finding.text, finding.symptom.calls), architectures, runtime });
    return { ...finding, verdict, causes: causesUnder(finding.symptom, finding.causes, verdict) };
  };
  return { found, judge };
}
