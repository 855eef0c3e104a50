import { k8s } from 'cdk8s-plus-28';
import { instanceOf, listOf, OBJECT, optional, recordOf, structOf, TEXT } from '../private/arguments';

export const LABELS = recordOf(TEXT);

const QUANTITIES = recordOf(instanceOf(k8s.Quantity, 'a Quantity such as k8s.Quantity.fromString("64Mi")'));

/** Shape of resources. Without this check, cdk8s would silently leave wrong ones out of the manifest. */
export const RESOURCES = structOf({ limits: optional(QUANTITIES), requests: optional(QUANTITIES) });

/** Shapes of the properties that choose nodes for pods. */
export const NODES = { nodeSelector: optional(LABELS), affinity: optional(OBJECT), tolerations: optional(listOf(OBJECT)) };
