import { ApiObject, Lazy } from 'cdk8s';

/**
 * Renders objects before cdk8s does. Placeholders produce their values once for both: some, such as the scheduling of cdk8s-plus, add
 * something to their construct each time.
 */
export class RenderAhead {
  private readonly produced = new Map<Lazy, any>();
  private rendering = false;

  /** The manifest of an object, as cdk8s is going to write it. */
  public render(object: ApiObject): any {
    this.rendering = true;
    try {
      return object.toJson();
    } finally {
      this.rendering = false;
    }
  }

  public get isRendering(): boolean {
    return this.rendering;
  }

  /** Whether placeholders have to come by here. */
  public get isActive(): boolean {
    return this.rendering || this.produced.size > 0;
  }

  /** The value of a placeholder: the one of the rendering before, if there was one and nobody has taken it. */
  public produce(lazy: Lazy): any {
    const value = this.produced.has(lazy) ? this.produced.get(lazy) : lazy.produce();
    if (this.rendering) this.produced.set(lazy, value);
    else this.produced.delete(lazy);
    return value;
  }

  public clear(): void {
    this.produced.clear();
  }
}
