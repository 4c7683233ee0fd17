// `npm test [-- PART-OF-A-PATH …]`: types, style, map, unit, scenario and interoperability tests, added up in the last line.
// Exit code 1 when anything failed.

import { spawn } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { map } from './architecture/map.ts';
import { addUp, type Counts, printCounts } from './support/counts.ts';
import { scratchFolder } from './support/scratch.ts';

const root = join(import.meta.dirname, '..');
const tool = (name: string) => join(root, 'node_modules/.bin', name);

const limits = {
  /** A test that takes longer has hung. */
  testMs: 240_000,
};

interface Ring {
  name: string;
  files: string[];
  /** How node runs them. */
  command: string[];
}

const wanted = process.argv.slice(2);
const started = performance.now();
const results: Counts[] = [];
if (wanted.length === 0) {
  results.push(await check('types', tool('tsc'), ['--noEmit']));
  results.push(await check('browser types', tool('tsc'), ['--noEmit', '-p', 'tsconfig.browser.json']));
  results.push(await check('pages', process.execPath, ['test/support/bundle-pages.ts']));
  results.push(await check('style', tool('biome'), ['check', '--max-diagnostics=20']));
}
// Side by side, so that no core waits for the last file. Scenarios start nodes, and have a process each; what is tested in
// the rooms shares one, with one database server and every module loaded once: a third of the processor time.
results.push(...(await Promise.all(rings().map(runRing))));
const sum = addUp(results);
console.log(`\nin ${seconds(started)}`);
console.log(printCounts(sum));
process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1;

function rings(): Ring[] {
  const tests = globSync(['src/**/*.test.ts', 'test/**/*.test.ts', 'bench/**/*.test.ts'], { cwd: root })
    .filter((path) => wanted.length === 0 || wanted.some((part) => path.includes(part)))
    .sort();
  // The longest room first: `fhir/rest` is a door in a pure folder.
  const rooms = Object.keys(map).sort((a, b) => b.length - a.length);
  const roomOf = (path: string) => rooms.find((room) => path.startsWith(`src/${room}/`));
  const isPure = (path: string) => path.startsWith('test/architecture/') || map[roomOf(path) ?? '']?.pure === true;
  const below = (folder: string) => tests.filter((path) => path.startsWith(folder));
  const size = (path: string) => statSync(join(root, path)).size;
  // The larger the file the longer it takes, nearly always: the longest last would leave the machine idle.
  const ofNodes = [...below('test/scenarios/'), ...below('test/interop/')].sort((a, b) => size(b) - size(a));
  const oneProcess = [
    '--test',
    '--test-isolation=none',
    `--test-timeout=${limits.testMs}`,
    '--test-reporter=./test/support/reporter.ts',
  ];
  return [
    { name: 'unit', files: tests.filter(isPure), command: oneProcess },
    { name: 'rooms', files: tests.filter((path) => !isPure(path) && !ofNodes.includes(path)), command: oneProcess },
    { name: 'scenarios, interop', files: ofNodes, command: ['test/support/run-ring.ts', String(limits.testMs)] },
  ].filter(({ files }) => files.length > 0);
}

async function runRing({ name, files, command }: Ring): Promise<Counts> {
  const start = performance.now();
  console.log(`${name}: ${files.length} files`);
  const child = spawn(process.execPath, [...command, ...files], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: testEnvironment(),
  });
  let counts: Counts | undefined;
  child.on('message', (message) => {
    counts = message as Counts;
  });
  const [code] = await ended(child);
  // A ring that ended without saying its counts crashed; one that says it is fine and exits otherwise failed outside a test.
  counts ??= { passed: 0, failed: 1, skipped: 0 };
  if (code !== 0 && counts.failed === 0) counts = { ...counts, failed: 1 };
  console.log(`${name}: ${printCounts(counts)} in ${seconds(start)}`);
  return counts;
}

async function check(name: string, command: string, args: string[]): Promise<Counts> {
  const start = performance.now();
  const [code] = await ended(spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }));
  console.log(`${name}: ${code === 0 ? 'passed' : 'failed'} in ${seconds(start)}`);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

function ended(child: ReturnType<typeof spawn>): Promise<[number | null]> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve([code]));
  });
}

/** The settings of whoever runs the tests must not reach the nodes under test. */
function testEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('FASCIA_') || name === 'FASCIA_SHARED');
  return {
    UV_THREADPOOL_SIZE: '16',
    // Without it DCMTK's tools wait for delayed acknowledgements.
    TCP_NODELAY: '1',
    TMPDIR: scratchFolder(),
    // A node that lives for seconds need not keep its heap small: without the full collections that this takes, a start
    // costs a sixth less processor time.
    NODE_HEAP: '--max-semi-space-size=4 --min-semi-space-size=4 --initial-heap-size=96',
    // Seventy processes load the same modules: they are stripped and compiled once, as ./fascia does.
    NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/fascia'),
    ...Object.fromEntries(kept),
  };
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
