// A process that keeps slices as fast as it can until it is killed, and says on its standard output which of them were
// acknowledged. Run with the data folder as argument.

import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import path from 'node:path';
import { silentLog } from '../../src/base/log.ts';
import { createReceive } from '../../src/ingest/ingest.ts';
import { Keeper } from '../../src/storage/catalogue-keep.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { openObjectFolder } from '../../src/storage/objects/object-folder.ts';
import { recover } from '../../src/storage/recovery.ts';
import { send } from './archive.ts';
import { ctSlice } from './ct-slice.ts';

const dataDir = process.argv[2]!;
const database = await openDatabase({ dataDir, log: silentLog });
const store = await openObjectFolder({ folder: path.join(dataDir, 'objects') });
const keeper = new Keeper(database);
await recover(database, store, keeper.mark, silentLog);
const receive = createReceive({ database, store, keeper, log: silentLog });

/** The ids of a study: a number that no other process had. */
const studyUid = `2.25.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`;
await Promise.all(
  [1, 2, 3, 4].map(async (series) => {
    for (let instance = 1; ; instance++) {
      const { file, sopInstanceUid } = ctSlice({ studyUid, series, instance, rows: 64, columns: 64 });
      await send(receive, file, { door: 'stow-rs', tenant: 1, source: 'X', principal: 'X' });
      // Not console.log: what is in a buffer when the process is killed was never said.
      writeSync(1, `${sopInstanceUid}\n`);
    }
  }),
);
