import { certain } from '../causes';
import { Symptom } from '../symptom';

export const priorityClassQuotaMissing: Symptom = {
  id: 'priority-class-quota-missing',
  summary: 'a DaemonSet gets no pod, for want of a quota',
  texts: ['insufficient quota to match these scopes…PriorityClass'],
  causes: [
    certain({
      cause: 'the cluster lets pods use this priority class only in a namespace with a ResourceQuota for it, and here is none',
      remedy: 'SeccompProfileDaemonSet brings one: remove `priorityClassQuota: PriorityClassQuota.NONE`; or make a ResourceQuota with a scopeSelector for the class',
    }),
  ],
  check: 'kubectl get resourcequota --namespace NAMESPACE -o yaml',
  source: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/#limit-priority-class-consumption-by-default',
};
