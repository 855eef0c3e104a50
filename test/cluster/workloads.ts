import { Cluster, PATIENCE_MS } from './cluster';

/** The pods of a namespace that have a label, or all of them. */
export async function podsOf(cluster: Cluster, namespace: string, selector = ''): Promise<any[]> {
  const list = await cluster.get(`/api/v1/namespaces/${namespace}/pods?labelSelector=${encodeURIComponent(selector)}`);
  return list.items.filter(({ metadata }: any) => !metadata.deletionTimestamp);
}

export async function podOn(cluster: Cluster, node: number, namespace: string, selector = ''): Promise<any> {
  return (await podsOf(cluster, namespace, selector)).find(({ spec }) => spec.nodeName === `node-${node}`);
}

export function condition(pod: any, type: string): any {
  return pod?.status.conditions?.find((each: any) => each.type === type);
}

export function isReady(pod: any): boolean {
  return condition(pod, 'Ready')?.status === 'True';
}

/** Why a container of the pod waits. */
export function waitingReason(pod: any): string | undefined {
  const containers = [...pod.status.initContainerStatuses ?? [], ...pod.status.containerStatuses ?? []];
  return containers.map(({ state }: any) => state.waiting?.reason).find(Boolean);
}

/** Waits as `kubectl rollout status` does. */
export async function rolledOut(cluster: Cluster, namespace: string, daemonSet: string): Promise<void> {
  await cluster.eventually(`rollout of ${namespace}/${daemonSet}`, async () => {
    const found = await cluster.get(`/apis/apps/v1/namespaces/${namespace}/daemonsets/${daemonSet}`);
    const { desiredNumberScheduled: wanted, updatedNumberScheduled: updated, numberReady: ready, observedGeneration } = found?.status ?? {};
    return wanted > 0 && observedGeneration === found.metadata.generation && updated === wanted && ready === wanted;
  }).catch(async error => { throw new Error(`${error.message}\n${await describePods(cluster, namespace)}`); });
}

export async function logsOf(cluster: Cluster, pod: any, container?: string): Promise<string> {
  return cluster.kubectlOrThrow(['logs', '--namespace', pod.metadata.namespace, pod.metadata.name, ...container ? ['--container', container] : []]);
}

export async function deleteNamespaces(cluster: Cluster, ...names: string[]): Promise<void> {
  await cluster.kubectlOrThrow(['delete', 'namespace', '--ignore-not-found', '--wait=false', ...names]);
}

/** So that the message of a test that waited in vain says why. */
async function describePods(cluster: Cluster, namespace: string): Promise<string> {
  const { stdout } = await cluster.kubectl(['describe', 'pods,daemonsets', '--namespace', namespace]);
  return stdout.slice(-6000);
}

/** The messages of a namespace's events. */
export async function events(cluster: Cluster, namespace: string): Promise<string[]> {
  const list = await cluster.get(`/api/v1/namespaces/${namespace}/events`);
  return list.items.map(({ message }: any) => message);
}

export async function eventually(cluster: Cluster, what: string, holds: () => Promise<boolean>): Promise<void> {
  await cluster.eventually(what, holds, PATIENCE_MS);
}
