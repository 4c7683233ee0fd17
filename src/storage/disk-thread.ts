// A thread that does the slow half of storing: hashes, writes, syncs, renames, with calls that block it and nobody else.
// One message per slab instead of one hop through the thread pool per call: a third of the processor time, half the wait.
// What it is asked and answers is in disk-messages.ts.

import { createHash, type Hash } from 'node:crypto';
import { closeSync, fdatasyncSync, fsyncSync, openSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { DiskAnswer, DiskOrder, DiskThreadData, NewFile } from './disk-messages.ts';

const { slabs, slabBytes } = workerData as DiskThreadData;
const files = new Map<number, OpenFile>();
const port = parentPort!;

interface OpenFile {
  descriptor: number;
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
  let written: Uint8Array | undefined;
  try {
    if (create !== undefined) open(id, create);
    const file = files.get(id);
    if (file === undefined) return; // it could not be created, and that has been answered
    const bytes = new Uint8Array(slabs, slab * slabBytes, length);
    file.hash.update(bytes);
    writeAll(file.descriptor, bytes);
    if (last) written = file.hash.digest();
  } finally {
    answer({ id, free: slab, written });
  }
  if (last) sync(id);
}

function open(id: number, { path: name, header, prefix }: NewFile): void {
  const descriptor = openSync(name, 'wx', 0o640);
  files.set(id, { descriptor, hash: createHash('sha256').update(prefix) });
  writeAll(descriptor, header);
}

function sync(id: number): void {
  const { descriptor } = files.get(id)!;
  fdatasyncSync(descriptor);
  closeSync(descriptor);
  files.delete(id);
  answer({ id, synced: true });
}

/** Renames them all, then one fsync for each folder. */
function publish(id: number, moves: readonly { from: string; to: string }[]): void {
  for (const { from, to } of moves) renameSync(from, to);
  for (const folder of new Set(moves.map(({ to }) => path.dirname(to)))) syncFolder(folder);
  answer({ id, published: true });
}

/** The object is given up: its file is closed, and goes unless it is to be left for recovery. */
function forget(id: number, { remove }: { remove?: string }): void {
  const file = files.get(id);
  files.delete(id);
  try {
    if (file !== undefined) closeSync(file.descriptor);
    if (remove !== undefined) unlinkSync(remove);
  } catch {
    // It was never created; or recovery finds it again.
  }
  answer({ id, forgotten: true });
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
