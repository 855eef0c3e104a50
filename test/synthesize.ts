import { mkdirSync, readdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Chart, Testing } from 'cdk8s';

/**
 * The manifests of a chart, each checked against the Kubernetes OpenAPI schema.
 *
 * With MANIFESTS_DIR set they are also written there, for validators that are not written in JavaScript.
 */
export function synthesize(chart: Chart): any[] {
  const manifests = Testing.synth(chart);
  manifests.forEach(checkSchema);
  const directory = process.env.MANIFESTS_DIR;
  if (directory) {
    mkdirSync(directory, { recursive: true });
    const name = `${expect.getState().currentTestName}-${readdirSync(directory).length}`.replace(/[^A-Za-z0-9]+/g, '-');
    writeFileSync(join(directory, `${name}.json`), JSON.stringify(manifests));
  }
  return manifests;
}

function checkSchema(manifest: any): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { [manifest.kind]: Model } = require(`kubernetes-models/${manifest.apiVersion}`);
  new Model(manifest).validate();
  // The schema lets null stand for absent; in a manifest of ours it is a value that got lost.
  expect(JSON.stringify(manifest)).not.toMatch(/[:,[]null[,}\]]/);
}

/** The one manifest of that kind. */
export function theOnly(manifests: any[], kind: string): any {
  const found = manifests.filter(manifest => manifest.kind === kind);
  expect(found).toHaveLength(1);
  return found[0];
}

/** Manifests as they are, but for names of ConfigMaps and files that change with the texts in them. */
export function withoutDigests(manifests: any): any {
  return JSON.parse(JSON.stringify(manifests).replace(/-[0-9a-f]{10}"/g, '-<digest>"').replace(/-[0-9a-f]{12}\b/g, '-<digest>'));
}

/** The messages with which the synth of a chart fails. */
export function validationErrors(chart: Chart): string[] {
  return chart.node.findAll().flatMap(construct => construct.node.validate().map(message => `[${construct.node.path}] ${message}`));
}
