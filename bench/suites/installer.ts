import { LOOK, measureInstaller, measuresOf, POLL, POLL_SECONDS, SLEEP, SLEEP_IN_ALL, TOUCH, TRUE } from './installer-samples';
import { Bench, Row } from '../harness/rows';
import { Samples } from '../harness/samples';
import { NAMES, pod } from '../inputs/installer-pod';

const PROFILES = [1, 10, 50];
/** With the default resync of 60 s, looks at the source in between, and a readiness probe each 10 s. */
const AN_HOUR = { rounds: 60, looks: 3_600 / POLL_SECONDS - 60, probes: 360 } as const;

export const installer: Bench = {
  about: `The node installer under runc, with a static busybox and profiles of ${NAMES} names for amd64 and arm64. Memory is the proportional set size of its processes. `
    + 'The average of CPU is extrapolated from rounds, looks and checks to an hour of them.',
  async run({ rounds, size }) {
    const counts = PROFILES.filter(count => count <= size(100));
    const samples = await Samples.takeSets(rounds(2), [() => measureInstaller(counts)]);
    const rows: Row[] = [samples.row(LOOK, TRUE, { unit: 'cpu ms', note: `each ${POLL_SECONDS} s` })];
    for (const count of counts) {
      const { atRest, atWork, inAll, round, check, start, change } = measuresOf(count);
      const cpu = (what: string) => samples.median(what, 'cpu ms') / 1000;
      const hour = AN_HOUR.rounds * cpu(round) + AN_HOUR.looks * cpu(LOOK) + AN_HOUR.probes * cpu(check);
      rows.push(
        samples.row(atRest, SLEEP, { unit: 'MiB' }),
        samples.row(atWork, SLEEP, { unit: 'MiB', note: 'at most' }),
        samples.row(inAll, SLEEP_IN_ALL, { unit: 'MiB', note: 'the most that its cgroup had, with readiness checks' }),
        samples.row(round, TRUE, { unit: 'cpu ms', note: `each 60 s; with looks and checks ${(hour / 3.6).toFixed(1)}m of a CPU` }),
        samples.row(check, TRUE, { unit: 'cpu ms', note: 'each 10 s' }),
        samples.row(start, TOUCH, { note: configMaps(count) }),
        samples.row(change, POLL));
    }
    return rows;
  },
};

function configMaps(profiles: number): string {
  const { configMapKib } = pod(profiles);
  return `${configMapKib.length} ConfigMap${configMapKib.length > 1 ? 's' : ''}, ${Math.round(configMapKib.reduce((sum, each) => sum + each))} KiB`;
}
