import { NodeArchitecture } from '../profile/document/node-architecture';
import { ContainerRuntime } from '../profile/filter/container-runtime';
import { Libc } from '../profile/filter/libc';

/**
 * Nodes and images that a profile has to serve. The defaults are the range that MindIE Motor supports.
 */
export interface LintTargets {
  /**
   * Architectures of the nodes.
   *
   * @default - amd64 and arm64, if the profile names their architectures; otherwise the nodes whose architectures it names
   */
  readonly nodes?: NodeArchitecture[];

  /**
   * OCI runtimes, each with its libseccomp.
   *
   * @default - runc 1.1.5, 1.1.15 and 1.3.6, crun 1.8.1 and 1.21, with libseccomp 2.5.5 and 2.6.0. Which of them the nodes
   * have is not known: threads that start under runc but not under crun give a warning, not an error
   */
  readonly runtimes?: ContainerRuntime[];

  /**
   * C libraries of the images.
   *
   * @default - glibc 2.33, 2.34, 2.36, 2.38 and 2.39, which start threads in different ways, and musl
   */
  readonly libcs?: Libc[];

  /**
   * Oldest kernel of the nodes.
   *
   * @default "5.10"
   */
  readonly kernel?: string;
}
