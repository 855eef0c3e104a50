import { writeFileSync } from 'fs';
import { join } from 'path';
import { SCRIPT } from './installer/installer';
import { killInstallers } from './installer/kill-loop';
import { TestNode } from './runtimes/test-node';

const KILLS = 100;

/** In two pieces, so that the moment in between is long enough to be met on any machine. */
const NAIVE_SCRIPT = `
source=$SOURCE_DIR/documents/large.json/amd64.json
head -c 65536 "$source" >"$TARGET_DIR/large.json"
tail -c +65537 "$source" >>"$TARGET_DIR/large.json"
`;

let node: TestNode;

beforeAll(async () => {
  node = await TestNode.start();
});

afterAll(async () => node.stop());

test('never shows a torn file, however often the installer is killed', async () => {
  const report = await killInstallers(node, SCRIPT, KILLS);
  expect(report).toMatchObject({ kills: KILLS, torn: 0, remaining: ['.cdk8s-seccomp/test/record', 'large.json'] });
  // Otherwise the kills came too early or too late to prove anything.
  expect(report.unfinished).toBeGreaterThan(0);
});

test('finds torn files of an installer that copies straight to the final name', async () => {
  const script = join(node.makeDirectory('naive'), 'install.sh');
  writeFileSync(script, NAIVE_SCRIPT);
  const report = await killInstallers(node, script, KILLS);
  expect(report.torn).toBeGreaterThan(0);
});
