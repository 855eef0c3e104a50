const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const DNS_LABEL = new RegExp(`^${LABEL}$`);
const DNS_SUBDOMAIN = new RegExp(`^${LABEL}(\\.${LABEL})*$`);

/**
 * True if a namespace can have the name.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names
 */
export function isDnsLabel(name: string): boolean {
  return DNS_LABEL.test(name) && name.length <= 63;
}

/**
 * True if most kinds of resource can have the name.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
 */
export function isDnsSubdomain(name: string): boolean {
  return DNS_SUBDOMAIN.test(name) && name.length <= 253;
}

/** Prints a warning about the construct at a path to stderr, where `cdk8s synth` shows it. */
export function printWarning(path: string, warning: string): void {
  process.stderr.write(`warning: [${path}] ${warning}\n`);
}
