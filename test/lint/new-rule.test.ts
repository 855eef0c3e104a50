import { skeleton } from '../../scripts/new-rule';

test('begins a rule with a file and two fixtures of its name', () => {
  expect(Object.keys(skeleton('trace-without-tracer'))).toStrictEqual([
    'src/lint/rules/trace-without-tracer.ts', 'test/lint/fixtures/trace-without-tracer/fires.json', 'test/lint/fixtures/trace-without-tracer/silent.json',
  ]);
});

test.each(['', 'Trace', 'trace', 'trace_tracer', 'trace--tracer', '../a-b'])('refuses the id "%s"', id => {
  expect(() => skeleton(id)).toThrow(new Error(`the id is "${id}", expected lower case words with hyphens between them, such as trace-without-tracer`));
});
