import { OperatorApi } from './operator-limits';
import { InputError, show } from '../../private/errors';
import { isAtLeast } from '../../private/version';

/** Properties of a version of the operator. */
export interface OperatorVersion {
  readonly text: string;
  readonly api: OperatorApi;
  /** True if the resource belongs to a namespace, false if it is cluster-scoped. */
  readonly isNamespaced: boolean;
}

export function readOperatorVersion(text: string): OperatorVersion {
  const version = /^v?(\d+\.\d+(?:\.\d+)?)(?:-\w[\w.]*)?$/.exec(text)?.[1];
  if (version === undefined) throw new InputError(`operatorVersion ${show(text)} is not a version, expected one such as "1.0.0"`);
  // In 0.8.0 errnoRet is a string; 0.8.1 and 0.8.2 require disabled.
  if (!isAtLeast(version, '0.8.3')) {
    throw new InputError(`operatorVersion ${show(text)} is too old, expected 0.8.3 or later: older operators have other fields`);
  }
  return { text: version, api: isAtLeast(version, '1.0.0') ? 'v1' : 'v1beta1', isNamespaced: !isAtLeast(version, '0.9.0') };
}
