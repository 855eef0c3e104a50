/** A pod, or what pods are made from, inside of a resource. */
export interface PodTemplate {
  /** Keys that lead to the pod spec: `['spec', 'template', 'spec']`. */
  readonly keys: readonly string[];
  /** Metadata of the pod; undefined where the resource gives it none, or none of its own. */
  readonly metadata?: any;
  /** The pod spec. */
  readonly spec: any;
}

/** What a template is to become. */
export interface ChangedPodTemplate {
  readonly metadata?: any;
  readonly spec: any;
}

type Change = (template: PodTemplate) => ChangedPodTemplate | undefined;

/** Gives the value behind a placeholder of its caller's. */
type Unwrap = (value: any) => any;

const AS_IT_IS: Unwrap = value => value;

/**
 * Resources with things in them that look like pods and are none: schemas, which have examples, and what the API server keeps of older versions.
 */
const WITHOUT_PODS: readonly string[] = ['CustomResourceDefinition', 'ControllerRevision', 'Event'];

/** Resources that have a pod spec where no template is, and fields of their own among those of the pod. */
const INLINE: ReadonlyArray<{ readonly group: string; readonly kind: string; readonly at: RegExp }> = [
  { group: 'serving.kserve.io', kind: 'InferenceService', at: /^spec\.(predictor|transformer|explainer)$/ },
  { group: 'serving.kserve.io', kind: 'ServingRuntime', at: /^spec$/ },
  { group: 'serving.kserve.io', kind: 'ClusterServingRuntime', at: /^spec$/ },
  { group: 'serving.knative.dev', kind: 'Revision', at: /^spec$/ },
];

/**
 * Every pod template of a resource, wherever it stands, and of whatever kind the resource is.
 *
 * A template is known by its place (the `spec` of a Pod, or of something that is called a template) and by its shape (a list of containers,
 * each with an image or a name that the API server accepts), so that custom resources need not be known by name, and other lists called
 * `containers` are left alone.
 */
export function podTemplatesIn(resource: any): PodTemplate[] {
  const found: PodTemplate[] = [];
  changePodTemplates(resource, template => {
    found.push(template);
    return undefined;
  });
  return found;
}

/** The resource with its pod templates changed; the same object if none is. */
export function changePodTemplates(resource: any, change: Change, unwrap = AS_IT_IS): any {
  return new Walk(change, unwrap).visit(unwrap(resource));
}

interface Resource {
  readonly group: string;
  readonly kind: string;
  /** How many keys lead to it. */
  readonly depth: number;
  /** Where it has pod specs without a template. */
  readonly inline?: RegExp;
}

class Walk {
  /** What leads to where it is. */
  private readonly keys: string[] = [];

  public constructor(private readonly change: Change, private readonly unwrap: Unwrap) {}

  public visit(value: any, outer?: Resource): any {
    if (Array.isArray(value)) return mapped(value, (item, index) => this.visitBelow(String(index), this.unwrap(item), outer));
    if (!isPlain(value)) return value;
    const resource = resourceOf(value, this.keys.length) ?? outer;
    if (resource?.depth === this.keys.length && WITHOUT_PODS.includes(resource.kind)) return value;
    if (resource?.inline && isInline(resource, this.keys) && hasContainers(this.unwrapSpec(value))) return this.changeInline(value);
    let result = value;
    for (const key of Object.keys(value)) {
      const raw = value[key];
      // Most values are text and numbers.
      if (typeof raw !== 'object' || raw === null || isAside(key, this.keys, resource)) continue;
      const inner = this.unwrap(raw);
      const changed = key === 'spec' ? this.changeTemplate(value, inner, resource) : undefined;
      if (changed) {
        if (changed.metadata !== value.metadata) result = withKey(result, 'metadata', changed.metadata);
        if (changed.spec !== raw) result = withKey(result, key, changed.spec);
      } else {
        const next = this.visitBelow(key, inner, resource);
        if (next !== raw) result = withKey(result, key, next);
      }
    }
    return result;
  }

  private changeInline(raw: any): any {
    const spec = this.unwrapSpec(raw);
    return this.change({ keys: [...this.keys], spec })?.spec ?? spec;
  }

  /** What becomes of a pod and its metadata; undefined if the spec is of something else. */
  private changeTemplate(owner: any, raw: any, resource: Resource | undefined): ChangedPodTemplate | undefined {
    if (!isPlain(raw) || !isTemplate(owner, this.keys, resource)) return undefined;
    const spec = this.unwrapSpec(raw);
    if (!hasContainers(spec)) return undefined;
    const metadata = this.unwrap(owner.metadata);
    return this.change({ keys: [...this.keys, 'spec'], metadata, spec }) ?? { metadata, spec };
  }

  private visitBelow(key: string, value: any, outer: Resource | undefined): any {
    if (typeof value !== 'object' || value === null) return value;
    this.keys.push(key);
    const result = this.visit(value, outer);
    this.keys.pop();
    return result;
  }

  /** A pod spec with what is read of it unwrapped. */
  private unwrapSpec(spec: any): any {
    if (this.unwrap === AS_IT_IS) return spec;
    let result = spec;
    for (const key of READ_OF_POD) {
      const raw = spec[key];
      if (raw === undefined) continue;
      const read = this.unwrapOfSpec(raw);
      if (read !== raw) result = withKey(result, key, read);
    }
    return result;
  }

  private unwrapOfSpec(raw: any): any {
    const value = this.unwrap(raw);
    return Array.isArray(value) ? mapped(value, container => this.unwrapKeys(container, READ_OF_CONTAINER)) : this.unwrapAll(value);
  }

  private unwrapKeys(raw: any, keys: readonly string[]): any {
    const value = this.unwrap(raw);
    if (!isPlain(value)) return value;
    let result = value;
    for (const key of keys) {
      const inner = this.unwrapAll(value[key]);
      if (inner !== value[key]) result = withKey(result, key, inner);
    }
    return result;
  }

  private unwrapAll(raw: any): any {
    const value = this.unwrap(raw);
    return isPlain(value) ? this.unwrapKeys(value, Object.keys(value)) : value;
  }
}

/** The same list if every element stays the same. */
function mapped(elements: readonly any[], map: (element: any, index: number) => any): readonly any[] {
  let results: any[] | undefined;
  elements.forEach((element, index) => {
    const result = map(element, index);
    if (result === element) return;
    results ??= [...elements];
    results[index] = result;
  });
  return results ?? elements;
}

const READ_OF_POD = ['containers', 'initContainers', 'ephemeralContainers', 'securityContext', 'os', 'nodeSelector'];
const READ_OF_CONTAINER = ['name', 'image', 'securityContext'];

function withKey(object: any, key: string, value: any): any {
  return { ...object, [key]: value };
}

function isPlain(value: any): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function resourceOf(value: any, depth: number): Resource | undefined {
  const { apiVersion, kind } = value;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return { group, kind, depth, inline: INLINE.find(each => each.group === group && each.kind === kind)?.at };
}

/** Metadata and status of a resource are no place for what is to be run. */
function isAside(key: string, keys: readonly string[], resource: Resource | undefined): boolean {
  return (key === 'metadata' || key === 'status') && keys.length === (resource?.depth ?? 0);
}

function isTemplate(owner: any, keys: readonly string[], resource: Resource | undefined): boolean {
  if (resource?.depth === keys.length && resource.kind === 'Pod' && resource.group === '') return typeof owner.kind === 'string';
  const name = /^\d+$/.test(keys.at(-1) ?? '') ? keys.at(-2) : keys.at(-1);
  return /templates?$/i.test(name ?? '');
}

function isInline({ inline, depth }: Resource, keys: readonly string[]): boolean {
  return inline !== undefined && inline.test(keys.slice(depth).join('.'));
}

function hasContainers({ containers }: any): boolean {
  return Array.isArray(containers) && containers.length > 0 && containers.every(isContainer);
}

/** Patterns of policies have wildcards where a container has a name. */
function isContainer(value: any): boolean {
  if (!isPlain(value)) return false;
  const [name, image] = [value.name, value.image].map(withoutVariables);
  if (name === undefined && image === undefined) return false;
  return (name === undefined || (typeof name === 'string' && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)))
    && (image === undefined || (typeof image === 'string' && !/[\s*{}()]/.test(image)));
}

/** What Flux, OpenShift templates and envsubst put in later: `app:${TAG}`. */
function withoutVariables(value: any): any {
  return typeof value === 'string' && value.includes('${') ? value.replace(/\$\{\{?[\w:=.-]*\}?\}/g, 'x') : value;
}
