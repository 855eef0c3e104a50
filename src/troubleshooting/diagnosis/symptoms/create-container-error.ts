import { possible } from '../causes';
import { Symptom } from '../symptom';

export const createContainerError: Symptom = {
  id: 'create-container-error',
  summary: 'a container is not created',
  texts: ['CreateContainerError', 'RunContainerError'],
  causes: [
    possible({
      cause: 'the message beside it says which: a missing profile, a profile that does not load, or nothing about seccomp',
      remedy: 'kubectl describe pod, or kubectl get events, and hand the whole of it to `cdk8s-seccomp diagnose`',
    }),
  ],
  check: 'kubectl describe pod POD | npx cdk8s-seccomp diagnose',
  source: 'https://kubernetes.io/docs/tutorials/security/seccomp/',
  isGeneral: true,
};
