// The data folder of a node: only one node works in it at a time, which leaves its process id there and a socket by which
// the command line of the same account reaches it.

import { mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';

/** A second node was started on the same data folder. */
export class FolderInUse extends Error {
  override name = 'FolderInUse';
}

export interface DataFolder {
  /** Who answers on control.sock; before it is set, callers wait. */
  serve(listener: RequestListener): void;
  release(): Promise<void>;
}

const limits = {
  /** sun_path of Linux holds 108 bytes with the closing zero. */
  socketPathBytes: 107,
  connections: 64,
};

/** Rejects with FolderInUse when a node works in `folder` already. */
export async function claimDataFolder(folder: string): Promise<DataFolder> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const socket = controlSocket(folder);
  if (await answers(socket)) throw new FolderInUse(`another node runs on ${folder}; stop it first`);
  rmSync(join(folder, 'control.sock'), { force: true });
  const early: Parameters<RequestListener>[] = [];
  const server = createServer((request, response) => void early.push([request, response]));
  server.maxConnections = limits.connections;
  await listenPrivately(server, socket);
  const pidFile = join(folder, 'fascia.pid');
  writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 });
  return {
    serve(listener) {
      server.removeAllListeners('request').on('request', listener);
      for (const [request, response] of early.splice(0)) listener(request, response);
    },
    async release() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      rmSync(pidFile, { force: true });
    },
  };
}

/** The path by which `$FASCIA_DATA/control.sock` is bound or connected to; a long one is reached through an open folder. */
export function controlSocket(folder: string): string {
  const path = join(folder, 'control.sock');
  if (Buffer.byteLength(path) <= limits.socketPathBytes || process.platform !== 'linux') return path;
  return `/proc/self/fd/${openSync(folder, 'r')}/control.sock`;
}

/** Whether a process listens there. */
export function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

async function listenPrivately(server: Server, path: string): Promise<void> {
  const listening = new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('listening', resolve);
  });
  // bind() happens within listen(), so no other account can connect between the two.
  const umask = process.umask(0o177);
  try {
    server.listen(path);
  } finally {
    process.umask(umask);
  }
  await listening;
}
