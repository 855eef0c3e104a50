import { Duration } from 'cdk8s';
import { ProfileVersioning } from './profile-versioning';
import { SeccompProfileDaemonSetOptions } from './seccomp-profile-daemon-set-options';
import { InputError, show } from '../private/errors';
import { isNodeDirectory } from '../private/node-directory';

export function checkKubeletRoot(root: string): string {
  if (!isNodeDirectory(root)) {
    throw new InputError(`kubeletRoot ${show(root)} is not a directory on a node, expected a normalized absolute path such as "/var/lib/kubelet"`);
  }
  return root;
}

export function checkResync(resync: Duration): Duration {
  if (resync.toSeconds({ integral: false }) < 1) {
    throw new InputError(`resync ${resync.toHumanString()} is too often, expected at least one second`);
  }
  return resync;
}

/** Checks an image: an incomplete digest would fail only later, and on every node. */
export function checkImage(image: string): string {
  if (!/^[^\s@]+(@sha256:[0-9a-f]{64}|@sha512:[0-9a-f]{128})?$/.test(image)) {
    throw new InputError(`image ${show(image)} is not an image, expected a name with a tag or a whole digest, such as "busybox:1.36.1" or "busybox@sha256:" and 64 hex digits`);
  }
  return image;
}

/** Returns the retention of removed profiles; undefined if they stay permanently. */
export function retentionOf(
  versioning: ProfileVersioning, { retain, retainFor }: SeccompProfileDaemonSetOptions,
): { releases: number; time: Duration } | undefined {
  if (retain !== undefined && !(Number.isInteger(retain) && retain >= 0 && retain <= 1_000_000)) {
    throw new InputError(`retain ${show(retain)} is not a number of releases, expected an integer from 0 to 1000000`);
  }
  if (versioning === ProfileVersioning.CONTENT_HASH) return { releases: retain ?? 3, time: retainFor ?? Duration.days(7) };
  const [given] = Object.entries({ retain, retainFor }).filter(([, value]) => value !== undefined);
  if (given) {
    throw new InputError(`${given[0]} has no effect with versioning FIXED_NAME, which keeps one file per profile: remove it, or use CONTENT_HASH`);
  }
  return undefined;
}
