import { App, Yaml } from 'cdk8s';
import { MindieMotorChart } from '../../examples/mindie-motor/mindie-motor-chart';
import { chooseSeccompMode } from '../../examples/mindie-motor/seccomp-mode';
import { synthesize, withoutDigests } from '../synthesize';

/** The manifests of each chart: those of the profile, if there is one, and those of the app. */
export function manifestsOf(mode: string): any[][] {
  const app = new App();
  new MindieMotorChart(app, 'mindie-motor', { seccomp: chooseSeccompMode(app, mode) });
  return app.charts.map(chart => withoutDigests(synthesize(chart)));
}

export function resourcesIn(manifests: readonly any[]): string[] {
  return manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
}

/** The manifests of a kind as YAML. The scripts of the installer have tests of their own. */
export function yamlOf(manifests: readonly any[], kind: string): string {
  return `\n${manifests.filter(each => each.kind === kind).map(each => Yaml.stringify(withoutScripts(each))).join('---\n')}`;
}

function withoutScripts({ data, ...rest }: any): any {
  return data === undefined ? rest : { ...rest, data: Object.fromEntries(Object.entries(data).filter(([key]) => !key.endsWith('.sh'))) };
}
