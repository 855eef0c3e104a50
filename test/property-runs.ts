/**
 * How many cases a property test tries: few where a developer waits, PROPERTY_SCALE times as many in `.ci/run`.
 */
const SCALE = Number(process.env.PROPERTY_SCALE ?? 1);
if (!(SCALE >= 1)) throw new Error(`PROPERTY_SCALE is "${process.env.PROPERTY_SCALE}", expected a number from 1`);

export function runs(few: number): number {
  return Math.round(few * SCALE);
}
