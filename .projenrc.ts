import { cdk8s, github, javascript, release, typescript } from 'projen';

const REPOSITORY_URL = 'https://github.com/cdk8s-seccomp/cdk8s-seccomp.git';

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-seccomp',
  description: 'Seccomp modes and profiles for Kubernetes workloads, as cdk8s constructs',
  keywords: ['cdk8s', 'kubernetes', 'seccomp', 'security', 'clone3', 'mindie', 'ascend'],
  repositoryUrl: REPOSITORY_URL,
  author: 'cdk8s-seccomp contributors',
  authorAddress: REPOSITORY_URL,
  authorOrganization: true,
  license: 'Apache-2.0',
  defaultReleaseBranch: 'main',
  // A person decides when; the version and its notes follow from the commits. Without a tag to count from, the first would be 0.0.0.
  releaseTrigger: release.ReleaseTrigger.workflowDispatch(),
  nextVersionCommand: 'git tag --list v* | grep -q . || echo 0.1.0',
  // No tokens: the registries trust this repository's workflow, which also attests where a package comes from.
  npmTrustedPublishing: true,
  npmProvenance: true,
  githubOptions: {
    mergify: false,
    pullRequestLintOptions: { semanticTitleOptions: { types: ['feat', 'fix', 'perf', 'refactor', 'docs', 'test', 'bench', 'build', 'ci', 'chore'] } },
  },
  buildWorkflowOptions: { mutableBuild: false },
  depsUpgrade: false,

  cdk8sVersion: '2.70.0',
  // The Go module of cdk8s-plus-28 does not compile with constructs 10.5.
  constructsVersion: '10.3.0',
  peerDeps: ['cdk8s-plus-28@^2.5.6'],
  // jsii packages may only depend on other jsii packages, unless the dependency is bundled.
  bundledDeps: ['commander@^14', 'fastest-levenshtein', 'js-yaml@^5.5.0', 'jsonc-parser', 'yaml'],
  devDeps: ['@jsii/spec@^1.140.0', '@microsoft/jest-sarif@1.0.0-beta.0', '@types/sarif', 'ajv@^8', 'cdk8s-cli', 'cdk8s-plus-32', 'cdk8s-plus-33', 'fast-check', 'kubernetes-models@^4.5.0'],
  bin: { 'cdk8s-seccomp': 'bin/cdk8s-seccomp' },

  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.16.0',
  workflowNodeVersion: '20',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.3',
  // There is no published release yet to be compatible with.
  compat: false,
  artifactsDirectory: 'packages',
  docgen: false,
  publishToPypi: { distName: 'cdk8s-seccomp', module: 'cdk8s_seccomp', trustedPublishing: true, attestations: true },
  publishToMaven: { mavenGroupId: 'io.github.cdk8s-seccomp', mavenArtifactId: 'cdk8s-seccomp', javaPackage: 'io.github.cdk8sseccomp' },
  publishToGo: { moduleName: 'github.com/cdk8s-seccomp/cdk8s-seccomp-go' },
  publishToNuget: { packageId: 'Cdk8sSeccomp', dotNetNamespace: 'Cdk8sSeccomp', trustedPublishing: true },
  gitignore: ['/dist/', '/.tmp/', '/packages/', '/examples/*/dist/', '/examples/*/target/', '/examples/*/bin/', '/examples/*/obj/', '__pycache__/', '!/test/package/commands/inputs/**/*.log'],
  npmIgnoreOptions: { ignorePatterns: ['packages', '/.ci/', '/.tmp/', '/data/', '/docs/', '/examples/', '/scripts/', '/bench/', '/ARCHITECTURE.md', '/CHANGELOG.md', '/CONTRIBUTING.md', '/SECURITY.md'] },

  projenrcTs: true,
  runner: typescript.TypeScriptRunner.tsx(),
  sampleCode: false,
  typecheckTests: true,
  eslintOptions: { dirs: ['src'], devdirs: ['test', 'scripts', 'examples', 'bench'], commandOptions: { fix: false } },
  jestOptions: {
    // The default writes new snapshots silently, so a test without its snapshot would pass.
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    passWithNoTests: false,
    jestConfig: {
      collectCoverage: false,
      // The default leaves a core idle: of two, half.
      maxWorkers: '100%',
      // They need more than a checkout: real container runtimes, a registry, other languages.
      testPathIgnorePatterns: ['/node_modules/', '/test/cluster/', '/test/node/', '/test/arm64/', '/test/s390x/', '/test/new-user/', '/test/languages/'],
      moduleNameMapper: { '^cdk8s-seccomp$': '<rootDir>/src' },
    },
  },
  tsconfigDev: { include: ['../examples/**/*.ts', '../scripts/**/*.ts', '../bench/**/*.ts'] },
});

project.package.addField('overrides', { 'unrs-resolver': '1.12.2' });

// Maps would be two thirds of the package, and Node would read them each time.
for (const option of ['inlineSourceMap', 'inlineSources']) project.tsconfig!.file.addOverride(`compilerOptions.${option}`, false);

// Lets the examples import the package by its name, as its users do.
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  './package.json': './package.json',
  './.jsii': './.jsii',
});

// A profile's arguments are flags and masks.
project.eslint?.addRules({ 'no-bitwise': 'off' });

// The command starts fast because it loads only what it is asked for; a generator is loaded when the one before it has written.
project.eslint?.addOverride({ files: ['src/cli/**', 'scripts/{generate,new-rule}.ts'], rules: { '@typescript-eslint/no-require-imports': 'off' } });

project.compileTask.env('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

const SOURCES = ['src/lint/rules.ts', 'src/manifests/rules.ts', 'src/syscalls/*.generated.ts'];
const DOCUMENTS = ['API.md', 'docs/symptoms.md', 'docs/rules/*', 'docs/images/*'];
for (const file of [...SOURCES, ...DOCUMENTS]) project.annotateGenerated(`/${file}`);
project.postCompileTask.exec('tsx scripts/generate.ts documents');

const generate = project.addTask('generate', {
  description: 'Write every file that is generated from others: lists of rules, tables of system calls, API.md, pages of rules and symptoms, pictures',
  exec: 'tsx scripts/generate.ts sources',
});
generate.spawn(project.compileTask);
generate.spawn(project.postCompileTask);

project.addTask('new-rule', {
  description: 'Begin a lint rule: npx projen new-rule ID',
  exec: 'tsx scripts/new-rule.ts',
  receiveArgs: true,
});

// What the command prints is in scenarios as it is in snapshots.
project.tasks.tryFind('test:update')!.prependExec('tsx test/cli/update-scenarios.ts');

// `npm test` is one of the two commands a newcomer runs: it starts from a bare checkout.
project.testTask.prependSpawn(project.compileTask);

const synth = project.addTask('synth', {
  description: 'Build, synthesize examples/mindie-motor into dist/ and print what was written',
  env: { CDK8S_CHECK_UPGRADE: 'false' },
});
synth.spawn(project.compileTask);
synth.exec('rm -rf dist');
synth.exec('cdk8s synth --output ../../dist', { cwd: 'examples/mindie-motor' });
synth.exec('tsx scripts/print-manifests.ts dist');

project.addTask('test:node', {
  description: 'Prove on real container runtimes what the library says about a node (needs root, runc, crun, containerd)',
  exec: 'jest --config test/node/jest.config.json --ci --runInBand',
  receiveArgs: true,
});

for (const architecture of ['arm64', 's390x']) {
  project.addTask(`test:${architecture}`, {
    description: `Prove on an emulated ${architecture} machine with Debian's kernel what the library says about such a node (needs qemu and Debian's mirror)`,
    exec: `jest --config test/${architecture}/jest.config.json --ci`,
    receiveArgs: true,
  });
}
project.addTask('test:cluster', {
  description: 'Prove on a Kubernetes cluster what the library says about one (needs root, etcd, containerd, runc, crun, CNI plugins, Go)',
  exec: 'jest --config test/cluster/jest.config.json --ci --runInBand',
  receiveArgs: true,
});

project.addTask('bench', {
  description: 'Measure what the model, the commands, a policy and the installer cost (needs a build; the last one root and runc)',
  exec: 'tsx bench/index.ts',
  receiveArgs: true,
});

project.addTask('test:package', {
  description: 'Use the packed package as a new user would, in an empty directory (needs a registry)',
  exec: 'jest --config test/new-user/jest.config.json --ci',
  receiveArgs: true,
});

const runtimes = project.github!.addWorkflow('runtimes');
runtimes.on({ pullRequest: {}, push: { branches: ['main'] } });
runtimes.addJob('everything', {
  runsOn: ['ubuntu-latest'],
  permissions: { contents: github.workflows.JobPermission.READ },
  container: { image: 'node:20-bookworm' },
  timeoutMinutes: 90,
  steps: [github.WorkflowSteps.checkout(), { name: 'Everything', run: 'bash .ci/run' }],
});
// The containers of the tests are its children. It takes one string, and projen writes a list.
runtimes.file!.addOverride('jobs.everything.container.options', '--privileged');

project.addTask('test:languages', {
  description: 'Use the Python, Java and Go packages as their users do (needs a build, Python, a JDK, Maven, Go and their registries)',
  exec: 'jest --config test/languages/jest.config.json --ci',
  receiveArgs: true,
});
// The default of what publishes, which nothing else here names.
project.tryFindObjectFile('.github/workflows/release.yml')!.addDeletionOverride('jobs.release_npm.steps.9.env.NPM_REGISTRY');

project.synth();
