// A door on a port of its own before an archive in memory, and a client that sends what it is told, byte by byte.

import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { fastify } from 'fastify';
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
  /** Posts parts as multipart/related of application/dicom. */
  stow(parts: readonly (object | string)[], path?: string, headers?: Record<string, string>): Promise<Response>;
  /** Sends bytes as they are and reads until the connection closes. */
  raw(request: string): Promise<string>;
}

export async function testDoor(t: TestContext, options: Partial<DicomwebOptions> = {}): Promise<TestDoor> {
  const archive = new MemoryArchive();
  const logged: string[] = [];
  const line = (fields: object, event: string): void => {
    logged.push(JSON.stringify({ ...fields, event }));
  };
  const log: Log = { debug: line, info: line, warn: line, error: line };
  const app = fastify({ forceCloseConnections: true });
  registerDicomweb(app, { handlers: archive, log, ...options });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  t.after(() => app.close());
  const root = `${address}/dicomweb`;
  return {
    archive,
    root,
    logged,
    get: (path, headers = {}, method = 'GET') => fetch(root + path, { method, headers }),
    stow: (parts, path = '/studies', headers = {}) =>
      fetch(root + path, {
        method: 'POST',
        body: stowBody(parts),
        headers: { 'Content-Type': 'multipart/related; type="application/dicom"; boundary=B', ...headers },
      }),
    raw: async (request) => {
      const socket = connect(Number(new URL(address).port), '127.0.0.1');
      socket.write(request, 'latin1');
      return text(socket);
    },
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
