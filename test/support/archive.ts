// A catalogue, an object store and the spine over them, for tests of what is kept.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { silentLog } from '../../src/base/log.ts';
import type { Arrival, Kept, Receive } from '../../src/ingest/arrival.ts';
import { createReceive, type Spine } from '../../src/ingest/ingest.ts';
import { Keeper } from '../../src/storage/catalogue-keep.ts';
import type { Database } from '../../src/storage/database.ts';
import { type ObjectFolder, openObjectFolder } from '../../src/storage/objects/object-folder.ts';
import type { CtSlice } from './ct-slice.ts';
import { testDatabase } from './database.ts';

export interface TestArchive {
  /** What is closed before the database is. */
  closing: AsyncDisposableStack;
  folder: string;
  database: Database;
  store: ObjectFolder;
  keeper: Keeper;
  receive: Receive;
  /** As C-STORE brings it: the bare data set, announced by its UIDs. */
  cStore(slice: CtSlice, arrival?: Partial<Arrival>): Promise<Kept>;
  /** As STOW-RS brings it: a Part 10 file. */
  stow(file: Uint8Array, arrival?: Partial<Arrival>): Promise<Kept>;
  /** Paths, below the store's folder, of everything that is not a marker. */
  files(): string[];
  bytesOf(object: string): Promise<Buffer>;
}

/** `beside`: a second node over the catalogue and folder of another archive. */
export async function testArchive(
  test: TestContext,
  options: Partial<Spine> & { beside?: TestArchive } = {},
): Promise<TestArchive> {
  const { beside } = options;
  const closing = beside?.closing ?? new AsyncDisposableStack();
  // Before the database's own: what is registered first runs first, and the keeper holds a connection.
  if (beside === undefined) test.after(() => closing.disposeAsync());
  const database = beside?.database ?? (await testDatabase(test));
  const folder = beside?.folder ?? mkdtempSync(path.join(tmpdir(), 'fascia-archive-'));
  if (beside === undefined) closing.defer(() => rmSync(folder, { recursive: true, force: true }));
  const store = (options.store as ObjectFolder | undefined) ?? (await openObjectFolder({ folder }));
  if (options.store === undefined) closing.defer(() => store.close());
  const keeper = new Keeper(database);
  closing.defer(() => keeper.close());
  const receive = createReceive({ ...options, database, store, keeper, log: silentLog });
  const usual: Arrival = { door: 'dimse', tenant: 1, source: 'CT1', principal: 'peer:CT1' };
  return {
    closing,
    folder,
    database,
    store,
    keeper,
    receive,
    // With its final name, which it gets soon after it is kept.
    cStore: ({ dataset, transferSyntaxUid, sopClassUid, sopInstanceUid }, arrival) =>
      send(receive, dataset, {
        ...usual,
        transferSyntaxUid,
        expected: { sopClassUid, sopInstanceUid },
        ...arrival,
      }).finally(() => store.settle?.()),
    stow: (file, arrival) =>
      send(receive, file, { ...usual, door: 'stow-rs', ...arrival }).finally(() => store.settle?.()),
    files: () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.parentPath.includes('incoming'))
        .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
        .sort(),
    bytesOf: async (object) => Buffer.concat(await Array.fromAsync(store.open(object))),
  };
}

/** Sends bytes in chunks of a socket's size. */
export async function send(receive: Receive, bytes: Uint8Array, arrival: Arrival, chunkBytes = 16_384): Promise<Kept> {
  const receiving = receive(arrival);
  for (let at = 0; at < bytes.length; at += chunkBytes) await receiving.write(bytes.subarray(at, at + chunkBytes));
  return receiving.finish();
}
