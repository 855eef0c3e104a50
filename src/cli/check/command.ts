import { Command, Option } from 'commander';
import { inOrder } from './report';
import { resourcesBelow } from './resources';
import { ManifestChecker, ManifestFinding } from '../../manifests/checker';
import { InputError } from '../../private/errors';
import { Io, Status } from '../io';
import { addJudgeOptions, JudgeFlags, judgeOptions } from '../judge-options';
import { collect } from '../options';
import { countBySeverity, formatOption, Outcome } from '../outcome';

const FORMATS = {
  text: () => (require('./text') as typeof import('./text')).formatCheckText,
  json: () => (require('./json') as typeof import('./json')).formatCheckJson,
  sarif: () => (require('./sarif') as typeof import('./sarif')).formatCheckSarif,
  github: () => (require('./github') as typeof import('./github')).formatCheckGithub,
};

const HELP = `
Manifests are Kubernetes resources of any kind in YAML or JSON: every pod template in them is judged, also those of custom resources. All paths
together are one set, in which it is looked for what brings a Localhost profile to the nodes, and for the labels of namespaces. Of a directory, all
*.json, *.yaml and *.yml below it are read, but for node_modules and hidden directories.

What a controller has made that is in the set as well, such as the pods of a Deployment in \`kubectl get all\`, is not judged besides.

--target, --severity and --suppress are those of lint, whose rules judge the profiles in the manifests.

Under RuntimeDefault of Docker before 20.10.10, and of containerd before 1.4.10 and 1.5.0 to 1.5.5, threads of newer images do not start. No manifest
says which one the nodes have: --engine 'docker@20.10.5|containerd@1.5.2' does, and without it nothing is said about RuntimeDefault.

Examples:
  helm template . | cdk8s-seccomp check -
  cdk8s-seccomp check --assume-profile 'profiles/*.json' dist/
  kubectl get deploy,sts,ds,cronjob,ns,cm -A -o json | cdk8s-seccomp check --target node=arm64 --engine containerd@1.5.2 -

Exit status: 0 no errors, 1 errors, or more warnings than --max-warnings, 2 wrong usage or something that cannot be read.
`;

interface Flags extends JudgeFlags {
  readonly format: keyof typeof FORMATS;
  readonly assumeProfile?: string[];
  readonly engine?: string[];
}

export function check(command: Command, io: Io): (names: string[], flags: Flags) => Status {
  const asIs = collect(text => text);
  command
    .description('Judge manifests: what their pods say about seccomp, and whether the profiles get to the nodes.')
    .argument('<path...>', 'files or directories; - is standard input')
    .addOption(formatOption(FORMATS));
  addJudgeOptions(command)
    .addOption(new Option('--assume-profile <path>', 'a profile that is on the nodes already; * and ? in a name, ** for directories').argParser(asIs))
    .addOption(new Option('--engine <name@version>', 'container engine of the nodes, such as containerd@1.5.2: what RuntimeDefault is').argParser(asIs))
    .addHelpText('after', HELP);
  return (names, flags) => checkAll(names, flags, io);
}

function checkAll(names: readonly string[], flags: Flags, io: Io): Status {
  const engines = flags.engine?.flatMap(text => text.split('|'));
  const checker = new ManifestChecker({ ...judgeOptions(flags), assumedProfiles: flags.assumeProfile, engines });
  const outcome = new Outcome(io);
  const found: ManifestFinding[] = [];
  for (const { value, locate, file, whole } of resourcesBelow(names, io, outcome.report)) {
    try {
      found.push(...checker.add(value, locate, file, whole));
    } catch (error) {
      // What looks for pods recurses, as the parsers do.
      if (!(error instanceof RangeError)) throw error;
      outcome.report(new InputError('nested too deeply to be judged', { file, ...locate([]) }));
    }
  }
  const findings = inOrder([...found, ...checker.finish()]);
  const { workloads } = checker;
  if (workloads > 0 || findings.length > 0 || !outcome.isBroken) io.stdout(FORMATS[flags.format]()({ findings, workloads }, io));
  return outcome.statusOf(countBySeverity(findings), flags.maxWarnings);
}
