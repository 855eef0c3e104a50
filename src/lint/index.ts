// jsii takes named re-exports of a namespace for types that are not exported.
export * from './finding';
export * from './profile-linter';
export * from './targets';
