import { ApiObject, App, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';

/** Takes part in what cdk8s renders: each is called in the place of a method, which it calls itself. */
export interface RenderingWatcher {
  /** Everything of an app is rendered. */
  app<T>(app: IConstruct, render: () => T): T;
  /** Everything of a chart is rendered; also as a part of its app. */
  chart<T>(chart: Chart, render: () => T): T;
  /** An object is rendered. */
  object<T>(object: ApiObject, render: () => T): T;
}

type Wrap<S, T> = (self: S, call: () => T) => T;

const WATCHED = new WeakSet<object>();

/**
 * Watches the methods by which cdk8s renders. They are replaced on the classes: from Python, Java and Go methods of classes are called, whatever
 * an object has.
 */
export function watchRendering(watcher: RenderingWatcher): void {
  const app: Wrap<App, unknown> = (self, call) => watcher.app(self, call);
  replace(App.prototype, 'synth', app);
  replace(App.prototype, 'synthYaml', app);
  replace<Chart, unknown>(Chart.prototype, 'toJson', (self, call) => watcher.chart(self, call));
  replace(ApiObject.prototype, 'toJson', outermost(watcher));
}

/** Classes such as those of imports have a `toJson` of their own, which changes what cdk8s has rendered. */
export function watchObjectsOf(scope: IConstruct, watcher: RenderingWatcher): void {
  for (const object of scope.node.findAll()) {
    if (!ApiObject.isApiObject(object) || WATCHED.has(object.toJson)) continue;
    replace(ownerOf(object), 'toJson', outermost(watcher));
  }
}

/** Of a method and the one that it overrides only the outer one is watched. */
function outermost(watcher: RenderingWatcher): Wrap<ApiObject, unknown> {
  return (self, call) => {
    if (RENDERED.has(self)) return call();
    return watcher.object(self, () => {
      RENDERED.add(self);
      try {
        return call();
      } finally {
        RENDERED.delete(self);
      }
    });
  };
}

/** What is being rendered. */
const RENDERED = new Set<ApiObject>();

/** Where an object has its `toJson` from: itself, or the nearest of its classes. */
function ownerOf(object: ApiObject): ApiObject {
  let owner = object;
  while (!Object.prototype.hasOwnProperty.call(owner, 'toJson')) owner = Object.getPrototypeOf(owner) as ApiObject;
  return owner;
}

function replace<S extends object, T>(owner: S, name: keyof S & string, wrap: Wrap<S, T>): void {
  const original = owner[name] as unknown as (this: S) => T;
  // What another language overrides cannot be replaced; it calls the method of cdk8s, which is watched.
  if (WATCHED.has(original) || Object.getOwnPropertyDescriptor(owner, name)?.configurable === false) return;
  const watched = function (this: S): T {
    return wrap(this, () => original.call(this));
  };
  WATCHED.add(watched);
  Object.defineProperty(owner, name, { value: watched, configurable: true, writable: true, enumerable: false });
}
