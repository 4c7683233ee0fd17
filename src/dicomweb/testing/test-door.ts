// A door on a port of its own before an archive in memory, and a client that sends what it is told, byte by byte.

import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { type FastifyServerFactory, fastify } from 'fastify';
import type { Log } from '../../base/log.ts';
import { type DicomwebOptions, registerDicomweb } from '../door.ts';
import { MemoryArchive } from './memory-archive.ts';

export interface TestDoor {
  archive: MemoryArchive;
  /** `http://127.0.0.1:1234/dicomweb` */
  root: string;
  /** Every line that was logged, as text. */
  logged: string[];
  get(path: string, headers?: Record<string, string>, method?: string): Promise<Response>;
  /** `path` from below the root. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Posts parts as multipart/related of application/dicom. */
  stow(parts: readonly (object | string)[], path?: string, headers?: Record<string, string>): Promise<Response>;
  /** Sends bytes as they are and reads until the connection closes. */
  raw(request: string): Promise<string>;
  /** A connection for HTTP/1.1. */
  connect(): Socket;
}

/** How the doors of a test file and their clients reach each other. */
export interface Transport {
  serverFactory?: FastifyServerFactory;
  /** `address`: `127.0.0.1:1234`. */
  clientOf(address: string): TransportClient;
}

export interface TransportClient {
  origin: string;
  fetch(url: string, init?: RequestInit): Promise<Response>;
  connect(): Socket;
  close(): void;
}

const plain: Transport = {
  clientOf: (address) => ({
    origin: `http://${address}`,
    fetch,
    connect: () => connect(Number(address.split(':')[1]), '127.0.0.1'),
    close: () => {},
  }),
};

let transport = plain;

/** Whether clients and doors are connected by TCP alone. */
export const travelsPlain = (): boolean => transport === plain;

/** Doors that are opened from now on are reached by another one. */
export function travelBy(other: Transport): void {
  transport = other;
}

export async function testDoor(t: TestContext, options: Partial<DicomwebOptions> = {}): Promise<TestDoor> {
  const archive = new MemoryArchive();
  const logged: string[] = [];
  const line = (fields: object, event: string): void => {
    logged.push(JSON.stringify({ ...fields, event }));
  };
  const log: Log = { debug: line, info: line, warn: line, error: line };
  const { serverFactory, clientOf } = transport;
  const app = fastify({ forceCloseConnections: true, ...(serverFactory && { serverFactory }) });
  registerDicomweb(app, { handlers: archive, log, ...options });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const client = clientOf(new URL(address).host);
  t.after(async () => {
    client.close();
    app.server.closeAllConnections();
    await app.close();
  });
  const root = `${client.origin}/dicomweb`;
  return {
    archive,
    root,
    logged,
    fetch: (path, init) => client.fetch(root + path, init),
    get: (path, headers = {}, method = 'GET') => client.fetch(root + path, { method, headers }),
    stow: (parts, path = '/studies', headers = {}) =>
      client.fetch(root + path, {
        method: 'POST',
        body: stowBody(parts),
        headers: { 'Content-Type': 'multipart/related; type="application/dicom"; boundary=B', ...headers },
      }),
    raw: async (request) => {
      const socket = client.connect();
      socket.write(request, 'latin1');
      return text(socket);
    },
    connect: client.connect,
  };
}

/** How much more memory than now bytes take, at most, of all times `look` was called. */
export function memoryPeak(): { look(): void; bytes(): number } {
  const before = process.memoryUsage().arrayBuffers;
  let most = before;
  return {
    look() {
      most = Math.max(most, process.memoryUsage().arrayBuffers);
    },
    bytes: () => most - before,
  };
}

/** A body with boundary B; objects become JSON. */
export function stowBody(parts: readonly (object | string)[], partType = 'application/dicom'): string {
  const contents = parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part)));
  return `${contents.map((content) => `--B\r\nContent-Type: ${partType}\r\n\r\n${content}\r\n`).join('')}--B--\r\n`;
}
