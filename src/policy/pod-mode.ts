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
  /** What the pod had, and has then. */
  readonly before?: ProfileField;
  readonly after?: ProfileField;
  /** What stays Unconfined under a mode that is not: `the pod`, `container "main"`. */
  readonly weak: readonly string[];
  readonly template: PodTemplate;
}

const CONTAINER_LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** Gives a pod the mode, unless that is without effect, or against what somebody has written there. */
export function applyMode(original: PodTemplate, { mode, override }: ModeRequest): ModeOutcome {
  const before = profileOf(original.spec);
  const skip = (reason: string): ModeOutcome => ({ outcome: 'skipped', reason, before, after: before, weak: [], template: original });
  if (isWindows(original.spec)) return skip('runs on Windows, which has no seccomp');
  const containers = containersOf(original.spec);
  const privileged = containers.filter(({ securityContext }) => securityContext?.privileged === true);
  if (privileged.length > 0) return skip(`${names(privileged)} privileged: the kernel applies no profile to a privileged container`);

  const template = withoutAnnotations(original);
  const current = profileOf(template.spec);
  const translated = template.spec !== original.spec ? ', from an annotation that Kubernetes ignores' : '';
  const own = (template === original ? containers : containersOf(template.spec)).filter(container => profileOf(container));
  const isSet = override || !current;
  const spec = isSet ? withMode(template.spec, mode, override) : template.spec;
  const after = isSet ? mode : current;
  const isWeak = (owner: any) => mode.type !== 'Unconfined' && profileOf(owner)?.type === 'Unconfined';
  const weak = [...isWeak(spec) ? ['the pod'] : [], ...override ? [] : own.filter(isWeak).map(({ name }) => `container ${show(name)}`)];
  const result = { before, after, weak, template: spec === template.spec ? template : { ...template, spec } };
  if (!isSet) return { ...result, outcome: 'kept', reason: `already ${text(current)}${translated}` };
  const kept = own.map(container => `container ${show(container.name)} ${override ? 'had' : 'keeps'} ${text(profileOf(container))}`);
  return { ...result, outcome: 'set', reason: list([current ? `was ${text(current)}${translated}` : 'had none', ...kept]) };
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
  const lists = CONTAINER_LISTS.map(key => spec[key]).filter(containers => Array.isArray(containers));
  return lists.flat().filter(container => typeof container === 'object' && container !== null);
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
