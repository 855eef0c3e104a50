import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';

/** Orders the charts of a scope after the chart that brings their profile to the nodes, unless that chart depends on them. */
export function writeAfter(scope: IConstruct, installer: IConstruct): void {
  const first = Chart.of(installer);
  const charts = Chart.isChart(scope) || !scope.node.scope ? chartsBelow(scope) : [Chart.of(scope)];
  for (const chart of charts) {
    const isNested = chart.node.scopes.includes(first) || first.node.scopes.includes(chart);
    if (!isNested && !chart.node.dependencies.includes(first) && !dependsOn(first, chart)) chart.addDependency(first);
  }
}

function chartsBelow(scope: IConstruct): Chart[] {
  return scope.node.findAll().filter((construct): construct is Chart => Chart.isChart(construct));
}

/** True if something in a chart depends on something in another chart. */
function dependsOn(chart: Chart, other: Chart, seen = new Set<Chart>()): boolean {
  if (chart === other) return true;
  if (seen.has(chart)) return false;
  seen.add(chart);
  return chart.node.findAll().flatMap(construct => construct.node.dependencies).some(target => dependsOn(Chart.of(target), other, seen));
}
