import { elements, Fields, isPlainObject } from './fields';

/** A pod, or a template of pods, inside a resource. */
export interface PodTemplate {
  /** Keys that lead to the pod spec: `['spec', 'template', 'spec']`. */
  readonly keys: readonly string[];
  /** Metadata of the pod; undefined if the resource gives it none of its own. */
  readonly metadata?: unknown;
  /** The pod spec. */
  readonly spec: Fields;
}

/** A template after a change. */
export type ChangedPodTemplate = Omit<PodTemplate, 'keys'>;

type Change = (template: PodTemplate) => ChangedPodTemplate | undefined;

/** Kinds of resource whose contents look like pods but are not: schemas with examples, and stored older versions. */
const WITHOUT_PODS: readonly string[] = ['CustomResourceDefinition', 'ControllerRevision', 'Event'];

/** Resources that have a pod spec without a template, mixed with fields of their own. */
const INLINE: ReadonlyArray<{ readonly group: string; readonly kind: string; readonly at: RegExp }> = [
  { group: 'serving.kserve.io', kind: 'InferenceService', at: /^spec\.(predictor|transformer|explainer)$/ },
  { group: 'serving.kserve.io', kind: 'ServingRuntime', at: /^spec$/ },
  { group: 'serving.kserve.io', kind: 'ClusterServingRuntime', at: /^spec$/ },
  { group: 'serving.knative.dev', kind: 'Revision', at: /^spec$/ },
];

/**
 * Returns every pod template of a resource of any kind.
 *
 * A template is recognised by its place (the `spec` of a Pod, or of a field whose name ends in "template") and by its shape (a list of containers,
 * each with an image or a name that the API server accepts). So custom resources need no list of names, and other lists called `containers` are
 * left alone.
 */
export function podTemplatesIn(resource: unknown): PodTemplate[] {
  const found: PodTemplate[] = [];
  changePodTemplates(resource, template => {
    found.push(template);
    return undefined;
  });
  return found;
}

/** Returns the resource with its pod templates changed; the same object if none is changed. */
export function changePodTemplates(resource: unknown, change: Change): unknown {
  return changeAtKnownPlace(resource, change) ?? new Walk(change).visit(resource);
}

/** Keys that lead to the owner of the pod spec in the workloads of Kubernetes, which need no search. */
const KNOWN_PLACES: ReadonlyMap<string, readonly string[]> = new Map([
  ['v1 Pod', []],
  ['batch/v1 CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
  ...['v1 ReplicationController', 'apps/v1 DaemonSet', 'apps/v1 Deployment', 'apps/v1 ReplicaSet', 'apps/v1 StatefulSet', 'batch/v1 Job']
    .map((kind): [string, string[]] => [kind, ['spec', 'template']]),
]);

/** Returns the changed resource; undefined if its kind is not in the table, or no pod stands at the place. */
function changeAtKnownPlace(resource: unknown, change: Change): Fields | undefined {
  if (!isPlainObject(resource)) return undefined;
  const place = KNOWN_PLACES.get(`${String(resource.apiVersion)} ${String(resource.kind)}`);
  if (!place) return undefined;
  const owners: Fields[] = [resource];
  for (const key of place) {
    const next = owners[owners.length - 1][key];
    if (!isPlainObject(next)) return undefined;
    owners.push(next);
  }
  const owner = owners[place.length];
  const { metadata, spec } = owner;
  if (!isPlainObject(spec) || !hasContainers(spec)) return undefined;
  const changed = change({ keys: [...place, 'spec'], metadata, spec });
  if (!changed || (changed.metadata === metadata && changed.spec === spec)) return resource;
  return place.reduceRight<Fields>((inner, key, at) => ({ ...owners[at], [key]: inner }), withTemplate(owner, changed));
}

function withTemplate(owner: Fields, { metadata, spec }: ChangedPodTemplate): Fields {
  const result: Record<string, unknown> = { ...owner, spec };
  if (metadata !== owner.metadata) result.metadata = metadata;
  return result;
}

interface Resource {
  readonly group: string;
  readonly kind: string;
  /** Number of keys that lead to it. */
  readonly depth: number;
  /** Places of pod specs without a template. */
  readonly inline?: RegExp;
}

class Walk {
  /** Keys that lead to the current value. */
  private readonly keys: string[] = [];

  public constructor(private readonly change: Change) {}

  public visit(value: unknown, outer?: Resource): unknown {
    if (Array.isArray(value)) return this.visitList(value, outer);
    if (!isPlainObject(value)) return value;
    const resource = resourceOf(value, this.keys.length) ?? outer;
    if (resource?.depth === this.keys.length && WITHOUT_PODS.includes(resource.kind)) return value;
    if (resource?.inline && isInline(resource, this.keys) && hasContainers(value)) {
      return this.change({ keys: [...this.keys], spec: value })?.spec ?? value;
    }
    let result = value;
    for (const key of Object.keys(value)) {
      const inner = value[key];
      // Most values are text and numbers.
      if (typeof inner !== 'object' || inner === null || isAside(key, this.keys, resource)) continue;
      if (key === 'spec' && isPlainObject(inner) && isTemplate(value, this.keys, resource) && hasContainers(inner)) {
        result = this.changeTemplate(value, inner, result);
      } else {
        const next = this.visitBelow(key, inner, resource);
        if (next !== inner) result = { ...result, [key]: next };
      }
    }
    return result;
  }

  /** Returns the same list if every element stays the same. */
  private visitList(list: readonly unknown[], outer: Resource | undefined): readonly unknown[] {
    let results: unknown[] | undefined;
    list.forEach((element, index) => {
      const result = this.visitBelow(String(index), element, outer);
      if (result === element) return;
      results ??= [...list];
      results[index] = result;
    });
    return results ?? list;
  }

  private changeTemplate({ metadata }: Fields, spec: Fields, result: Fields): Fields {
    const changed = this.change({ keys: [...this.keys, 'spec'], metadata, spec });
    if (!changed || (changed.metadata === metadata && changed.spec === spec)) return result;
    return withTemplate(result, changed);
  }

  private visitBelow(key: string, value: unknown, outer: Resource | undefined): unknown {
    if (typeof value !== 'object' || value === null) return value;
    this.keys.push(key);
    const result = this.visit(value, outer);
    this.keys.pop();
    return result;
  }
}

function resourceOf({ apiVersion, kind }: Fields, depth: number): Resource | undefined {
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return { group, kind, depth, inline: INLINE.find(each => each.group === group && each.kind === kind)?.at };
}

/** True for the metadata and the status of a resource, which hold no pods to run. */
function isAside(key: string, keys: readonly string[], resource: Resource | undefined): boolean {
  return (key === 'metadata' || key === 'status') && keys.length === (resource?.depth ?? 0);
}

function isTemplate(owner: Fields, keys: readonly string[], resource: Resource | undefined): boolean {
  if (resource?.depth === keys.length && resource.kind === 'Pod' && resource.group === '') return typeof owner.kind === 'string';
  const name = /^\d+$/.test(keys.at(-1) ?? '') ? keys.at(-2) : keys.at(-1);
  return /templates?$/i.test(name ?? '');
}

function isInline({ inline, depth }: Resource, keys: readonly string[]): boolean {
  return inline !== undefined && inline.test(keys.slice(depth).join('.'));
}

function hasContainers({ containers }: Fields): boolean {
  return elements(containers).length > 0 && elements(containers).every(isContainer);
}

/** True for a container; false for a pattern of a policy, which has wildcards in names and images. */
function isContainer(value: unknown): boolean {
  if (!isPlainObject(value)) return false;
  const [name, image] = [value.name, value.image].map(withoutVariables);
  if (name === undefined && image === undefined) return false;
  return (name === undefined || (typeof name === 'string' && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)))
    && (image === undefined || (typeof image === 'string' && !/[\s*{}()]/.test(image)));
}

/** Replaces variables that Flux, OpenShift templates and envsubst fill in later: `app:${TAG}`. */
function withoutVariables(value: unknown): unknown {
  return typeof value === 'string' && value.includes('${') ? value.replace(/\$\{\{?[\w:=.-]*\}?\}/g, 'x') : value;
}
