import { CLONE3_CHECK, CLONE_DENIED, likely, MUSL_HIDES_SECCOMP, PIDS_CHECK, PIDS_LIMIT, possible, SECCOMP_DENIES_THREADS } from '../causes';
import { CauseId, Symptom } from '../symptom';

type Report = Pick<Symptom, 'texts' | 'source'>;

/** Symptoms of threads that do not start, where the program prints the errno: EPERM comes from seccomp, EAGAIN from a limit. */
export const THREAD_PAIRS: readonly Symptom[] = [
  ...threadPair('cgo-thread', 'a Go program with cgo cannot start a thread', {
    texts: ['runtime/cgo: pthread_create failed: Operation not permitted'],
    source: 'https://github.com/docker-library/golang/issues/467',
  }, {
    texts: ['runtime/cgo: pthread_create failed: Resource temporarily unavailable'],
    source: 'https://github.com/moby/moby/issues/20096',
  }),
  ...threadPair('cpp-thread', 'a C++ program ends with std::system_error', {
    texts: [
      { text: 'what(): Operation not permitted', after: "instance of 'std::system_error'" },
      'std::exception::what(): Operation not permitted…std::system_error',
      "instance of 'std::system_error' what(): Operation not permitted",
    ],
    source: 'https://github.com/mamba-org/micromamba-docker/issues/211',
  }, {
    texts: [
      { text: 'what(): Resource temporarily unavailable', after: "instance of 'std::system_error'" },
      "instance of 'std::system_error' what(): Resource temporarily unavailable",
    ],
    source: 'https://gcc.gnu.org/git/?p=gcc.git;a=blob;f=libstdc%2B%2B-v3/src/c%2B%2B11/thread.cc',
  }),
  ...threadPair('java-thread', 'the JVM cannot start a thread', {
    texts: ['pthread_create failed (EPERM)'],
    source: 'https://github.com/adoptium/temurin-build/issues/2976',
  }, {
    texts: ['pthread_create failed (EAGAIN)'],
    source: 'https://github.com/kruize/autotune/issues/1551',
  }),
  ...threadPair('openblas-thread', 'OpenBLAS cannot start threads', {
    texts: ['blas_thread_init…Operation not permitted'],
    source: 'https://github.com/infiniflow/ragflow/issues/654',
  }, {
    texts: ['blas_thread_init…Resource temporarily unavailable'],
    source: 'https://github.com/OpenMathLib/OpenBLAS/issues/1668',
  }),
  ...threadPair('openmp-thread', 'OpenMP cannot start threads', {
    texts: ['libgomp: Thread creation failed: Operation not permitted', 'OMP: Error #34…Operation not permitted'],
    source: 'https://gcc.gnu.org/git/?p=gcc.git;a=blob;f=libgomp/team.c',
  }, {
    texts: ['libgomp: Thread creation failed: Resource temporarily unavailable', 'OMP: Error #34'],
    source: 'https://github.com/containers/toolbox/issues/849',
  }),
  ...threadPair('ruby-thread', 'Ruby cannot start a thread', {
    texts: ["can't create Thread: Operation not permitted"],
    source: 'https://github.com/docker-library/ruby/issues/429',
  }, {
    texts: ["can't create Thread: Resource temporarily unavailable"],
    source: 'https://github.com/ruby/ruby/blob/v3_2_0/thread.c',
  }),
  ...threadPair('rust-thread', 'a Rust program cannot start a thread', {
    texts: [
      "OS can't spawn…worker thread…Operation not permitted",
      'failed to spawn thread…Operation not permitted',
      'failed to spawn thread…PermissionDenied',
      'ThreadPoolBuildError { kind: IOError(Os { code:…PermissionDenied',
    ],
    source: 'https://github.com/qdrant/qdrant/issues/2149',
  }, {
    texts: [
      "OS can't spawn…worker thread…Resource temporarily unavailable",
      'failed to spawn thread…Resource temporarily unavailable',
      'failed to spawn thread…WouldBlock',
      'ThreadPoolBuildError { kind: IOError(Os { code:…WouldBlock',
    ],
    source: 'https://github.com/tokio-rs/tokio/blob/tokio-1.28.2/tokio/src/runtime/blocking/pool.rs',
  }),
  ...threadPair('thread-create', 'a program cannot start a thread', {
    texts: [
      'pthread_create…Operation not permitted',
      'Thread creation error (Operation not permitted)',
      'Failed to create…thread: Operation not permitted',
      'failed to start thread…Operation not permitted',
      'cannot create thread…Operation not permitted',
      'error \'Operation not permitted\' during \'pthread_create\'',
      'Error creating thread: Operation not permitted',
      'background thread creation failed (1)',
      'initialize Background Jobs. Error message: Operation not permitted',
      'create a new thread (errno 1)',
    ],
    source: 'https://github.com/linweiyuan/go-chatgpt-api/issues/31',
  }, {
    texts: [
      'pthread_create…Resource temporarily unavailable',
      'Thread creation error (Resource temporarily unavailable)',
      'Failed to create…thread: Resource temporarily unavailable',
      'cannot create thread…Resource temporarily unavailable',
      'error \'Resource temporarily unavailable\' during \'pthread_create\'',
      'Error creating thread: Resource temporarily unavailable',
      'background thread creation failed (11)',
      'initialize Background Jobs. Error message: Resource temporarily unavailable',
      'create a new thread (errno 11)',
    ],
    source: 'https://github.com/kubernetes/kubernetes/issues/131235',
  }),
];

/** Returns two symptoms that differ in the errno. */
function threadPair(id: string, summary: string, eperm: Report, eagain: Report): readonly Symptom[] {
  const calls = ['clone3', 'clone'];
  return [
    {
      id: `${id}-eagain`,
      summary: `${summary}: EAGAIN`,
      ...eagain,
      causes: [likely(PIDS_LIMIT), possible(MUSL_HIDES_SECCOMP)],
      check: PIDS_CHECK,
      proves: CauseId.PIDS_LIMIT,
      calls,
    },
    {
      id: `${id}-eperm`,
      summary: `${summary}: EPERM`,
      ...eperm,
      causes: [likely(SECCOMP_DENIES_THREADS), possible(CLONE_DENIED)],
      check: CLONE3_CHECK,
      proves: CauseId.SECCOMP_DENIES_THREADS,
      calls,
    },
  ];
}
