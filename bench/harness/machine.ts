import { spawnSync } from 'child_process';
import { readFileSync } from 'fs';
import { cpus, loadavg, release, totalmem } from 'os';
import { join } from 'path';
import { ROOT } from './processes';

/** What the figures depend on; no names. */
export function machine(): Record<string, string> {
  const packages = ['cdk8s', 'cdk8s-plus-28', 'constructs'].map(name => `${name} ${versionOf(name)}`);
  const runc = spawnSync('runc', ['--version'], { encoding: 'utf8' }).stdout;
  return {
    'CPU': `${cpus()[0].model.trim()}, ${cpus().length} cores`,
    'memory': `${Math.round(totalmem() / 2 ** 30)} GiB`,
    'kernel': release().replace(/-.*/, ''),
    'Node.js': process.version,
    'packages': packages.join(', '),
    'load before': `${loadavg()[0].toFixed(1)} (average of a minute)`,
    'runc': runc ? `${/^runc version (\S+)/.exec(runc)?.[1]}, libseccomp ${/^libseccomp: (\S+)/m.exec(runc)?.[1]}` : 'none',
  };
}

function versionOf(name: string): string {
  return JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')).version;
}
