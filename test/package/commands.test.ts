import { readFileSync } from 'fs';
import { commandsIn, filesIn, readDocuments, standsFor, trimmed } from './commands/documents';
import { Workplace } from './commands/run';

/** What stands for the output of commands that need a cluster or a chart: a file of `commands/inputs`. */
const PRODUCERS: Record<string, string> = {
  'kubectl logs engine-0': 'engine.log',
  'kubectl describe pod engine-0': 'describe.txt',
  'kubectl logs -l app.kubernetes.io/name=thread-probe --prefix --all-containers --ignore-errors': 'probe.log',
  'kubectl get deploy,sts,ds,job,cronjob,ns,cm -A -o json': 'cluster.json',
  'helm template .': 'helm.yaml',
};

/** Commands that something else runs, the same or of the same kind: the file, and what in it does so. */
const RUN_ELSEWHERE: Record<string, [file: string, ...texts: string[]]> = {
  'npm ci && npm run synth': ['.ci/run', 'npm ci ', 'npm run synth'],
  'npm ci && npm test': ['.ci/run', 'npm ci ', 'npm test '],
  'npm ci && npm run compile': ['.projenrc.ts', 'synth.spawn(project.compileTask)'],
  'npm pack --pack-destination ..': ['test/new-user/new-user.test.ts', "'pack', '--json', '--pack-destination'"],
  'npm install ../cdk8s-seccomp-0.0.0.tgz cdk8s cdk8s-plus-28 constructs': ['test/new-user/new-user.test.ts', "run('npm', ['install'"],
  'python3 -m venv venv && . venv/bin/activate': ['test/languages/python.test.ts', "run(['python3', '-m', 'venv', venv])"],
  'pip install ../cdk8s-seccomp/packages/python/cdk8s_seccomp-0.0.0-py3-none-any.whl cdk8s cdk8s-plus-28': [
    'test/languages/python.test.ts', "run(['pip', 'install', '--quiet', built('.whl')",
  ],
  'python main.py': ['examples/mindie-motor-python/cdk8s.yaml', 'app: python main.py'],
  'mvn -q compile exec:exec': ['examples/mindie-motor-java/cdk8s.yaml', 'app: mvn -q compile exec:exec'],
  'npm run compile': ['.projenrc.ts', 'synth.spawn(project.compileTask)'],
  'npm run bench -- --try lint policy': ['.ci/run', 'npm run bench -- --try'],
  'go run .': ['examples/mindie-motor-go/cdk8s.yaml', 'app: go run .'],
};

/** Commands that nothing runs: they need a cluster, a pod, a registry, a package that is not published, a .NET SDK with NuGet, or a quarter of an hour. */
const NOT_RUN: string[] = [
  'npm install cdk8s-seccomp cdk8s cdk8s-plus-28 constructs',
  'pip install cdk8s-seccomp',
  'go get github.com/cdk8s-seccomp/cdk8s-seccomp-go/cdk8sseccomp',
  'npm init -y',
  'dotnet run',
  'bash scripts/make-bench-tools.sh .tmp/bench',
  'npm run bench',
  'npm run bench -- --json bench/result.json --docs docs/benchmarks.md',
  'npm install --save-dev tsx',
  "python3 -c 'import ctypes; ctypes.CDLL(None, use_errno=True).syscall(435, 0, 0); print(ctypes.get_errno())'",
  'kind create cluster --config cluster.yaml',
  'kubectl apply -f dist/',
  'kubectl rollout status -n seccomp-profiles daemonset -l app.kubernetes.io/name=seccomp-profiles',
  'kubectl get namespace -L pod-security.kubernetes.io/enforce',
  'kubectl get nodes -o wide',
  'kubectl get seccompprofile shop -o yaml > profile.yaml',
];

const documents = readDocuments();
const withCommands = documents.filter(({ commands }) => commands.length > 0);
const everyCommand = new Set(withCommands.flatMap(({ commands }) => commands.map(({ text }) => text)));
const used = (list: object) => Object.keys(list).filter(key => [...everyCommand].some(command => command === key || command.startsWith(`${key} | `)));

test.each(withCommands)('shows what the commands of $path print', document => {
  const workplace = new Workplace(document, PRODUCERS);
  try {
    for (const { text, output } of document.commands) {
      const result = workplace.run(text);
      if (!result) {
        expect([...Object.keys(RUN_ELSEWHERE), ...NOT_RUN]).toContain(text);
        // Nothing would hold it to what is printed.
        expect({ text, output }).toStrictEqual({ text, output: [] });
        continue;
      }
      // 1 is a finding; from 2 on, the command does not do what the document is about.
      if (result.status > 1) throw new Error(`${document.path}: ${text} ended with ${result.status}\n${result.printed}`);
      if (output.length > 0 && !standsFor(output, result.printed)) {
        expect(`$ ${text}\n${trimmed(output.join('\n'))}`).toBe(`$ ${text}\n${trimmed(result.printed)}`);
      }
    }
  } finally {
    workplace.remove();
  }
});

test('lists every guide and decision in docs/README.md', () => {
  const index = readFileSync('docs/README.md', 'utf8');
  const paths = documents.map(({ path }) => path).filter(path => /^docs\/(guides|decisions)\//.test(path));
  expect(paths.filter(path => !index.includes(`(${path.slice('docs/'.length)})`))).toStrictEqual([]);
  expect(paths.length).toBeGreaterThan(15);
});

test('lists nothing that no document shows, and nothing twice', () => {
  for (const list of [PRODUCERS, RUN_ELSEWHERE]) expect(used(list)).toStrictEqual(Object.keys(list));
  expect(NOT_RUN.filter(command => !everyCommand.has(command))).toStrictEqual([]);
  const listed = [...Object.keys(RUN_ELSEWHERE), ...NOT_RUN];
  expect(listed).toStrictEqual([...new Set(listed)]);
});

test.each(Object.entries(RUN_ELSEWHERE))('finds where `%s` is run', (_, [file, ...texts]) => {
  const content = readFileSync(file, 'utf8');
  expect(texts.filter(text => !content.includes(text))).toStrictEqual([]);
  expect(texts).not.toStrictEqual([]);
});

describe('the reading of documents', () => {
  test('finds commands with and without output, in blocks of both kinds', () => {
    expect(commandsIn([
      'Text with a `kubectl get pods` in it:', '',
      '    $ npx cdk8s-seccomp lint a.json   # a comment', '    a.json', '', '    1 error', '    $ npx cdk8s-seccomp rules', '',
      '```sh', 'mvn verify', 'SECCOMP_MODE=localhost npm run \\', '    synth', '```', '',
      '```yaml', 'kubectl: no', '```', '',
      '    profile.decide({});', '    const a = 1;', '    validations:', '', 'More:', '',
      '    pip install x', '    go build ./...', '',
    ].join('\n'))).toStrictEqual([
      { text: 'npx cdk8s-seccomp lint a.json', output: ['a.json', '', '1 error'] },
      { text: 'npx cdk8s-seccomp rules', output: [] },
      { text: 'mvn verify', output: [] },
      { text: 'SECCOMP_MODE=localhost npm run synth', output: [] },
      { text: 'pip install x', output: [] },
      { text: 'go build ./...', output: [] },
    ]);
  });

  test('fails on output that stands among commands', () => {
    expect(() => commandsIn('    npx cdk8s-seccomp rules\n\n    ID  severity\n')).toThrow('ID  severity: is no command, write "$ " before those of the block');
  });

  test('finds the files that a reader is to write', () => {
    expect(filesIn('`src/main.ts`:\n\n```typescript\nlet a;\n```\n\nSo `b.json`:\n\n```json\n{}\n```\n')).toStrictEqual(new Map([['src/main.ts', 'let a;\n']]));
  });

  test.each([
    [['a', 'b'], 'a\nb\n', true],
    [['a', 'b', ''], '\na  \nb\n\n', true],
    [['a', 'b'], 'a\n', false],
    [['a'], 'a\nb\n', false],
    [['a', '…', 'd'], 'a\nb\nc\nd\n', true],
    [['a', '…', 'd'], 'a\nb\nc\n', false],
    [['a', '  …'], 'a\n', true],
    [['a …', 'c'], 'a b\nc\n', true],
    [['a …', 'c'], 'b a\nc\n', false],
    [['(a|b)*'], 'a\n', false],
  ])('compares %j with %j: %s', (shown, printed, expected) => {
    expect(standsFor(shown, printed)).toBe(expected);
  });
});
