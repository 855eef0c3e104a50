import { withField } from './manifest-fields';
import { withoutAnnotations } from './seccomp-annotations';
import { elements, Fields, fields, isPlainObject } from '../manifests/fields';
import { CONTAINER_LISTS, ManifestContainer, PodView, readPod, WrittenProfile } from '../manifests/pod';
import { PodTemplate } from '../manifests/pod-templates';
import { list, show } from '../private/errors';

/** The profile of a mode, as it is to stand in a manifest. */
export interface ProfileField {
  readonly type: string;
  readonly localhostProfile?: string;
}

/** What to give pods, and how. */
export interface ModeRequest {
  readonly mode: ProfileField;
  /** Whether it replaces what the pod and its containers say. */
  readonly override: boolean;
}

/** What became of a pod. */
export interface ModeOutcome {
  readonly outcome: 'set' | 'kept' | 'skipped';
  readonly reason: string;
  /** What the pod has then, such as `Localhost profiles/app.json`; empty for nothing. */
  readonly after: string;
  /** What stays Unconfined under a mode that is not: `the pod`, `container "main"`. */
  readonly weak: readonly string[];
  readonly template: PodTemplate;
}

/** Gives a pod the mode, unless that is without effect, or against what somebody has written there. */
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
  const weak = mode.type === 'Unconfined' ? [] : [...profile?.type === 'Unconfined' ? ['the pod'] : [], ...containers.filter(isUnconfined).map(words)];
  return { outcome: 'kept', reason: `already ${was}`, after: text(profile), weak, template };
}

function set({ template, containers }: PodView, { mode, override }: ModeRequest, was: string | undefined): ModeOutcome {
  const weak = mode.type === 'Unconfined' || override ? [] : containers.filter(isUnconfined).map(words);
  const others = containers.filter(({ own }) => own?.type).map(each => `${words(each)} ${override ? 'had' : 'keeps'} ${text(each.own)}`);
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

function words({ value }: ManifestContainer): string {
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

/** A new one for each pod: YAML would refer from one to the other. */
function fieldOf({ type, localhostProfile }: ProfileField): Fields {
  return localhostProfile === undefined ? { type } : withField({ type }, 'localhostProfile', localhostProfile);
}

function withoutProfile(container: unknown): unknown {
  if (!isPlainObject(container) || !isPlainObject(container.securityContext)) return container;
  const { seccompProfile, ...securityContext } = container.securityContext;
  return seccompProfile ? { ...container, securityContext } : container;
}
