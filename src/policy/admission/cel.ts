import { AcceptedProfiles, NO_PROFILE, PRIVILEGED } from './allowed-profile';
import { uncleanPathPattern } from '../../private/glob';

/** Returns a text as a CEL literal, which has all escapes of JSON. */
export function celText(text: string): string {
  return JSON.stringify(text);
}

export function celTexts(texts: readonly string[]): string {
  return `[${texts.map(celText).join(', ')}]`;
}

/**
 * Expression for the pod spec of a resource.
 *
 * It uses `dyn`, because the type checker would warn of `spec.jobTemplate` for every kind that has none.
 */
export function podSpecIn(object: string): string {
  const spec = `dyn(${object}).spec`;
  return `${object}.kind == "Pod" ? ${spec} : ${object}.kind == "CronJob" ? ${spec}.jobTemplate.spec.template.spec : ${spec}.template.spec`;
}

/** Expression for all containers of the pod spec. */
export function containersIn(podSpec: string): string {
  const optional = (list: string) => `(has(${podSpec}.${list}) ? ${podSpec}.${list} : [])`;
  return `${optional('initContainers')} + ${podSpec}.containers + ${optional('ephemeralContainers')}`;
}

/** The part of a profile that an expression compares. */
export enum ProfileText {
  /** Its type alone. */
  TYPE,
  /** Its type, and its path if it has one. */
  NAME,
}

/** Expression for the profile of the pod itself. */
export function podProfile(text: ProfileText): string {
  return ownOr('variables.podSpec', text, celText(NO_PROFILE));
}

/** Expression for the profile of each container: its own or the pod's. */
export function containerProfiles(text: ProfileText): string {
  return profilesOf(ownOr('c', text, 'variables.podProfile'));
}

/** Expression for the profile that the runtime will apply to each container. */
export function appliedProfiles(): string {
  const isPrivileged = 'has(c.securityContext) && has(c.securityContext.privileged) && c.securityContext.privileged';
  return profilesOf(`${isPrivileged} ? ${celText(PRIVILEGED)} : ${ownOr('c', ProfileText.NAME, 'variables.podProfile')}`);
}

/** Adds the profile of the pod itself, if it sets one. */
export function withPod(profiles: string): string {
  return `(${hasProfile('variables.podSpec')} ? [{"of": "the pod", "profile": variables.podProfile}] : []) + ${profiles}`;
}

/** Condition that `p` is one of the profiles. */
export function isOneOf(profiles: readonly AcceptedProfiles[]): string {
  const exact = [...new Set(profiles.flatMap(each => each.exact))];
  const patterns = [...new Set(profiles.flatMap(each => each.pathPattern ?? []))];
  const isNamed = `p.profile in ${celTexts(exact)}`;
  if (patterns.length === 0) return isNamed;
  const matches = `p.profile.matches(${celText(`^Localhost (?:${patterns.join('|')})$`)})`
    + ` && !p.profile.matches(${celText(uncleanPathPattern('Localhost '))})`;
  return exact.length > 0 ? `${isNamed} || ${matches}` : matches;
}

/** Expression for a message about `p`. */
export function describeProfile(): string {
  return `p.of + (p.profile == ${celText(PRIVILEGED)} ? " is privileged, which switches seccomp off" : " has " + p.profile)`;
}

export function isWindows(): string {
  return 'has(variables.podSpec.os) && variables.podSpec.os.name == "windows"';
}

/** Condition that the pod runs under one of these accounts, each `namespace/name`. */
export function hasServiceAccount(accounts: readonly string[]): string {
  const account = 'variables.podSpec.serviceAccountName';
  return `request.namespace + "/" + (has(${account}) && ${account} != "" ? ${account} : "default") in ${celTexts(accounts)}`;
}

/** Condition that one of these users makes the request. */
export function isUser(users: readonly string[]): string {
  return `has(request.userInfo.username) && request.userInfo.username in ${celTexts(users)}`;
}

/** Condition that the image of the container `c` matches one of these patterns. */
export function hasImage(patterns: readonly string[]): string {
  return `has(c.image) && c.image.matches(${celText(`^(?:${patterns.join('|')})$`)})`;
}

function profilesOf(profile: string): string {
  return `variables.containers.map(c, {"of": "container " + c.name, "profile": ${profile}})`;
}

function ownOr(owner: string, text: ProfileText, otherwise: string): string {
  const profile = `${owner}.securityContext.seccompProfile`;
  const path = `(has(${profile}.localhostProfile) ? " " + ${profile}.localhostProfile : "")`;
  // CEL needs one type for all values of a map, and knows no type for fields of an object.
  const own = `string(${profile}.type)${text === ProfileText.TYPE ? '' : ` + ${path}`}`;
  return `${hasProfile(owner)} ? ${own} : ${otherwise}`;
}

function hasProfile(owner: string): string {
  return `has(${owner}.securityContext) && has(${owner}.securityContext.seccompProfile)`;
}
