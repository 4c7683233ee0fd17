// What `/metadata` of a series of 500 CT slices costs, on the function itself: the first time after a start, again from
// memory, and as gzip; and what it costs to serve other demographics than were received.
//
//   node bench/metadata.ts [instances]

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { silentLog } from '../src/base/log.ts';
import { createReceive } from '../src/ingest/ingest.ts';
import { Keeper } from '../src/storage/catalogue-keep.ts';
import { openDatabase } from '../src/storage/database.ts';
import { openObjectFolder } from '../src/storage/objects/object-folder.ts';
import { MetadataReader } from '../src/storage/series-metadata.ts';
import type { ServedDemographics } from '../src/storage/served-demographics.ts';
import { ctSlice } from '../test/support/ct-slice.ts';

const instances = Number(process.argv[2] ?? 500);
const folder = await mkdtemp(path.join(tmpdir(), 'fascia-bench-'));
const database = await openDatabase({ dataDir: folder, log: silentLog });
const store = await openObjectFolder({ folder: path.join(folder, 'objects') });
const keeper = new Keeper(database);
const receive = createReceive({ database, store, keeper, log: silentLog });
const studyUid = '2.25.1';
for (let instance = 1; instance <= instances; instance++) {
  const receiving = receive({ door: 'stow-rs', tenant: 1, source: 'CT1', principal: 'token:1' });
  await receiving.write(ctSlice({ studyUid, instance, rows: 8, columns: 8 }).file);
  await receiving.finish();
}
const scope = { studyInstanceUid: studyUid, seriesInstanceUid: `${studyUid}.1` };

async function time(what: string, work: () => Promise<{ length: number }>): Promise<void> {
  const start = performance.now();
  const { length } = await work();
  console.log(`${what}: ${(performance.now() - start).toFixed(1)} ms, ${Math.round(length / 1024)} KiB`);
}
const base = 'http://localhost/dicomweb';
/** Demographics of one person, at hand: what they cost to serve, and not what it costs to know them. */
const values = { PatientName: 'Quimbley^Hermione', PatientID: 'P0000000000000001', IssuerOfPatientID: 'FASCIA' };
const note = { modifyingSystem: 'FASCIA', at: new Date(), sourceOfPreviousValues: 'CT1' };
const served: ServedDemographics = async (_tenant, studyIds) =>
  new Map(studyIds.map((study) => [study, { personId: values.PatientID, studyIds, values, note }]));

for (const round of [1, 2, 3]) {
  // A reader of its own remembers nothing, as after a start.
  const reader = new MetadataReader(database);
  await time(`round ${round}, cold`, async () => (await reader.read(1, scope, base)).body());
  await time(`round ${round}, warm`, async () => (await reader.read(1, scope, base)).body());
  await time(`round ${round}, gzip`, async () => (await reader.read(1, scope, base)).gzip());
  const reconciled = new MetadataReader(database, { served });
  await time(`round ${round}, reconciled, cold`, async () => (await reconciled.read(1, scope, base)).body());
  await time(`round ${round}, reconciled, gzip`, async () => (await reconciled.read(1, scope, base)).gzip());
}
await keeper.close();
await store.close();
await database.close();
await rm(folder, { recursive: true });
