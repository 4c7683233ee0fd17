// What a crash left behind, put right before anything new is kept. A row may be committed before its file has its final
// name, never the other way round; so every instance that came after the last mark is looked for, and
//   - a whole file under its temporary name is given its final one;
//   - a row whose file is torn or nowhere was never acknowledged, and is taken back;
//   - a temporary file without a row was never acknowledged either, and goes.

import { readdir, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../base/log.ts';
import type { Database } from './database.ts';
import type { KeepMark } from './keep-mark.ts';
import { isAsKept, type KeptFile, SELECT_KEPT_FILES } from './objects/kept-file.ts';
import { markedBuckets, temporaryName, unmark } from './objects/object-buckets.ts';
import type { ObjectFolder } from './objects/object-folder.ts';

export const limits = {
  /** Instances looked at in one go. */
  pageInstances: 1000,
} as const;

export interface Recovered {
  /** Instances looked at. */
  checked: number;
  /** Files that got their final name. */
  adopted: number;
  /** Rows without a whole file. */
  takenBack: number;
  /** Temporary files without a row. */
  dropped: number;
}

/** Call before the node keeps anything. */
export async function recover(database: Database, store: ObjectFolder, mark: KeepMark, log: Log): Promise<Recovered> {
  const recovered: Recovered = { checked: 0, adopted: 0, takenBack: 0, dropped: 0 };
  const buckets = await markedBuckets(store.markers);
  const left = await temporaryFiles(store.root, buckets);
  const lost: string[] = [];
  const check = async (row: KeptFile): Promise<void> => {
    recovered.checked += 1;
    const name = temporaryName(row.object);
    if (!left.delete(name)) {
      if (!(await isThere(store, row))) lost.push(row.id);
    } else if (await isAsKept(store, row)) {
      await store.adopt(row.object);
      recovered.adopted += 1;
    } else {
      await unlink(path.join(store.root, name));
      lost.push(row.id);
    }
  };
  let after = String(await mark.read());
  for (;;) {
    const page = await database.query<KeptFile>(`${SELECT_KEPT_FILES} and id > $1 order by id limit $2`, [
      after,
      limits.pageInstances,
    ]);
    for (const row of page) await check(row);
    if (page.length < limits.pageInstances) break;
    after = page.at(-1)!.id;
  }
  // A keep that was in doubt may have its row below the mark. No index leads there; few crashes leave such files.
  const objects = [...left].map((name) => name.replace(/\.part$/, '.dcm'));
  if (objects.length > 0) {
    for (const row of await database.query<KeptFile>(`${SELECT_KEPT_FILES} and object = any($1)`, [objects]))
      await check(row);
  }
  if (lost.length > 0) await database.query('select take_back($1)', [lost]);
  recovered.takenBack = lost.length;
  for (const name of left) await unlink(path.join(store.root, name));
  recovered.dropped = left.size;
  for (const bucket of buckets.filter((name) => !store.isCurrent(name))) await unmark(store.markers, bucket);
  if (recovered.adopted + recovered.takenBack + recovered.dropped > 0) {
    const { checked, adopted, takenBack, dropped } = recovered;
    const outcome = `${adopted} files finished, ${takenBack} rows taken back, ${dropped} temporary files dropped`;
    log.warn({ instances: checked, outcome }, 'recovered after a crash');
  }
  return recovered;
}

/** What lies under temporary names in these buckets. */
async function temporaryFiles(root: string, buckets: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const bucket of buckets) {
    for (const name of await readdir(path.join(root, bucket)).catch(() => [])) {
      if (name.endsWith('.part')) found.add(`${bucket}/${name}`);
    }
  }
  return found;
}

/** Under its final name, or on its way in another node that shares the folder. */
async function isThere(store: ObjectFolder, { object, size_bytes }: KeptFile): Promise<boolean> {
  const whole = async () => (await store.size(object)) === Number(size_bytes);
  const onItsWay = () => stat(path.join(store.root, temporaryName(object))).catch(() => undefined);
  // Between two looks it may get its final name.
  return (await whole()) || (await onItsWay()) !== undefined || (await whole());
}
