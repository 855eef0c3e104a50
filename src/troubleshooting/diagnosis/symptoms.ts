import { Symptom } from './symptom';
import { ADMISSION } from './symptoms/admission';
import { CALLS } from './symptoms/calls';
import { CONTAINER_REFUSED } from './symptoms/container-refused';
import { INSTALLER } from './symptoms/installer';
import { KILLED } from './symptoms/killed';
import { PROBE } from './symptoms/probe';
import { PROFILE_REFUSED } from './symptoms/profile-refused';
import { THREAD_PAIRS } from './symptoms/thread-pairs';
import { THREADS } from './symptoms/threads';

const FAMILIES = [ADMISSION, CALLS, CONTAINER_REFUSED, INSTALLER, KILLED, PROBE, PROFILE_REFUSED, THREAD_PAIRS, THREADS];

/** Every symptom, in alphabetical order of ids. */
export const SYMPTOMS: readonly Symptom[] = FAMILIES.flat().sort((one, other) => one.id < other.id ? -1 : 1);
