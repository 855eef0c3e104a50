import { execFileSync } from 'child_process';
import { readFileSync } from 'fs';
import { join } from 'path';
import Ajv, { ValidateFunction } from 'ajv';
import { parse } from 'yaml';

const FETCH = join(__dirname, '../../../scripts/fetch-operator-crd.sh');

/** Releases of the operator, with the checksums that go.sum has. */
export const RELEASES = {
  '0.8.3': 'h1:nYkcxRAVRIaAd2qKEG5LUQmAas5tCAb85QbT6nhdRVM=',
  '0.9.0': 'h1:y3s2yAM+b11/v2RT4ZwjAZRSDstPaGBoMehnh/ttXxM=',
  '0.10.0': 'h1:/30qpke2pM/TijzkkbQ61Da7FZoClR9q0oMzPjbEZYU=',
  '1.0.0': 'h1:QbHdz9xcFb6eENfixDKnSAUhmHgfBrXajJ5XL4msqw0=',
};

/** A custom resource definition, as far as it is looked at. */
export interface Crd {
  readonly scope: string;
  /** A check by version of the API; what is wrong stands in its `errors`. */
  readonly versions: Readonly<Record<string, ValidateFunction>>;
}

/** Where the manifest of a release lies. */
export function crdPath(release: keyof typeof RELEASES): string {
  return execFileSync(FETCH, [`v${release}`, RELEASES[release]], { encoding: 'utf8' }).trim();
}

/** What an API server with that release of the operator takes as a SeccompProfile. */
export function crdOf(release: keyof typeof RELEASES): Crd {
  const { spec } = parse(readFileSync(crdPath(release), 'utf8'));
  const ajv = new Ajv({ keywords: ['x-kubernetes-list-map-keys'] });
  const versions = spec.versions.map(({ name, schema }: any) => [name, ajv.compile(asJsonSchema(schema.openAPIV3Schema))]);
  return { scope: spec.scope, versions: Object.fromEntries(versions) };
}

/**
 * The rules of a structural schema in words of JSON Schema: an unknown field is an error here, where an API server drops it.
 *
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#field-pruning
 */
function asJsonSchema(schema: any): any {
  if (Array.isArray(schema)) return schema.map(asJsonSchema);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { format, 'x-kubernetes-list-type': listType, ...rest } = schema;
  const { properties, items } = rest;
  const fields = Object.entries(properties ?? {}).map(([name, each]) => [name, asJsonSchema(each)]);
  return {
    ...rest,
    ...properties && { properties: Object.fromEntries(fields), additionalProperties: false },
    ...items && { items: asJsonSchema(items) },
    ...listType === 'set' && { uniqueItems: true },
    // Without a format it is 64 bits wide, too.
    ...rest.type === 'integer' && { exclusiveMaximum: format === 'int32' ? 2 ** 31 : 2 ** 63 },
  };
}
