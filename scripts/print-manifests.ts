/**
 * Prints what a synth wrote: file, kind, name and seccomp mode of every object, and a line that adds up the workloads.
 *
 *     tsx scripts/print-manifests.ts DIRECTORY
 */
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Record<string, string> };
  readonly data?: Record<string, string>;
  readonly spec?: any;
}

const directory = process.argv[2];
const totals: Record<string, number> = { Localhost: 0, RuntimeDefault: 0, Unconfined: 0 };
const files = readdirSync(directory).filter(name => name.endsWith('.yaml')).sort().map(name => join(directory, name));
const manifests = new Map(files.map(file => [file, readManifests(file)]));
const width = Math.max(...[...manifests.values()].flat().map(({ metadata }) => metadata.name.length));

for (const [file, objects] of manifests) {
  console.log(file);
  for (const manifest of objects) {
    console.log(`  ${manifest.kind.padEnd(18)}  ${manifest.metadata.name.padEnd(width)}  ${describe(manifest)}`.trimEnd());
  }
}
console.log(`${totals.Localhost} workloads Localhost, ${totals.RuntimeDefault} RuntimeDefault, ${totals.Unconfined} Unconfined`);

function readManifests(file: string): Manifest[] {
  return parseAllDocuments(readFileSync(file, 'utf8')).map(document => document.toJS()).filter(manifest => manifest);
}

function describe(manifest: Manifest): string {
  const podSpec = manifest.kind === 'Pod' ? manifest.spec : (manifest.spec?.jobTemplate ?? manifest).spec?.template?.spec;
  if (podSpec) {
    const { type = 'Unconfined', localhostProfile = '' } = podSpec.securityContext?.seccompProfile ?? {};
    totals[type]++;
    return `${type}  ${localhostProfile}`;
  }
  const enforced = manifest.metadata.labels?.['pod-security.kubernetes.io/enforce'];
  if (enforced) return `pod-security enforce=${enforced}`;
  const profiles = Object.keys(manifest.data ?? {}).filter(key => key.endsWith('.json')).length;
  return manifest.kind === 'ConfigMap' && profiles > 0 ? `${profiles} node documents, installer` : '';
}
