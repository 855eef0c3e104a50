import { ApiObject, App, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';

/** Functions that run in place of the methods with which cdk8s renders; each calls its method itself. */
export interface RenderingWatcher {
  /** Runs when an app is rendered. */
  app<T>(app: IConstruct, render: () => T): T;
  /** Runs when a chart is rendered, alone or as a part of its app. */
  chart<T>(chart: Chart, render: () => T): T;
  /** Runs when an object is rendered. */
  object<T>(object: ApiObject, render: () => T): T;
}

type Wrap<S, T> = (self: S, call: () => T) => T;

const WATCHED = new WeakSet<object>();

/**
 * Watches the methods with which cdk8s renders. They are replaced on the classes, because Python, Java and Go call the methods of classes and ignore those
 * of an object.
 */
export function watchRendering(watcher: RenderingWatcher): void {
  const app: Wrap<App, unknown> = (self, call) => watcher.app(self, call);
  replace(App.prototype, 'synth', app);
  replace(App.prototype, 'synthYaml', app);
  replace<Chart, unknown>(Chart.prototype, 'toJson', (self, call) => watcher.chart(self, call));
  replace(ApiObject.prototype, 'toJson', outermost(watcher));
}

/** Watches objects whose class overrides `toJson` and changes what cdk8s has rendered, as imported classes do. */
export function watchObjectsOf(scope: IConstruct, watcher: RenderingWatcher): void {
  for (const object of scope.node.findAll()) {
    if (!ApiObject.isApiObject(object) || WATCHED.has(object.toJson)) continue;
    replace(ownerOf(object), 'toJson', outermost(watcher));
  }
}

/** Watches only the outer call, where a method calls the one that it overrides. */
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

/** Objects that are being rendered. */
const RENDERED = new Set<ApiObject>();

/** Returns the owner of an object's `toJson`: the object itself, or the nearest of its classes. */
function ownerOf(object: ApiObject): ApiObject {
  let owner = object;
  while (!Object.prototype.hasOwnProperty.call(owner, 'toJson')) owner = Object.getPrototypeOf(owner) as ApiObject;
  return owner;
}

function replace<S extends object, T>(owner: S, name: keyof S & string, wrap: Wrap<S, T>): void {
  const original = owner[name] as unknown as (this: S) => T;
  // An override in another language cannot be replaced; it calls the method of cdk8s, which is watched.
  if (WATCHED.has(original) || Object.getOwnPropertyDescriptor(owner, name)?.configurable === false) return;
  const watched = function (this: S): T {
    return wrap(this, () => original.call(this));
  };
  WATCHED.add(watched);
  Object.defineProperty(owner, name, { value: watched, configurable: true, writable: true, enumerable: false });
}
