import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { CACHE, pacmak } from './commands';
import { ofGuide, proveExample } from './example';

const PLUS = 'cdk8s-plus-28';
const { version } = JSON.parse(readFileSync(`node_modules/${PLUS}/package.json`, 'utf8'));
const OWN = 'io/github/cdk8s-seccomp';

// Maven never looks for another 0.0.0 than the one that it has: a local repository of its own, without the last run's package.
const localRepository = join(CACHE, 'm2');

function buildPackages(): string {
  const repository = join(CACHE, 'packages', 'java');
  for (const directory of [repository, localRepository]) rmSync(join(directory, OWN), { recursive: true, force: true });
  const options = ['--maven-local-repository', localRepository];
  // Built like ours, from what npm has, so that no Maven repository needs this version. It takes a minute, and is kept.
  if (!existsSync(join(repository, 'org/cdk8s', PLUS, version))) pacmak('java', [`node_modules/${PLUS}`], options);
  return pacmak('java', ['.'], options);
}

const settings = (repository: string) => `
<settings>
  <localRepository>${localRepository}</localRepository>
  <profiles>
    <profile>
      <id>built</id>
      <repositories><repository><id>built</id><url>file://${repository}</url></repository></repositories>
    </profile>
  </profiles>
  <activeProfiles><activeProfile>built</activeProfile></activeProfiles>
</settings>
`.trim();

proveExample('java', 'pom.xml', directory => {
  writeFileSync(join(directory, 'settings.xml'), settings(buildPackages()));
  mkdirSync(join(directory, '.mvn'));
  writeFileSync(join(directory, '.mvn', 'maven.config'), '--settings=settings.xml\n--batch-mode\n');
  copyFileSync('test/languages/errors/Errors.java', join(directory, 'src/main/java/Errors.java'));
  writeFileSync(join(directory, 'src/main/java/Main.java'), ofGuide('Main.java'));
  const java = (program: string) => ['bash', '-c', `mvn -q compile exec:exec -Dexec.args="-classpath %classpath ${program} $0"`];
  return { directory, env: {}, errors: java('Errors'), guide: java('Main') };
});
