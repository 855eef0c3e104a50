import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { CACHE, pacmak, run } from './commands';
import { ofGuide, proveExample } from './example';

const OWN = 'github.com/cdk8s-seccomp/cdk8s-seccomp-go/cdk8sseccomp';
const CDK8S = 'github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2';

proveExample('go', 'go.mod', directory => {
  // jsii-pacmak writes modules of Go 1.25.
  const [PATH] = run(['bash', '-c', '. scripts/use-go.sh; use_go 25 "$0"; echo "$PATH"', join(CACHE, 'tools')]).split('\n');
  const env = { PATH, GOTOOLCHAIN: 'local', GOWORK: 'off', CGO_ENABLED: '0' };

  rmSync(join(CACHE, 'packages', 'go'), { recursive: true, force: true });
  // cdk8s is built like ours, from what npm has, so that no module proxy needs this version.
  const packages = pacmak('go', ['.', 'node_modules/cdk8s'], [], env);
  const replacements = [[OWN, 'cdk8sseccomp'], [CDK8S, 'cdk8s']].flatMap(([module, built]) => ['-replace', `${module}=${join(packages, built)}`]);
  for (const name of ['errors', 'guide']) mkdirSync(join(directory, name));
  writeFileSync(join(directory, 'guide', 'main.go'), ofGuide('main.go'));
  copyFileSync('test/languages/errors/errors.go', join(directory, 'errors', 'main.go'));
  run(['go', 'mod', 'edit', ...replacements], { cwd: directory, env });
  run(['go', 'mod', 'tidy'], { cwd: directory, env });
  run(['go', 'vet', './...'], { cwd: directory, env });
  return { directory, env, errors: ['go', 'run', './errors'], guide: ['go', 'run', './guide'] };
});
