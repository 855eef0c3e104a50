import { random } from '../../seeded-random';

/** What Go and JavaScript may see differently: escapes, what cannot be printed, two orders of text, halves of pairs. */
const CHARACTERS = [
  ...'a"\\,\'\0\x07\b\t\n\v\f\r\x1b\x7f\x80\x9f\xa0\xad\xe9\u0301\u200b\u2028\u3000\u6f22\ue000\ufeff\uff21\ufffd\uffff\u{1f600}\u{e0001}\u{10ffff}',
  '\ud800', '\udfff',
];
/** The last two stand in one order in UTF-8, and in the other in UTF-16. */
const TYPES = ['RuntimeDefault', 'Localhost', 'Unconfined', '', 'runtimeDefault', 'Localhost ', '\uff21', '\u{1f600}'];
const NAMES = ['a', 'b', 'c', 'init-1', '', '__proto__', 'constructor'];
const ANNOTATIONS = [
  'runtime/default', 'docker/default', 'localhost/a.json', 'localhost/', 'localhost', 'unconfined', '', 'Runtime/default', 'docker/default/', '*',
];
const POD_ANNOTATION = 'seccomp.security.alpha.kubernetes.io/pod';
const CONTAINER_ANNOTATION = 'container.seccomp.security.alpha.kubernetes.io/';
const LEVELS = ['privileged', 'baseline', 'restricted'];
const NO_LEVELS = ['Restricted', ' baseline', '', 'a"b', null];
const VERSIONS = ['latest', 'v1.0', 'v1.18', 'v1.19', 'v1.24', 'v1.25', 'v1.37', 'v1.100', 'v1.9223372036854775807'];
const NO_VERSIONS = ['1.25', 'v1.01', 'v1.', 'v1', 'v2.0', 'Latest', 'v1.25.0', 'v1.25\n', 'v1.9223372036854775808', '', null];

/** Pods and namespaces that an API server's decoder takes, odd as they are. */
export class Pods {
  private readonly below: (limit: number) => number;

  public constructor(seed: number) {
    this.below = random(seed);
  }

  public pod(): unknown {
    const spec = {
      securityContext: this.securityContext(),
      initContainers: this.containers(),
      containers: this.containers(),
      ephemeralContainers: this.oneIn(2) ? this.containers() : undefined,
      os: this.oneIn(3) ? this.pick([null, {}, ...['windows', 'linux', 'Windows', ''].map(name => ({ name }))]) : undefined,
    };
    return { metadata: this.metadata(), spec: this.oneIn(100) ? null : spec };
  }

  public namespace(): unknown {
    const labels = ['enforce', 'audit', 'warn'].flatMap(mode => [
      ...this.oneIn(2) ? [[mode, this.pick(this.oneIn(8) ? NO_LEVELS : LEVELS)]] : [],
      ...this.oneIn(2) ? [[`${mode}-version`, this.pick(this.oneIn(8) ? NO_VERSIONS : VERSIONS)]] : [],
    ]);
    const prefixed = labels.map(([name, value]) => [`pod-security.kubernetes.io/${name}`, value]);
    return { metadata: { name: 'mindie', labels: this.oneIn(50) ? this.pick([null, undefined]) : Object.fromEntries(prefixed) } };
  }

  private metadata(): unknown {
    if (this.oneIn(20)) return this.pick([null, undefined]);
    return { name: this.pick(['app', '', 'a"b\n', undefined]), annotations: this.annotations() };
  }

  private annotations(): unknown {
    if (this.oneIn(4)) return this.pick([null, undefined, {}]);
    const keys = [POD_ANNOTATION, CONTAINER_ANNOTATION, 'other', ...this.some(5, () => CONTAINER_ANNOTATION + (this.name() ?? ''))];
    return Object.fromEntries(keys.filter(() => this.oneIn(2)).map(key => [key, this.annotation()]));
  }

  private annotation(): unknown {
    if (this.oneIn(20)) return null;
    return this.oneIn(4) ? this.oddText() : this.pick(ANNOTATIONS);
  }

  private containers(): unknown {
    if (this.oneIn(5)) return this.pick([null, undefined]);
    return this.some(4, () => this.oneIn(50) ? null : { name: this.name(), securityContext: this.securityContext() });
  }

  private name(): unknown {
    if (this.oneIn(30)) return this.pick([null, undefined]);
    return this.oneIn(20) ? this.oddText() : this.pick(NAMES);
  }

  private securityContext(): unknown {
    if (this.oneIn(3)) return this.pick([null, undefined, {}, { seccompProfile: null }]);
    return { seccompProfile: this.oneIn(20) ? this.pick([{}, { type: null }]) : { type: this.type() } };
  }

  private type(): string {
    // Mostly good ones, or hardly a pod would be without a fault.
    if (!this.oneIn(4)) return this.pick(TYPES.slice(0, 2));
    return this.oneIn(4) ? this.oddText() : this.pick(TYPES);
  }

  private oddText(): string {
    return this.some(5, () => this.pick(CHARACTERS)).join('');
  }

  private some<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.below(most + 1) }, make);
  }

  private pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)];
  }

  private oneIn(count: number): boolean {
    return this.below(count) === 0;
  }
}
