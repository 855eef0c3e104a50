/**
 * Naming of a distributed profile on the nodes.
 */
export enum ProfileVersioning {
  /**
   * A name with a part of the profile's digest, such as `profiles/app-8d2c1f0a1b2c.json`. A changed profile is a new file: workloads that use it roll, the
   * file of running pods stays unchanged, and a return to the previous commit is a return to the previous file.
   *
   * The Kubernetes design of seccomp asks for this: a profile in use is never edited.
   */
  CONTENT_HASH = 'content-hash',

  /**
   * The given name without a digest, for a path that something else relies on. A changed profile replaces the file: running containers keep
   * the old filter until they restart, at an unknown time.
   */
  FIXED_NAME = 'fixed-name',
}
