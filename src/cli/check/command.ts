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
Manifests are Kubernetes resources of any kind in YAML or JSON. Every pod template in them is judged, also in custom resources. All paths together are
one set: check looks in it for the installers of Localhost profiles and for the labels of namespaces. In a directory, all *.json, *.yaml and *.yml below
it are read, except in node_modules and hidden directories.

Resources whose controller is in the set too, such as the pods of a Deployment in \`kubectl get all\`, are not judged: the template of the controller is.

--target, --severity and --suppress are those of lint, whose rules judge the profiles in the manifests.

Under RuntimeDefault of Docker before 20.10.10, and of containerd before 1.4.10 and 1.5.0 to 1.5.5, threads of newer images do not start. Manifests do not
name the engine of the nodes: name it with --engine 'docker@20.10.5|containerd@1.5.2'. Without it RuntimeDefault is not judged.

Examples:
  helm template . | cdk8s-seccomp check -
  cdk8s-seccomp check --assume-profile 'profiles/*.json' dist/
  kubectl get deploy,sts,ds,cronjob,ns,cm -A -o json | cdk8s-seccomp check --target node=arm64 --engine containerd@1.5.2 -

Exit status: 0 no errors, 1 errors, or more warnings than --max-warnings, 2 wrong usage or a file that cannot be read.
`;

interface Flags extends JudgeFlags {
  readonly format: keyof typeof FORMATS;
  readonly assumeProfile?: string[];
  readonly engine?: string[];
}

export function check(command: Command, io: Io): (names: string[], flags: Flags) => Status {
  const asIs = collect(text => text);
  command
    .description('Find faults in manifests: wrong seccomp settings of pods, and profiles that do not get to their nodes.')
    .argument('<path...>', 'files or directories; - is standard input')
    .addOption(formatOption(FORMATS));
  addJudgeOptions(command)
    .addOption(new Option('--assume-profile <path>', 'treat a profile as already on the nodes; * and ? match within a name, ** matches directories').argParser(asIs))
    .addOption(new Option('--engine <name@version>', 'name a container engine of the nodes, such as containerd@1.5.2, to judge RuntimeDefault').argParser(asIs))
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
      // The search for pods recurses, like the parsers.
      if (!(error instanceof RangeError)) throw error;
      outcome.report(new InputError('nested too deeply to be judged', { file, ...locate([]) }));
    }
  }
  const findings = inOrder([...found, ...checker.finish()]);
  const { workloads } = checker;
  if (workloads > 0 || findings.length > 0 || !outcome.isBroken) io.stdout(FORMATS[flags.format]()({ findings, workloads }, io));
  return outcome.statusOf(countBySeverity(findings), flags.maxWarnings);
}
