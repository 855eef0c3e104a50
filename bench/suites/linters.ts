import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { COMMAND, ROOT, time } from '../harness/processes';
import { Bench, Gap, Row } from '../harness/rows';
import { Samples } from '../harness/samples';
import { deployment, FORMS, writeManifests } from '../inputs/manifests';

/** Of so many workloads one has no profile, and one is Unconfined. */
const WRONG = 100;
const [UNSET, UNCONFINED] = [0, 1];
const TOOLS = join(ROOT, '.tmp/bench');
const SECCOMP = { score: 'container-seccomp-profile', checkov: 'CKV_K8S_31' } as const;

interface Linter {
  readonly program: string;
  /** Which of its checks are on. */
  readonly checks: string;
  readonly workloads: number;
  readonly argv: (file: string) => readonly string[];
  /** The numbers of the workloads whose seccomp it faults, in its output; undefined if it has no such check. */
  readonly faults?: RegExp;
}

const tool = (program: string) => join(TOOLS, 'bin', program);
const kubeScore = { program: 'kube-score', workloads: 10_000, faults: /engine-(\d+)\/.* Seccomp$/gm };
const score = (file: string, ...more: string[]) => [tool('kube-score'), 'score', '--output-format', 'ci', '--enable-optional-test', SECCOMP.score, ...more, file];
/** Fewer: with ten times as many workloads it takes more than ten times as long. */
const checkovs = { program: 'checkov', workloads: 1000, faults: /"check_id": "CKV_K8S_31"[^]*?"resource": "[^"]*engine-(\d+)"/g };
const checkov = (file: string, ...more: string[]) => [
  tool('checkov'), '--framework', 'kubernetes', '--skip-download', '--compact', '--quiet', '--output', 'json', ...more, '--file', file,
];

const OURS = { program: 'cdk8s-seccomp', faults: /"name": "engine-(\d+)"/g, argv: (file: string) => [process.execPath, COMMAND, 'check', '--format', 'json', file] };

const LINTERS: readonly Linter[] = [
  { ...kubeScore, checks: 'its defaults and seccomp', argv: file => score(file) },
  { ...kubeScore, checks: 'seccomp alone', argv: file => score(file, ...otherScores()) },
  { ...checkovs, checks: 'all', argv: file => checkov(file) },
  { ...checkovs, checks: 'seccomp alone', argv: file => checkov(file, '--check', SECCOMP.checkov) },
  { program: 'kube-linter', workloads: 10_000, checks: 'its defaults', argv: file => [tool('kube-linter'), 'lint', '--format', 'json', file] },
];

export const linters: Bench = {
  about: '`check`, with all its rules, against other linters of manifests, on the same YAML file, as processes. Of 100 workloads one has no profile and one is Unconfined, the others are '
    + 'RuntimeDefault; the notes say how many of them each has found. `scripts/make-bench-tools.sh .tmp/bench` installs them.',
  async run({ directory, rounds, size }) {
    const rows: Array<Row | Gap> = [];
    for (const linter of LINTERS) {
      const { program, checks, faults } = linter;
      const name = `${program} ${versionOf(program) ?? ''}, ${checks}`;
      const workloads = size(linter.workloads);
      if (!existsSync(tool(program))) {
        rows.push({ what: `check of ${workloads.toLocaleString('en-US')} workloads, against ${program}`, missing: whyMissing(program) });
        continue;
      }
      const file = join(directory, `${workloads}.yaml`);
      if (!existsSync(file)) writeManifests(file, FORMS.YAML, manifests(workloads));
      const found = new Map<string, string>();
      const run = (who: string, argv: readonly string[], pattern?: RegExp) => () => {
        const { ms, stdout } = time(argv);
        found.set(who, describe(who, stdout, pattern, workloads));
        return { ms };
      };
      const what = `check of ${workloads.toLocaleString('en-US')} workloads`;
      const samples = await Samples.take(rounds(2), {
        [what]: run(what, OURS.argv(file), OURS.faults),
        [name]: run(name, linter.argv(file), faults),
      });
      rows.push(samples.row(what, name, { aim: 1, note: `${found.get(what)}; ${program} ${found.get(name)}` }));
    }
    return rows;
  },
};

/** What it has found of what there is. A linter that misses all workloads without a profile was called wrongly. */
function describe(who: string, output: string, pattern: RegExp | undefined, workloads: number): string {
  if (!pattern) return 'has no check of seccomp';
  const numbers = [...new Set([...output.matchAll(pattern)].map(([, number]) => Number(number)))];
  const of = Math.ceil(workloads / WRONG);
  const count = (kind: number) => numbers.filter(number => number % WRONG === kind).length;
  if (count(UNSET) === 0) throw new Error(`${who} found none of ${of} workloads without a profile: ${output.slice(0, 200)}`);
  const others = numbers.filter(number => number % WRONG > UNCONFINED).length;
  return `found ${count(UNSET)} of ${of} unset, ${count(UNCONFINED)} of ${of} Unconfined${others > 0 ? `, ${others} others` : ''}`;
}

function* manifests(count: number): Iterable<object> {
  for (let index = 0; index < count; index++) {
    yield deployment(index, index % WRONG === UNSET ? undefined : { type: index % WRONG === UNCONFINED ? 'Unconfined' : 'RuntimeDefault' });
  }
}

function whyMissing(program: string): string {
  const tried = existsSync(join(TOOLS, `${program}.log`));
  return tried ? 'scripts/make-bench-tools.sh could not install it' : 'not installed: run scripts/make-bench-tools.sh .tmp/bench';
}

function versionOf(program: string): string | undefined {
  const file = join(TOOLS, `${program}.version`);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

function otherScores(): string[] {
  const { stdout } = time([tool('kube-score'), 'list']);
  return stdout.split('\n').map(line => line.split(',')[0]).filter(id => id && id !== SECCOMP.score).flatMap(id => ['--ignore-test', id]);
}
