import { readFileSync, rmdirSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { commandLine, list, tolerant } from './left-behind';
import { RUN } from './runtimes/test-node';

/** Fails the run if it leaves anything on the machine, and removes it as far as that is safe. */
export default function teardown(): void {
  const files = list(tmpdir()).filter(isOurs);
  const cgroups = list('/sys/fs/cgroup').flatMap(controller => [controller, ...list(controller)]).filter(isOurs);
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n').filter(isOurs);
  const processes = list('/proc').map(commandLine).filter(isOurs);
  files.forEach(file => rmSync(file, { recursive: true }));
  cgroups.forEach(cgroup => tolerant(() => rmdirSync(cgroup), undefined));
  const left = [...files, ...cgroups, ...mounts, ...processes];
  if (left.length > 0) throw new Error(`node tests left behind:\n${left.join('\n')}`);
}

function isOurs(what: string): boolean {
  return what.includes(RUN);
}
