/**
 * Fails when a committed file differs from what its generator would write now: API.md, docs/symptoms.md, and everything projen manages.
 */
import { spawnSync } from 'child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { generate as generateApiDocs } from './generate-api-docs';
import { generate as generateSymptomDocs } from './generate-symptom-docs';

const scratch = mkdtempSync(join(tmpdir(), 'generated-'));
const bin = (name: string) => resolve('node_modules', '.bin', name);

try {
  const stale = [...staleDocuments(), ...staleConfiguration()];
  if (stale.length > 0) {
    console.error(`out of date: ${stale.join(', ')}\nrun \`npx projen && npx projen docgen && npx tsx scripts/generate-symptom-docs.ts\` and commit what it writes`);
    process.exitCode = 1;
  }
} finally {
  rmSync(scratch, { recursive: true });
}

function staleDocuments(): string[] {
  const documents = { ...generateApiDocs(), ...generateSymptomDocs() };
  return Object.entries(documents).filter(([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text).map(([file]) => file);
}

function staleConfiguration(): string[] {
  for (const file of ['.projenrc.ts', 'package.json', '.npmignore', 'README.md', 'projenrc']) cpSync(file, join(scratch, file), { recursive: true });
  symlinkSync(resolve('node_modules'), join(scratch, 'node_modules'));
  run(bin('tsx'), ['.projenrc.ts'], scratch);
  const { files } = JSON.parse(readFileSync(join(scratch, '.projen', 'files.json'), 'utf8'));
  return differing([...files, 'package.json', '.npmignore']);
}

function run(command: string, args: string[], cwd: string): void {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, PROJEN_DISABLE_POST: 'true' } });
  if (status !== 0) throw error ?? new Error(`${command} failed\n${stdout}${stderr}`);
}

function differing(files: string[]): string[] {
  return files.filter(file => !existsSync(file) || readFileSync(file, 'utf8') !== readFileSync(join(scratch, file), 'utf8'));
}
