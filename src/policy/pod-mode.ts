import { withField } from './manifest-fields';
import { withoutAnnotations } from './seccomp-annotations';
import { elements, Fields, fields, isPlainObject } from '../manifests/fields';
import { CONTAINER_LISTS, ManifestContainer, PodView, readPod, WrittenProfile } from '../manifests/pod';
import { PodTemplate } from '../manifests/pod-templates';
import { list, show } from '../private/errors';

/** The profile of a mode, as a manifest has it. */
export interface ProfileField {
  readonly type: string;
  readonly localhostProfile?: string;
}

/** The mode for a pod. */
export interface ModeRequest {
  readonly mode: ProfileField;
  /** True if the mode replaces those that the pod and its containers set. */
  readonly override: boolean;
}

/** Result of applying a mode to a pod. */
export interface ModeOutcome {
  readonly outcome: 'set' | 'kept' | 'skipped';
  readonly reason: string;
  /** Mode of the pod afterwards, such as `Localhost profiles/app.json`; empty if it has none. */
  readonly after: string;
  /** Parts that stay Unconfined under another mode: `the pod`, `container "main"`. */
  readonly weak: readonly string[];
  readonly template: PodTemplate;
}

/** Gives a pod the mode, unless the mode has no effect there, or the pod sets one and is not overridden. */
export function applyMode(original: PodTemplate, request: ModeRequest): ModeOutcome {
  const before = readPod(original);
  if (before.isWindows) return skipped(before, 'runs on Windows, which has no seccomp');
  const privileged = before.containers.filter(({ isPrivileged }) => isPrivileged);
  if (privileged.length > 0) return skipped(before, `${names(privileged)} privileged: the kernel applies no profile to a privileged container`);
  const template = withoutAnnotations(before);
  const pod = template === original ? before : readPod(template);
  const was = pod.profile?.type ? `${text(pod.profile)}${before.profile ? '' : ', from an annotation that Kubernetes ignores'}` : undefined;
  return was !== undefined && !request.override ? kept(pod, request, was) : set(pod, request, was);
}

function skipped({ template, profile }: PodView, reason: string): ModeOutcome {
  return { outcome: 'skipped', reason, after: text(profile), weak: [], template };
}

function kept({ template, profile, containers }: PodView, { mode }: ModeRequest, was: string): ModeOutcome {
  const weak = mode.type === 'Unconfined' ? [] : [...profile?.type === 'Unconfined' ? ['the pod'] : [], ...containers.filter(isUnconfined).map(describe)];
  return { outcome: 'kept', reason: `already ${was}`, after: text(profile), weak, template };
}

function set({ template, containers }: PodView, { mode, override }: ModeRequest, was: string | undefined): ModeOutcome {
  const weak = mode.type === 'Unconfined' || override ? [] : containers.filter(isUnconfined).map(describe);
  const others = containers.filter(({ own }) => own?.type).map(each => `${describe(each)} ${override ? 'had' : 'keeps'} ${text(each.own)}`);
  const reason = list([was === undefined ? 'had none' : `was ${was}`, ...others]);
  return { outcome: 'set', reason, after: text(mode), weak, template: { ...template, spec: withMode(template.spec, mode, override) } };
}

/** `Localhost profiles/app.json`. */
function text(profile: Pick<WrittenProfile, 'type' | 'localhostProfile'> | ProfileField | undefined): string {
  return profile ? [profile.type, profile.localhostProfile].filter(part => part).join(' ') : '';
}

function isUnconfined({ own }: ManifestContainer): boolean {
  return own?.type === 'Unconfined';
}

function describe({ value }: ManifestContainer): string {
  return `container ${show(value.name)}`;
}

function names(containers: readonly ManifestContainer[]): string {
  const quoted = list(containers.map(({ value }) => show(value.name)));
  return containers.length === 1 ? `container ${quoted} is` : `containers ${quoted} are`;
}

function withMode(spec: Fields, mode: ProfileField, override: boolean): Fields {
  const secured = withField(spec, 'securityContext', withField(fields(spec.securityContext), 'seccompProfile', fieldOf(mode)));
  if (!override) return secured;
  const lists = CONTAINER_LISTS.filter(key => Array.isArray(spec[key]));
  return { ...secured, ...Object.fromEntries(lists.map(key => [key, elements(spec[key]).map(withoutProfile)])) };
}

/** Makes a new object for each pod: YAML would write a shared one as an alias. */
function fieldOf({ type, localhostProfile }: ProfileField): Fields {
  return localhostProfile === undefined ? { type } : withField({ type }, 'localhostProfile', localhostProfile);
}

function withoutProfile(container: unknown): unknown {
  if (!isPlainObject(container) || !isPlainObject(container.securityContext)) return container;
  const { seccompProfile, ...securityContext } = container.securityContext;
  return seccompProfile ? { ...container, securityContext } : container;
}
