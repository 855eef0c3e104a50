import { audit } from './audit';
import { check } from './check';
import { diagnose } from './diagnose';
import { imports } from './imports';
import { installer } from './installer';
import { kernel } from './kernel';
import { lint } from './lint';
import { linters } from './linters';
import { policy } from './policy';
import { profile } from './profile';
import { synth } from './synth';
import { Bench } from '../harness/rows';

/** In the order of the table. */
export const BENCHES: Readonly<Record<string, Bench>> = { imports, synth, policy, profile, lint, check, linters, audit, diagnose, kernel, installer };
