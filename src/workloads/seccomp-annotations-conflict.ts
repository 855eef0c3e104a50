import { ApiObjectMetadataDefinition } from 'cdk8s';
import { AbstractPod, Pod, Workload } from 'cdk8s-plus-28';
import { SeccompMode } from './seccomp-mode';
import { show } from '../private/errors';
import { CONTAINER_ANNOTATION, contradicts, POD_ANNOTATION } from '../private/seccomp-annotations';

/** Returns the errors for annotations that name another profile than the field beside them: the API server refuses such a pod. */
export function annotationFaults(pod: AbstractPod, mode: SeccompMode): string[] {
  const annotations: { [name: string]: string } = podMetadata(pod)?.toJson()?.annotations ?? {};
  const fault = (name: string, field: { type?: string; localhostProfile?: string } | undefined) => {
    const annotation = annotations[name];
    const { type, localhostProfile } = field ?? {};
    if (annotation === undefined || !type || !contradicts(annotation, { type, localhostProfile })) return [];
    return [`annotation ${name} says ${show(annotation)}, the field ${type}, and the API server refuses pods in which they differ: remove the annotation`];
  };
  return [
    ...fault(POD_ANNOTATION, mode._toKube()),
    ...[...pod.initContainers, ...pod.containers].flatMap(({ name, securityContext }) =>
      fault(`${CONTAINER_ANNOTATION}${name}`, securityContext.seccompProfile)),
  ];
}

function podMetadata(pod: AbstractPod): ApiObjectMetadataDefinition | undefined {
  if (pod instanceof Workload) return pod.podMetadata;
  return pod instanceof Pod ? pod.metadata : undefined;
}
