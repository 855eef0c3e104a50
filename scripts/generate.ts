/**
 * Writes the files that are generated from others of the repository: `sources`, which are compiled, or `documents`, which need a build. `npx projen generate`
 * does both; test/package/generated.test.ts compares. What projen writes comes from .projenrc.ts.
 */
import { mkdirSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';

/** Texts by their paths. */
export type Files = Readonly<Record<string, string>>;

export interface Generator {
  readonly stage: 'sources' | 'documents';
  /** Loaded only when it is its turn: it may import what the one before it wrote. */
  readonly load: () => { generate(): Files };
}

export const GENERATORS: readonly Generator[] = [
  { stage: 'sources', load: () => require('./generate-rule-index') },
  { stage: 'sources', load: () => require('./generate-syscalls') },
  { stage: 'sources', load: () => require('./generate-arguments') },
  { stage: 'documents', load: () => require('./generate-api-docs') },
  { stage: 'documents', load: () => require('./generate-rule-docs') },
  { stage: 'documents', load: () => require('./generate-symptom-docs') },
  { stage: 'documents', load: () => require('./draw-terminal') },
];

const ROOT = join(__dirname, '..');

/** What all generators would write now. */
export function generateAll(): Files {
  return Object.fromEntries(GENERATORS.flatMap(({ load }) => Object.entries(load().generate())));
}

function write(stage: string): void {
  const chosen = GENERATORS.filter(generator => generator.stage === stage);
  if (chosen.length === 0) throw new Error(`unknown stage ${stage}, expected sources or documents`);
  for (const { load } of chosen) writeFiles(load().generate());
}

export function writeFiles(files: Files): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(ROOT, file)), { recursive: true });
    writeFileSync(join(ROOT, file), text);
  }
}

if (require.main === module) write(process.argv[2]);
