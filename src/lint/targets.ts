import { NodeArchitecture } from '../profile/document/node-architecture';
import { ContainerRuntime } from '../profile/filter/container-runtime';
import { Libc } from '../profile/filter/libc';

/**
 * The nodes and images that a profile has to serve. The defaults are what MindIE Motor's supported range contains.
 */
export interface LintTargets {
  /**
   * Architectures of the nodes.
   *
   * @default - those of amd64 and arm64 that the profile names; if none, those that it names
   */
  readonly nodes?: NodeArchitecture[];

  /**
   * OCI runtimes, each with its libseccomp.
   *
   * @default - runc 1.1.5, 1.1.15 and 1.3.6, crun 1.8.1 and 1.21, with libseccomp 2.5.5 and 2.6.0. None of them is taken for certain: threads
   * that start under runc and not under crun are worth a warning, not an error
   */
  readonly runtimes?: ContainerRuntime[];

  /**
   * C libraries of the images.
   *
   * @default - glibc 2.33, 2.34, 2.36, 2.38 and 2.39, between which the ways to start a thread change, and musl
   */
  readonly libcs?: Libc[];

  /**
   * Oldest kernel of the nodes.
   *
   * @default "5.10"
   */
  readonly kernel?: string;
}
