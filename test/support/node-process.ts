// A whole node as its users start it: `./fascia start` in a process of its own, on ports of its own, with a data folder
// that goes when the test ends.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { PeerTls } from '../../src/base/tls.ts';
import { layCluster } from './cluster-template.ts';
import { shared } from './shared.ts';

const root = join(import.meta.dirname, '../..');

export interface NodeProcess {
  data: string;
  dicomPort: number;
  /** NaN where it does not listen for TLS beside the plain listener. */
  dicomTlsPort: number;
  mllpPort: number;
  /** `http://127.0.0.1:PORT` */
  url: string;
  process: ChildProcess;
  /** All that the node has written to stdout and stderr so far. */
  output(): string;
  /** Resolves to the exit code, once the process has ended and its output is complete. */
  ended: Promise<number | null>;
  stop(): Promise<number | null>;
}

/** Anybody may come in: who may is what other scenarios are about. */
export const openDoors = { FASCIA_AUTH: 'off', FASCIA_PEERS: 'ANY' };

export interface NodeOptions {
  /** A data folder for several starts, kept when the test ends. */
  data?: string;
  /** That it makes all it needs by itself is what the test is about. */
  isNew?: boolean;
  environment?: Record<string, string>;
  /** What starts it, from the repository's root; `./fascia start` unless given. */
  command?: readonly string[];
}

/** A node for all tests of a file, which tell their patients and studies apart. */
export const sharedNode = (options: NodeOptions = {}): (() => Promise<NodeProcess>) =>
  shared((later) => startNodeProcess(later, options));

/** Starts a node and waits for its `ready` line. `later` is told what to clean up. */
export async function startNodeProcess(
  later: (cleanUp: () => Promise<void>) => void,
  options: NodeOptions = {},
): Promise<NodeProcess> {
  const data = options.data ?? (await mkdtemp(join(tmpdir(), 'fascia-node-')));
  if (options.isNew !== true && !existsSync(join(data, 'postgres'))) await layCluster(data);
  const [program, ...args] = options.command ?? [join(root, 'fascia'), 'start'];
  const child = spawn(program!, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      FASCIA_DATA: data,
      FASCIA_HTTP: '127.0.0.1:0',
      FASCIA_DICOM: '127.0.0.1:0',
      FASCIA_MLLP: '127.0.0.1:0',
      FASCIA_FETCH_VIEWER: 'off',
      ...options.environment,
    },
  });
  let written = '';
  child.stderr.on('data', (chunk) => {
    written += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  later(async () => {
    await stop();
    if (options.data === undefined) await rm(data, { recursive: true, force: true });
  });
  const ports = await new Promise<ReturnType<typeof readTable>>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      written += `${line}\n`;
      if (line.startsWith('ready in ')) resolve(readTable(written));
    });
    ended.then((code) => reject(new Error(`the node ended with ${code} before it was ready:\n${written}`)));
  });
  return { data, ...ports, process: child, output: () => written, ended, stop };
}

/** Tells a node with open doors where a peer on this machine listens. */
export async function addPeer(
  { url }: Pick<NodeProcess, 'url'>,
  aeTitle: string,
  port: number,
  more: { tls?: true | PeerTls } = {},
): Promise<void> {
  const answer = await fetch(`${url}/api/v1/peers/${aeTitle}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ aeTitle, host: '127.0.0.1', port, ...more }),
  });
  if (!answer.ok) throw new Error(`the peer was not added: ${answer.status} ${await answer.text()}`);
}

/** The table that `fascia start` prints. */
function readTable(text: string): Pick<NodeProcess, 'dicomPort' | 'dicomTlsPort' | 'mllpPort' | 'url'> {
  const url = /(https?:\/\/127\.0\.0\.1:\d+)\/dicomweb/.exec(text)?.[1];
  const dicomPort = /^DIMSE \s.*:(\d+)/m.exec(text)?.[1];
  const mllpPort = /^HL7 v2\s.*:(\d+)/m.exec(text)?.[1];
  if (url === undefined || dicomPort === undefined || mllpPort === undefined)
    throw new Error(`no addresses in:\n${text}`);
  const dicomTlsPort = Number(/^DIMSE by TLS\s.*:(\d+)/m.exec(text)?.[1]);
  return { url, dicomPort: Number(dicomPort), dicomTlsPort, mllpPort: Number(mllpPort) };
}
