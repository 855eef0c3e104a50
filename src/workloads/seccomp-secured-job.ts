import { Job, JobProps, k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { PodSeccomp } from './pod-seccomp';
import { SeccompMode } from './seccomp-mode';
import { check, OBJECT } from '../private/arguments';

/**
 * Properties of a `SeccompSecuredJob`.
 */
export interface SeccompSecuredJobProps extends JobProps {
  /**
   * The seccomp mode of the pods.
   *
   * @default SeccompMode.UNCONFINED
   */
  readonly seccomp?: SeccompMode;
}

/**
 * A cdk8s-plus Job whose pods' seccomp mode is set in one place.
 *
 * The mode is set on the pod, so init, ephemeral and injected containers get it too. A container keeps a `seccompProfile` that it sets itself. The synth
 * fails if a container weakens the pod's mode, or is privileged under a mode other than Unconfined.
 */
export class SeccompSecuredJob extends Job {
  private readonly podSeccomp: PodSeccomp;

  /**
   * @param scope construct to put it under, normally a Chart
   * @param id name of the construct, unique below its scope
   * @param props properties of a cdk8s-plus Job, and the seccomp mode
   */
  public constructor(scope: Construct, id: string, props: SeccompSecuredJobProps = {}) {
    super(scope, id, check(OBJECT, props, 'props'));
    this.podSeccomp = new PodSeccomp(this, props.seccomp);
  }

  /** The seccomp mode of the pods. */
  public get seccomp(): SeccompMode {
    return this.podSeccomp.mode;
  }

  /** @internal */
  public _toPodSpec(): k8s.PodSpec {
    return this.podSeccomp.secure(super._toPodSpec());
  }
}
