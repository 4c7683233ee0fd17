// A thread that does the slow half of storing: writes, syncs, renames, with calls that block it and nobody else. To wake
// another thread costs more processor time than most of these calls, so an object of ordinary size is one message here and
// one back.
// What it is asked and answers is in disk-messages.ts.

import { createHash, type Hash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { DirectFile } from './direct-file.ts';
import type { Creation, DiskAnswer, DiskOrder, DiskThreadData } from './disk-messages.ts';

const { slabs, slabBytes } = workerData as DiskThreadData;
const files = new Map<number, OpenFile>();
const port = parentPort!;

interface OpenFile {
  file: DirectFile;
  folder: string;
  hash: Hash;
}

port.on('message', (order: DiskOrder) => {
  try {
    obey(order);
  } catch (thrown) {
    const { code = 'UNKNOWN', message } = thrown as NodeJS.ErrnoException;
    answer({ id: order.id, failed: code, message });
  }
});

function obey(order: DiskOrder): void {
  if ('slab' in order) write(order);
  else if ('publish' in order) publish(order.id, order.publish);
  else forget(order.id, order.forget);
}

function answer(message: DiskAnswer): void {
  port.postMessage(message);
}

function write({ id, slab, length, create, last }: Extract<DiskOrder, { slab: number }>): void {
  let synced = false;
  try {
    const open = create === undefined ? files.get(id) : begin(id, create, length);
    if (open === undefined) return; // it could not be created, and that has been answered
    const bytes = new Uint8Array(slabs, slab * slabBytes, length);
    open.hash.update(create === undefined ? bytes : bytes.subarray(create.headerBytes));
    if (last) answer({ id, sha256: open.hash.digest() });
    open.file.append(bytes);
    if (last) sync(id, open);
    synced = last;
  } finally {
    answer({ id, free: slab, synced });
  }
}

function begin(id: number, create: Creation, firstBytes: number): OpenFile {
  const file = new DirectFile(create.path, firstBytes);
  const open = { file, folder: path.dirname(create.path), hash: createHash('sha256').update(create.hashPrefix) };
  files.set(id, open);
  return open;
}

/** The file and its name. On journalling file systems the first sync has done most of the second. */
function sync(id: number, { file, folder }: OpenFile): void {
  file.sync();
  files.delete(id);
  syncFolder(folder);
}

/** Renames them all, then one fsync for each folder. */
function publish(id: number, moves: readonly { from: string; to: string }[]): void {
  for (const { from, to } of moves) renameSync(from, to);
  for (const folder of new Set(moves.map(({ to }) => path.dirname(to)))) syncFolder(folder);
  answer({ id, published: true });
}

/** The object is given up: its file is closed, and goes unless it is to be left for recovery. */
function forget(id: number, { remove }: { remove?: string }): void {
  const open = files.get(id);
  files.delete(id);
  try {
    open?.file.close();
    if (remove !== undefined) unlinkSync(remove);
  } catch {
    // It was never created; or recovery finds it again.
  }
  answer({ id, forgotten: true });
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
