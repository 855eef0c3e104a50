import { Chart, Duration, Testing } from 'cdk8s';
import { allowlist } from './profiles';
import { ProfileVersioning, SeccompProfileDaemonSet } from '../../lib';
import { RULES } from '../../lib/lint/rules';
import { Files } from '../../test/node/installer/config-map-volume';

export const NAMES = 400;

export interface Pod {
  readonly files: Files;
  readonly env: Readonly<Record<string, string>>;
  /** Of the profiles on the node. */
  readonly paths: readonly string[];
  /** Size of each ConfigMap as JSON. */
  readonly configMapKib: readonly number[];
}

export interface PodOptions {
  readonly resync?: Duration;
  readonly versioning?: ProfileVersioning;
  /** Another number, other profiles. */
  readonly release?: number;
}

/** The pod of a DaemonSet with so many profiles, no two alike, as a kubelet reads it from the manifests. */
export function pod(profiles: number, { resync, versioning, release = 0 }: PodOptions = {}): Pod {
  const chart = new Chart(Testing.app(), 'bench');
  const suppressions = RULES.map(({ id }) => ({ rule: id, reason: 'only its size matters' }));
  const set = new SeccompProfileDaemonSet(chart, 'Profiles', { resync, versioning, lint: { suppressions } });
  for (let index = 0; index < profiles; index++) {
    set.addProfile(`profiles/app-${index}.json`, allowlist(NAMES, { from: release + index }));
  }
  const manifests: any[] = Testing.synth(chart);
  const ofKind = (wanted: string) => manifests.filter(({ kind }) => kind === wanted);
  const { volumes, containers } = ofKind('DaemonSet')[0].spec.template.spec;
  const source = volumes.find(({ name }: any) => name === 'source');
  const configMaps: any[] = source.configMap ? [source.configMap] : source.projected.sources.map((part: any) => part.configMap);
  const files = Object.fromEntries(configMaps.flatMap(({ name, items }) => {
    const { data } = ofKind('ConfigMap').find(({ metadata }) => metadata.name === name);
    return items.map(({ key, path }: any) => [path, data[key]]);
  }));
  const env: Array<[string, string]> = containers[0].env.map(({ name, value = 'bench' }: any) => [name, value.replace('$(NAMESPACE)', 'bench')]);
  return {
    files,
    env: { PATH: '/bin', ...Object.fromEntries(env) },
    paths: Object.keys(files).map(path => /^documents\/(.*)\/amd64\.json$/.exec(path)?.[1]).filter(path => path !== undefined),
    configMapKib: ofKind('ConfigMap').map(configMap => JSON.stringify(configMap).length / 1024),
  };
}
