// Runs those of the shared black-box checks that .ci/checks.txt names against a node started for them. They drive it with
// clients of other people. A check that fails, or that finds no door to test, fails; the last line adds up.

import { execFileSync, spawn } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { makeCertificate } from './support/certificate.ts';
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
  const tlsFolder = makeTlsFolder();
  const node = await startNodeProcess((cleanUp) => cleanUps.push(cleanUp), {
    environment: {
      FASCIA_PEERS: 'ANY',
      FASCIA_AUTH: 'off',
      FASCIA_DICOM_TLS: join(tlsFolder, 'node.pem'),
      FASCIA_DICOM_CLIENT_CA: join(tlsFolder, 'ca.crt'),
      FASCIA_DICOM_TLS_LISTENER: '127.0.0.1:0',
    },
  });
  for (const [aeTitle, port] of Object.entries(checkPeers)) {
    execFileSync(join(root, 'fascia'), ['peer', 'add', aeTitle, `127.0.0.1:${port}`], {
      env: { ...process.env, FASCIA_DATA: node.data },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  const tls = { TLS_PORT: String(node.dicomTlsPort), TLS_DIR: tlsFolder };
  for (const name of names) {
    const line = await runCheck(name, tls, [
      '127.0.0.1',
      String(node.dicomPort),
      'FASCIA',
      `${node.url}/dicomweb`,
      `${node.url}/fhir/R4`,
      String(node.mllpPort),
    ]);
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
async function runCheck(name: string, more: Record<string, string>, args: string[]): Promise<string> {
  const file = globSync(`${name}*`, { cwd: checks }).find((path) => /\.(sh|py|mjs)$/.test(path));
  if (file === undefined) return `FAIL ${name}: no such check`;
  const path = join(checks, file);
  const [command, ...before] = file.endsWith('.mjs') ? [process.execPath, path] : [path];
  const child = spawn(command!, [...before, ...args], {
    cwd: checks,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that what it started ends with it.
    detached: true,
    env: {
      ...process.env,
      ...more,
      STRICT: '1',
      TCP_NODELAY: '1',
      WADO_URI: `${args[3]}/wado`,
      CK_NPM: join(work, 'x.js'),
      NODE24: process.execPath,
      // Python must not leave compiled files beside checks that are not ours.
      PYTHONDONTWRITEBYTECODE: '1',
    },
  });
  const late = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), limits.checkMs);
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  clearTimeout(late);
  const line = output.split('\n').findLast((each) => /^(PASS|FAIL|SKIP)/.test(each));
  if (line === undefined) return `FAIL ${name}: no result (${code ?? 'too late'}) ${errors.slice(-300)}`;
  return code === 0 ? line : line.replace(/^PASS/, 'FAIL');
}

/** A node and a client that prove themselves by one certificate, which is its own authority. */
function makeTlsFolder(): string {
  const { key, cert } = makeCertificate((cleanUp) => cleanUps.push(async () => cleanUp()));
  const folder = join(work, 'tls');
  mkdirSync(folder);
  const files = { 'ca.crt': cert, 'client.crt': cert, 'client.key': key, 'node.pem': key + cert };
  for (const [name, pem] of Object.entries(files)) writeFileSync(join(folder, name), pem);
  return folder;
}

function namesOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '');
}
