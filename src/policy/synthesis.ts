import { ApiObject, Chart, DependencyGraph } from 'cdk8s';
import { IConstruct } from 'constructs';
import { NamespaceAdmission } from './namespace-admission';
import { Fields } from '../manifests/fields';
import { printWarning } from '../private/kube';

/**
 * One call of `App.synth`, `App.synthYaml` or `Chart.toJson`, and the state that lives as long as the call.
 *
 * If the app has Namespaces, all manifests are rendered in the order of cdk8s and checked against the labels of the Namespaces before the first one is
 * returned. Each is rendered only once, as without a policy, because some placeholders, such as the scheduling of cdk8s-plus, add something to their
 * construct each time.
 */
export class Synthesis {
  private readonly manifests = new Map<ApiObject, Fields>();
  private hasBegun = false;
  private isAhead = false;
  private admission?: NamespaceAdmission;

  /**
   * @param charts the charts to render; called after validations have passed and dependencies are known
   */
  public constructor(private readonly app: IConstruct, private readonly charts: () => readonly Chart[]) {}

  /**
   * Renders and checks all manifests if the app has Namespaces. Call it before anything else is rendered.
   *
   * @throws if a Namespace would refuse a pod; the error lists all refused pods
   */
  public begin(): void {
    if (this.hasBegun) return;
    this.hasBegun = true;
    const namespaces = this.app.node.findAll().filter(isNamespace);
    if (namespaces.length === 0) return;
    this.isAhead = true;
    for (const object of this.charts().flatMap(objectsOf)) this.manifests.set(object, object.toJson() as Fields);
    const admission = new NamespaceAdmission(namespaces.map(object => this.manifests.get(object) ?? object.toJson() as Fields));
    this.isAhead = false;
    this.admission = admission;
    refuse([...this.manifests].flatMap(([object, manifest]) => errorsOf(admission, object, manifest)));
  }

  /** Returns the manifest of an object: the checked one, if it was not returned before. */
  public take(object: ApiObject, render: () => Fields): Fields {
    if (this.isAhead || !this.admission) return render();
    const judged = this.manifests.get(object);
    this.manifests.delete(object);
    if (judged) return judged;
    const manifest = render();
    refuse(errorsOf(this.admission, object, manifest));
    return manifest;
  }
}

function isNamespace(construct: IConstruct): construct is ApiObject {
  return ApiObject.isApiObject(construct) && construct.kind === 'Namespace' && construct.apiVersion === 'v1';
}

/** Returns the objects of a chart, not of charts inside it, in the order of cdk8s: each after the objects that it depends on. */
function objectsOf(chart: Chart): ApiObject[] {
  return new DependencyGraph(chart.node).topology()
    .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct))
    .filter(object => Chart.of(object) === chart);
}

function errorsOf(admission: NamespaceAdmission, { node }: ApiObject, manifest: Fields): string[] {
  const { errors, warnings } = admission.judge(manifest);
  warnings.forEach(warning => printWarning(node.path, warning));
  return errors.map(error => `[${node.path}] ${error}`);
}

/** Throws the errors in the format of cdk8s's validations. */
function refuse(errors: readonly string[]): void {
  if (errors.length > 0) throw new Error(`Validation failed with the following errors:\n  ${errors.join('\n  ')}`);
}
