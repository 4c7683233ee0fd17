// The embedded server's own log: opened for it, kept short, and quoted where the server does not start.

import { open, readFile, stat, writeFile } from 'node:fs/promises';
import { limits } from './limits.ts';

export interface ServerLog {
  /** For the server's standard output and error, which keep it when we close it. */
  descriptor: number;
  close(): Promise<void>;
  /** What was written since `openServerLog`: its last lines. */
  lastLines(): Promise<string>;
}

export async function openServerLog(file: string): Promise<ServerLog> {
  const before = await shorten(file);
  const handle = await open(file, 'a', 0o600);
  return {
    descriptor: handle.fd,
    close: () => handle.close(),
    async lastLines() {
      const lines = (await readFile(file)).subarray(before).toString('utf8').trimEnd().split('\n');
      // "The database system is starting up" answers our own early attempts to connect.
      const telling = lines.filter((line) => !line.includes('FATAL:  the database system is '));
      return telling.slice(-limits.quotedLogLines).join('\n');
    },
  };
}

/** Cuts the log to its last half once it is too long; resolves to its length. */
async function shorten(file: string): Promise<number> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size <= limits.logBytes) return size;
  const kept = (await readFile(file)).subarray(-limits.logBytes / 2);
  await writeFile(file, kept, { mode: 0o600 });
  return kept.length;
}
