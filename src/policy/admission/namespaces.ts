import { LabelExpression } from 'cdk8s-plus-28';
import { check, instanceOf, listOf, recordOf, TEXT } from '../../private/arguments';
import { InputError, show } from '../../private/errors';
import { isDnsLabel } from '../../private/kube';

const NAME_LABEL = 'kubernetes.io/metadata.name';

/**
 * Namespaces that an admission policy applies to.
 */
export class AdmissionNamespaces {
  /**
   * All namespaces, also `kube-system`: name the namespaces of the cluster's own agents in `exemptNamespaces`, or try the policy with
   * `AdmissionAction.WARN` first.
   */
  public static readonly ALL = new AdmissionNamespaces([]);

  /**
   * Namespaces with these names. They are selected by a label that the API server sets and no user can change.
   *
   * @param names names of namespaces, such as `mindie`
   * @throws if no name is given, or one cannot be a namespace's
   */
  public static named(...names: string[]): AdmissionNamespaces {
    if (names.length === 0) throw new InputError('no namespace is named, expected at least one, or AdmissionNamespaces.ALL');
    check(listOf(TEXT), names, 'names');
    return new AdmissionNamespaces([{ key: NAME_LABEL, operator: 'In', values: names.map(checkNamespace) }]);
  }

  /**
   * Namespaces with these labels. Anyone who may label a namespace can switch the policy on or off in it.
   *
   * @param labels labels that a namespace must have
   * @param expressions further conditions on its labels
   * @throws if neither a label nor an expression is given
   */
  public static labeled(labels: { [name: string]: string }, ...expressions: LabelExpression[]): AdmissionNamespaces {
    check(recordOf(TEXT), labels, 'labels');
    check(listOf(instanceOf(LabelExpression, 'a LabelExpression such as LabelExpression.exists("team")')), expressions, 'expressions');
    if (Object.keys(labels).length + expressions.length === 0) throw new InputError('no label is given, expected at least one, or AdmissionNamespaces.ALL');
    return new AdmissionNamespaces(expressions.map(({ key, operator, values }) => ({ key, operator, values })), { ...labels });
  }

  private constructor(
    private readonly expressions: readonly { readonly key: string; readonly operator: string; readonly values?: string[] }[],
    private readonly labels?: { [name: string]: string },
  ) {}

  /**
   * Returns the label selector of these namespaces without the exempt ones; undefined if it selects all namespaces.
   *
   * @internal
   */
  public _selector(exempt: readonly string[]): any {
    const matchExpressions = [...this.expressions, ...exempt.length > 0 ? [{ key: NAME_LABEL, operator: 'NotIn', values: exempt.map(checkNamespace) }] : []];
    if (!this.labels && matchExpressions.length === 0) return undefined;
    return { ...this.labels && { matchLabels: this.labels }, ...matchExpressions.length > 0 && { matchExpressions } };
  }
}

function checkNamespace(name: string): string {
  if (!isDnsLabel(name)) {
    throw new InputError(`${show(name)} is not a namespace name, expected at most 63 lower case letters, digits and "-"`);
  }
  return name;
}
