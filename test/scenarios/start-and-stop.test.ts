// A node as its users start and stop it: `./fascia start`, the table, the files it leaves, signals.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { layCluster } from '../support/cluster-template.ts';
import { sharedNode, startNodeProcess } from '../support/node-process.ts';

const fascia = join(import.meta.dirname, '../../fascia');
const usual = sharedNode();

/** Exit code and output of a command that ends by itself. */
async function run(args: string[], environment: Record<string, string> = {}) {
  const options = { env: { ...process.env, ...environment }, encoding: 'utf8' as const };
  try {
    return { code: 0, ...(await promisify(execFile)(fascia, args, options)) };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}

function emptyFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'fascia-start-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** That of the first node, which the next take as it is. */
let folder: string | undefined;
after(() => folder !== undefined && rmSync(folder, { recursive: true, force: true }));

test('a node says where it listens, is ready, and stops on SIGTERM with nothing left behind', async (t) => {
  folder = mkdtempSync(join(tmpdir(), 'fascia-start-'));
  const node = await startNodeProcess((cleanUp) => t.after(cleanUp), { data: folder, isNew: true });
  assert.match(node.output(), /^DIMSE\s+FASCIA at 127\.0\.0\.1:\d+$/m);
  assert.match(node.output(), /^sign in\s+http:\/\/\S+\/sign-in\?token=\S+/m);
  assert.match(node.output(), /^ready in \d+\.\d s$/m);
  const answer = await fetch(`${node.url}/readyz`);
  assert.equal(answer.status, 200, await answer.text());
  assert.equal(statSync(join(node.data, 'control.sock')).mode & 0o777, 0o600);
  const start = performance.now();
  node.process.kill('SIGTERM');
  node.process.kill('SIGTERM');
  assert.equal(await node.ended, 0);
  assert.ok(performance.now() - start < 10_000, 'stopped within 10 s');
  for (const left of ['control.sock', 'fascia.pid', 'postgres/cluster/postmaster.pid']) {
    assert.equal(existsSync(join(node.data, left)), false, left);
  }
});

test('an existing data folder is taken as it is; npm start passes SIGTERM on; peers are added with a node and without one', async (t) => {
  const data = folder!;
  const made = () => statSync(join(data, 'postgres/cluster/PG_VERSION')).mtimeMs;
  const first = made();
  // How soon it is ready is for bench b7 to say, on a quiet machine: 2 s is the goal.
  const node = await startNodeProcess((cleanUp) => t.after(cleanUp), {
    data,
    command: ['npm', 'start', '--', '--aet', 'BY_NPM'],
  });
  assert.equal(made(), first, 'its database is not made again');
  assert.match(node.output(), /^DIMSE\s+BY_NPM at /m);
  const environment = { FASCIA_DATA: data };
  assert.equal((await run(['peer', 'add', 'CT1', '192.0.2.7:104'], environment)).code, 0);
  node.process.kill('SIGTERM');
  await node.ended;
  assert.equal(existsSync(join(data, 'fascia.pid')), false, 'nothing goes on behind its back');
  assert.equal((await run(['peer', 'add', 'MR2', '[2001:db8::2]:104'], environment)).code, 0);
  assert.equal((await run(['peer', 'list'], environment)).stdout, 'CT1  192.0.2.7:104\nMR2  [2001:db8::2]:104\n');
  assert.equal((await run(['peer', 'remove', 'CT1'], environment)).code, 0);
  assert.equal((await run(['peer', 'remove', 'CT1'], environment)).code, 1);
});

test('a second node on the same data folder is refused; the first goes on', async () => {
  const node = await usual();
  const second = await run(['start'], {
    FASCIA_DATA: node.data,
    FASCIA_HTTP: '127.0.0.1:0',
    FASCIA_DICOM: '127.0.0.1:0',
    FASCIA_MLLP: '127.0.0.1:0',
  });
  assert.equal(second.code, 1);
  assert.match(second.stderr, /another node runs on/);
  assert.equal((await fetch(`${node.url}/readyz`)).status, 200);
});

test('open doors on an address that others can reach are refused with the reason', async (t) => {
  const environment = {
    FASCIA_DATA: emptyFolder(t),
    FASCIA_HTTP: '0.0.0.0:0',
    FASCIA_DICOM: '127.0.0.1:0',
    FASCIA_MLLP: '127.0.0.1:0',
    FASCIA_AUTH: 'off',
  };
  const { code, stderr } = await run(['start'], environment);
  assert.equal(code, 2);
  assert.match(stderr, /FASCIA_AUTH=off .*FASCIA_HTTP=0\.0\.0\.0:0 is not on loopback/);
});

test('bad usage is exit code 2 with the word that was probably meant, a failure is exit code 1', async (t) => {
  const environment = { FASCIA_DATA: join(emptyFolder(t), 'absent') };
  for (const [args, code, said] of [
    [['strat'], 2, /did you mean start\?/],
    [['start', '--dicmo', '1'], 2, /did you mean --dicom\?/],
    [['peer'], 2, /needs one of: add, list, remove/],
    [['dump'], 2, /usage: fascia dump FILE/],
    [['peer', 'list'], 1, /no data folder/],
    [['dump', '/nonexistent.dcm'], 1, /cannot be read \(ENOENT\)/],
  ] as const) {
    const result = await run([...args], environment);
    assert.equal(result.code, code, args.join(' '));
    assert.match(result.stderr, said);
    assert.equal(result.stdout, '');
  }
  const help = await run(['--help']);
  assert.equal(help.code, 0);
  assert.match(help.stdout, /peer add AET HOST:PORT/);
});

test('a key of fascia.yaml that is nearly right stops the start and says which was meant', async (t) => {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, 'fascia.yaml'), 'dicm: 0.0.0.0:104\n');
  const child = spawn(fascia, ['start'], { cwd: folder, env: { ...process.env, FASCIA_DATA: folder } });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  assert.equal(code, 2);
  assert.match(said, /unknown key dicm; did you mean dicom\?/);
});

test('the sign-in link is good for one session', async () => {
  const node = await usual();
  const link = /sign in\s+(\S+)/.exec(node.output())![1]!;
  const first = await fetch(link, { redirect: 'manual' });
  assert.equal(first.status, 303);
  const cookie = first.headers.get('set-cookie')!;
  assert.match(cookie, /HttpOnly/);
  assert.equal((await fetch(link, { redirect: 'manual' })).status, 401);
  const session = cookie.split(';')[0]!;
  assert.equal((await fetch(`${node.url}/api/v1/peers`, { headers: { cookie: session } })).status, 200);
  assert.equal((await fetch(`${node.url}/api/v1/peers`)).status, 401);
});

test('a node that is stopped while it starts leaves no database behind', async (t) => {
  const data = emptyFolder(t);
  await layCluster(data);
  const environment = {
    ...process.env,
    FASCIA_DATA: data,
    FASCIA_HTTP: '127.0.0.1:0',
    FASCIA_DICOM: '127.0.0.1:0',
    FASCIA_MLLP: '127.0.0.1:0',
  };
  const child = spawn(fascia, ['start'], { env: environment });
  const ended = new Promise((resolve) => child.on('close', resolve));
  // The first line of the log: the database has just come up.
  await once(child.stderr, 'data');
  child.kill('SIGTERM');
  assert.equal(await ended, 0);
  assert.equal(existsSync(join(data, 'postgres/cluster/postmaster.pid')), false);
});

test('a request that never ends does not keep a node from stopping within ten seconds', async (t) => {
  const node = await startNodeProcess((cleanUp) => t.after(cleanUp), {
    environment: { FASCIA_PEERS: 'ANY', FASCIA_AUTH: 'off' },
  });
  const { port } = new URL(node.url);
  const socket = connect(Number(port), '127.0.0.1');
  const head = 'POST /dicomweb/studies HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n';
  socket.write(`${head}Content-Type: multipart/related; type="application/dicom"; boundary=b\r\n\r\n`);
  // 100 Continue: the request is being received.
  await once(socket, 'data');
  socket.on('error', () => {});
  const start = performance.now();
  node.process.kill('SIGTERM');
  assert.equal(await node.ended, 0);
  assert.ok(performance.now() - start < 10_000);
  socket.destroy();
});
