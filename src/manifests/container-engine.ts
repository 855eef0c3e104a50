import { InputError, show } from '../private/errors';
import { isAtLeast } from '../private/version';

/** The way in which a RuntimeDefault treats clone3 and newer calls. */
export enum DefaultProfile {
  /** Its newest call is older than clone3: runc's ENOSYS stub answers, if this runc has one. */
  OLDER_THAN_CLONE3 = 'older',
  /** It names calls newer than clone3, such as openat2, but not clone3: the default action answers with EPERM. */
  WITHOUT_CLONE3 = 'without',
  /** It answers clone3 with ENOSYS. */
  CLONE3_MISSING = 'missing',
}

const { OLDER_THAN_CLONE3, WITHOUT_CLONE3, CLONE3_MISSING } = DefaultProfile;

interface Engine {
  readonly label: string;
  /** Releases from which on the default profile is of a kind, newest first. Before the oldest of them it is older than clone3. */
  readonly releases: readonly (readonly [since: string, profile: DefaultProfile])[];
}

/**
 * Release branches got the same change in different releases.
 *
 * @see https://github.com/moby/moby/pull/42681, https://github.com/moby/moby/pull/42836
 * @see https://github.com/containerd/containerd/pull/6013, https://github.com/containerd/containerd/pull/6014
 */
const ENGINES: Readonly<Record<string, Engine>> = {
  docker: { label: 'Docker', releases: [['20.10.10', CLONE3_MISSING], ['20.10.0', WITHOUT_CLONE3]] },
  containerd: {
    label: 'containerd',
    releases: [
      ['1.5.6', CLONE3_MISSING], ['1.5.0', WITHOUT_CLONE3],
      ['1.4.10', CLONE3_MISSING], ['1.4.1', WITHOUT_CLONE3], ['1.4.0', OLDER_THAN_CLONE3],
      ['1.3.9', WITHOUT_CLONE3],
    ],
  },
};

/** The engine with which the kubelet starts containers, and its RuntimeDefault. */
export class ContainerEngine {
  /**
   * @param text name and version, such as `docker@20.10.5` or `containerd@1.5.2`
   * @throws if the engine is unknown, or the version is not whole
   */
  public static of(text: string): ContainerEngine {
    const [, name, version] = /^([a-z]+)@(.+)$/.exec(text) ?? [];
    const engine = name === undefined || !Object.keys(ENGINES).includes(name) ? undefined : ENGINES[name];
    if (!engine) throw new InputError(`${show(text)} is not a container engine, expected docker@VERSION or containerd@VERSION, such as containerd@1.5.2`);
    // "1.5" would be ambiguous. A suffix names a package of a distribution, or a release candidate, which has the same profile as its release.
    const [, release] = /^v?(\d+\.\d+\.\d+)(?:[-+~].*)?$/.exec(version) ?? [];
    if (release === undefined) throw new InputError(`${show(version)} is not a version of ${engine.label}, expected a full version such as ${engine.releases[0][0]}`);
    const [, profile] = engine.releases.find(([since]) => isAtLeast(release, since)) ?? [undefined, OLDER_THAN_CLONE3];
    return new ContainerEngine(engine.label, version.replace(/^v/, ''), profile);
  }

  private constructor(private readonly label: string, private readonly version: string, public readonly profile: DefaultProfile) {}

  /** Returns a text such as `Docker 20.10.5`. */
  public toString(): string {
    return `${this.label} ${this.version}`;
  }
}
