import { readFileSync } from 'fs';
import { join, resolve } from 'path';
import { Assembly, ClassType, Docs } from '@jsii/spec';
import * as ts from 'typescript';

/** Code that a reader may copy, and where it stands. */
export interface Snippet {
  readonly at: string;
  /** Line of its first line there. */
  readonly line: number;
  readonly code: string;
}

export function snippetsOf(file: string, markdown: string): Snippet[] {
  return [...markdown.matchAll(/^( *)```(?:ts|typescript)\b.*\n([^]*?)^ *```$/gm)].map(({ index, 1: indent, 2: code }) => ({
    at: file,
    line: markdown.slice(0, index).split('\n').length + 1,
    code: code.replace(new RegExp(`^${indent}`, 'gm'), ''),
  }));
}

/** The examples in doc comments. */
export function examplesOf(assembly: Assembly): Snippet[] {
  const documented = Object.values(assembly.types ?? {}).flatMap(type => {
    const { properties = [], methods = [], initializer } = type as ClassType;
    return [type, ...properties, ...methods, ...initializer ? [initializer] : []].map((part: { docs?: Docs; name?: string }) => ({ at: `${type.name}.${part.name ?? 'new'}`, docs: part.docs }));
  });
  return documented.filter(({ docs }) => docs?.example).map(({ at, docs }) => ({ at, line: 1, code: docs!.example! }));
}

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noImplicitReturns: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  types: ['node'],
  paths: { 'cdk8s-seccomp': [resolve('src/index.ts')] },
};

/** What the compiler has against these snippets. One without imports is a fragment, and compiled inside the fixture. */
export function compileErrors(snippets: readonly Snippet[], fixture = readFileSync('rosetta/fragment.ts-fixture', 'utf8')): string[] {
  const opening = fixture.slice(0, fixture.indexOf('/// here'));
  const sources = new Map(snippets.map((snippet, at) => {
    const isFragment = !/^import /m.test(snippet.code);
    // Each is a module of its own.
    const text = isFragment ? fixture.replace('/// here', () => snippet.code) : `${snippet.code}\nexport {};\n`;
    return [join(resolve('.'), `snippet-${at}.ts`), { snippet, text, offset: isFragment ? opening.split('\n').length - 1 : 0 }];
  }));
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, getSourceFile, readFile } = host;
  host.fileExists = name => sources.has(name) || fileExists(name);
  host.readFile = name => sources.get(name)?.text ?? readFile(name);
  host.getSourceFile = (name, version, ...rest) => {
    const own = sources.get(name);
    return own ? ts.createSourceFile(name, own.text, version) : getSourceFile(name, version, ...rest);
  };
  const program = ts.createProgram([...sources.keys()], OPTIONS, host);
  return [...sources].flatMap(([name, { snippet, offset }]) => {
    const file = program.getSourceFile(name)!;
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(({ start, messageText }) => {
      const line = file.getLineAndCharacterOfPosition(start!).line - offset + snippet.line;
      return `${snippet.at}:${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  });
}
