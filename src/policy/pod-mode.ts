import { withoutAnnotations } from './seccomp-annotations';
import { PodTemplate } from '../manifests/pod-templates';
import { list, show } from '../private/errors';

/** A seccompProfile as it stands in a manifest. */
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
  /** What the pod has then. */
  readonly after?: ProfileField;
  /** What stays Unconfined under a mode that is not: `the pod`, `container "main"`. */
  readonly weak: readonly string[];
  readonly template: PodTemplate;
}

const CONTAINER_LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** Gives a pod the mode, unless that is without effect, or against what somebody has written there. */
export function applyMode(original: PodTemplate, request: ModeRequest): ModeOutcome {
  const { spec } = original;
  if (isWindows(spec)) return skipped(original, 'runs on Windows, which has no seccomp');
  const privileged = containersOf(spec).filter(isPrivileged);
  if (privileged.length > 0) return skipped(original, `${names(privileged)} privileged: the kernel applies no profile to a privileged container`);
  const template = withoutAnnotations(original);
  const current = profileOf(template.spec);
  const was = current && `${text(current)}${template.spec === spec ? '' : ', from an annotation that Kubernetes ignores'}`;
  const own = containersOf(template.spec).filter(profileOf);
  return was !== undefined && !request.override ? kept(template, request, was, own) : set(template, request, was, own);
}

function skipped(template: PodTemplate, reason: string): ModeOutcome {
  return { outcome: 'skipped', reason, after: profileOf(template.spec), weak: [], template };
}

function kept(template: PodTemplate, { mode }: ModeRequest, was: string, own: readonly any[]): ModeOutcome {
  const after = profileOf(template.spec);
  const weak = mode.type === 'Unconfined' ? [] : [...isUnconfined(template.spec) ? ['the pod'] : [], ...own.filter(isUnconfined).map(words)];
  return { outcome: 'kept', reason: `already ${was}`, after, weak, template };
}

function set(template: PodTemplate, { mode, override }: ModeRequest, was: string | undefined, own: readonly any[]): ModeOutcome {
  const weak = mode.type === 'Unconfined' || override ? [] : own.filter(isUnconfined).map(words);
  const others = own.map(container => `${words(container)} ${override ? 'had' : 'keeps'} ${text(profileOf(container))}`);
  const reason = list([was === undefined ? 'had none' : `was ${was}`, ...others]);
  return { outcome: 'set', reason, after: mode, weak, template: { ...template, spec: withMode(template.spec, mode, override) } };
}

/** `Localhost profiles/app.json`. */
export function text(profile: ProfileField | undefined): string {
  return profile ? [profile.type, profile.localhostProfile].filter(part => part).join(' ') : '';
}

function profileOf(owner: any): ProfileField | undefined {
  const profile = owner.securityContext?.seccompProfile;
  return typeof profile?.type === 'string' ? profile : undefined;
}

function containersOf(spec: any): any[] {
  return CONTAINER_LISTS.flatMap(key => Array.isArray(spec[key]) ? spec[key].filter(isObject) : []);
}

function isObject(value: any): boolean {
  return typeof value === 'object' && value !== null;
}

function isPrivileged({ securityContext }: any): boolean {
  return securityContext?.privileged === true;
}

function isUnconfined(owner: any): boolean {
  return profileOf(owner)?.type === 'Unconfined';
}

function words({ name }: any): string {
  return `container ${show(name)}`;
}

function isWindows({ os, nodeSelector }: any): boolean {
  return os?.name === 'windows' || nodeSelector?.['kubernetes.io/os'] === 'windows';
}

function names(containers: readonly any[]): string {
  const quoted = list(containers.map(({ name }) => show(name)));
  return containers.length === 1 ? `container ${quoted} is` : `containers ${quoted} are`;
}

function withMode(spec: any, { type, localhostProfile }: ProfileField, override: boolean): any {
  const seccompProfile = localhostProfile === undefined ? { type } : { type, localhostProfile };
  const secured = { ...spec, securityContext: { ...spec.securityContext, seccompProfile } };
  if (!override) return secured;
  for (const key of CONTAINER_LISTS) {
    if (Array.isArray(spec[key])) secured[key] = spec[key].map(withoutProfile);
  }
  return secured;
}

function withoutProfile(container: any): any {
  if (!container?.securityContext?.seccompProfile) return container;
  const { seccompProfile: _, ...securityContext } = container.securityContext;
  return { ...container, securityContext };
}
