import { Document, isScalar, Scalar, visit } from 'yaml';

/** Words that every YAML reader takes for the same string, except those to which the schema of YAML 1.1 gives another type. */
const PLAIN = /^(\.?\/|[A-Za-z_])[A-Za-z0-9_./-]*$/;

/** Returns a string as a literal block. */
export function block(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = Scalar.BLOCK_LITERAL;
  return scalar;
}

/**
 * Prints YAML that readers of YAML 1.1 (Python) and 1.2 (Go) understand alike: in ASCII, with quotes around strings in which one of them could see
 * a number, a date or the end of a line.
 */
export function printYaml(value: unknown): string {
  const document = new Document(value, { schema: 'yaml-1.1' });
  visit(document, {
    Scalar: (_, scalar) => {
      if (isScalar(scalar) && typeof scalar.value === 'string' && !scalar.type && !PLAIN.test(scalar.value)) scalar.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString({ lineWidth: 0 }).replace(/[^\n\x20-\x7e]/gu, escape);
}

function escape(character: string): string {
  return `\\U${character.codePointAt(0)!.toString(16).padStart(8, '0')}`;
}
