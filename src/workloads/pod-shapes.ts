import { k8s } from 'cdk8s-plus-28';
import { instanceOf, listOf, OBJECT, optional, recordOf, structOf, TEXT } from '../private/arguments';

export const LABELS = recordOf(TEXT);

const QUANTITIES = recordOf(instanceOf(k8s.Quantity, 'a Quantity such as k8s.Quantity.fromString("64Mi")'));

/** Of what cdk8s itself takes without a word, and leaves out of the manifest. */
export const RESOURCES = structOf({ limits: optional(QUANTITIES), requests: optional(QUANTITIES) });

/** Where pods run. */
export const NODES = { nodeSelector: optional(LABELS), affinity: optional(OBJECT), tolerations: optional(listOf(OBJECT)) };
