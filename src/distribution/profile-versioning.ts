/**
 * How a distributed profile is called on the nodes.
 */
export enum ProfileVersioning {
  /**
   * With a part of its digest in its name, such as `profiles/app-8d2c1f0a1b2c.json`. A changed profile is a new file: workloads that use it roll, the
   * file of running pods stays as it is, and going back to the commit before goes back to the file before.
   *
   * The Kubernetes design of seccomp asks for this: a profile that is in use is never edited.
   */
  CONTENT_HASH = 'content-hash',

  /**
   * With its name and nothing else, for a path that something else relies on. A changed profile replaces the file: running containers keep
   * the old filter until they start again, at whatever time that is.
   */
  FIXED_NAME = 'fixed-name',
}
