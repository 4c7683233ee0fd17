// Runs those of the shared black-box checks that .ci/checks.txt names against a node started for them. They drive it with
// clients of other people. A check that fails, or that finds no door to test, fails; the last line adds up.

import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { printCounts } from './support/counts.ts';
import { startNodeProcess } from './support/node-process.ts';

const root = join(import.meta.dirname, '..');
const checks = resolve(root, process.env.FASCIA_SHARED ?? '../shared', 'checks');

const limits = {
  checkMs: 240_000,
};

/** AE titles and ports at which the checks listen for us. */
const checkPeers = { SINK: 23104, STGCMTSCU: 23105 };

const names = process.argv.length > 2 ? process.argv.slice(2) : namesOf(join(root, '.ci/checks.txt'));
const counts = { passed: 0, failed: 0, skipped: 0 };
const cleanUps: (() => Promise<void>)[] = [];
const work = mkdtempSync(join(tmpdir(), 'fascia-checks-'));
try {
  execFileSync(join(checks, 'setup.sh'), [work], { stdio: ['ignore', 'ignore', 'inherit'] });
  const node = await startNodeProcess((cleanUp) => cleanUps.push(cleanUp), {
    environment: { FASCIA_PEERS: 'ANY', FASCIA_AUTH: 'off' },
  });
  for (const [aeTitle, port] of Object.entries(checkPeers)) {
    execFileSync(join(root, 'fascia'), ['peer', 'add', aeTitle, `127.0.0.1:${port}`], {
      env: { ...process.env, FASCIA_DATA: node.data },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  for (const name of names) {
    const line = runCheck(name, ['127.0.0.1', String(node.dicomPort), 'FASCIA', `${node.url}/dicomweb`, '-', '-']);
    counts[line.startsWith('PASS') ? 'passed' : 'failed']++;
    console.log(line);
  }
} finally {
  for (const cleanUp of cleanUps) await cleanUp();
  rmSync(work, { recursive: true, force: true });
}
console.log(printCounts(counts));
process.exitCode = counts.failed === 0 ? 0 : 1;

/** The result line of a check; the last of what it wrote to stderr where it gave none. */
function runCheck(name: string, args: string[]): string {
  const file = globSync(`${name}*`, { cwd: checks }).find((path) => /\.(sh|py|mjs)$/.test(path));
  if (file === undefined) return `FAIL ${name}: no such check`;
  const path = join(checks, file);
  const [command, ...before] = file.endsWith('.mjs') ? [process.execPath, path] : [path];
  const result = spawnSync(command!, [...before, ...args], {
    cwd: checks,
    encoding: 'utf8',
    timeout: limits.checkMs,
    env: {
      ...process.env,
      STRICT: '1',
      TCP_NODELAY: '1',
      CK_NPM: join(work, 'x.js'),
      NODE24: process.execPath,
      // Python must not leave compiled files beside checks that are not ours.
      PYTHONDONTWRITEBYTECODE: '1',
    },
  });
  const line = result.stdout.split('\n').findLast((text) => /^(PASS|FAIL|SKIP)/.test(text));
  if (line === undefined)
    return `FAIL ${name}: no result (${result.signal ?? result.status}) ${result.stderr.slice(-300)}`;
  return result.status === 0 ? line : line.replace(/^PASS/, 'FAIL');
}

function namesOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '');
}
