// Nothing is lost and nothing is twice, whatever happens to the sender, its receivers and the links between them: each round
// brings three studies while two faults strike at moments that the seed chooses. In the end the ledger has a row for each
// object and destination, and the receivers hold what the rows say, byte for byte. Two rounds;
// `npm run campaign -- delivery 100` for as many as you like.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readDicom } from '../../src/dicom/reader.ts';
import { Random } from '../../src/identity/testing/random.ts';
import { faults } from '../support/campaign/delivery-faults.ts';
import { DeliverySite, type Description, sentTo } from '../support/campaign/delivery-site.ts';
import { isPassing, isTaken } from '../support/campaign/faulty-archive.ts';
import { campaignRounds, campaignSeed } from '../support/campaign/rounds.ts';
import { call, type LedgerRow } from '../support/delivery.ts';
import { getJson, retrieve } from '../support/dicomweb.ts';
import { emptyFolder } from '../support/folder.ts';
import { type MadeInstance, makeStudy } from '../support/instances.ts';
import { ownMounts } from '../support/own-namespace.ts';
import { find } from '../support/peer.ts';
import { assertSameInstances, type Given, instanceIn } from '../support/same-instances.ts';
import { smallDisk } from '../support/small-disk.ts';

const hasNoDisk = await ownMounts(import.meta.filename);
const limits = { diskBytes: 600 * 2 ** 20, instances: 8, momentPieces: 150 };
const names = Object.keys(faults).filter((name) => hasNoDisk === false || !name.includes('disk'));

describe(`deliveries under fire, seed ${campaignSeed}`, () => {
  const closing = new AsyncDisposableStack();
  after(() => closing.disposeAsync());
  const own = emptyFolder((cleanUp) => closing.defer(cleanUp));
  const disk = hasNoDisk === false ? smallDisk(closing, limits.diskBytes) : undefined;
  const all: MadeInstance[] = [];
  let site: DeliverySite;
  let isBroken = false;

  before(async () => {
    site = await DeliverySite.open(closing, own, disk ?? { folder: emptyFolder((cleanUp) => closing.defer(cleanUp)) });
  });

  for (let round = 1; round <= campaignRounds(2); round++) {
    const random = new Random(campaignSeed * 1000 + round);
    // Each in its turn, and any other beside it.
    const struck = [names[(round - 1) % names.length]!, random.pick(names)];
    test(`round ${round}: ${struck.join(', then ')}`, async (t) => {
      // What one round left undone would be told of the next.
      if (isBroken) return t.skip('an earlier round failed');
      isBroken = true;
      const studies = (Object.keys(sentTo) as Description[]).map((description) =>
        makeStudy(1, 1 + random.below(limits.instances), { attributes: { StudyDescription: description } }),
      );
      all.push(...studies.flat());
      const acquired = Promise.all(
        studies.map((study) => site.acquire(study, random.chance(0.5) ? 'dimse' : 'stow-rs')),
      );
      const quiet = acquired.then(() => settledRows(site, studies));
      for (const name of struck) {
        await Promise.race([site.moment(1 + random.below(limits.momentPieces)), quiet]);
        await faults[name]!({ site, random, disk });
      }
      await acquired;
      await site.areReady();
      const rows = await replayed(site, await settledRows(site, studies), studies);
      await assertHeld(site, rows, studies);
      // Between an answer and the row that says so nobody can tell: only then may an object go twice.
      if (!struck.some((name) => name.startsWith('the sender is killed'))) assertTakenOnce(site, studies);
      isBroken = false;
    });
  }

  test('after all rounds the archive has nothing else', async () => {
    const held = await getJson(site.receiver.url, '/instances?limit=5000');
    assert.equal(held.length, all.length);
    const said = [...site.faulty.said.values()].flat();
    if (campaignRounds(2) >= 100) assert.ok(new Set(said).size > 30, 'every status was answered');
  });
});

/** The rows of a round, as soon as nothing waits and every receiver that is asked was asked. */
function settledRows(site: DeliverySite, studies: readonly MadeInstance[][]): Promise<LedgerRow[]> {
  const expected = studies.flatMap(rowsExpected).length;
  return site.rowsOnce(
    studies.map(([first]) => first!.studyInstanceUid),
    (rows) =>
      rows.length === expected &&
      rows.every(({ state, destination }) => state !== 'queued' && (state !== 'accepted' || destination === 'DISK')),
  );
}

const rowsExpected = (study: readonly MadeInstance[]): string[] =>
  study.flatMap(({ sopInstanceUid }) => destinationsOf(study).map((name) => `${sopInstanceUid} ${name}`));

const destinationsOf = ([first]: readonly MadeInstance[]) =>
  sentTo[first!.dataset.text('StudyDescription') as Description];

/** What was refused is told with the status, is not there, and is taken once somebody sends it again. */
async function replayed(
  site: DeliverySite,
  rows: readonly LedgerRow[],
  studies: readonly MadeInstance[][],
): Promise<LedgerRow[]> {
  const failed = rows.filter(({ state }) => state === 'failed');
  if (failed.length === 0) return [...rows];
  for (const { destination, sopInstanceUid, status, problem } of failed) {
    const said = site.faulty.said.get(sopInstanceUid) ?? [];
    assert.deepEqual([destination, problem, status], ['FAULTY', 'delivery/refused', said.at(-1)]);
    assert.ok(!isTaken(status!) && !isPassing(status!), `${status} is for good`);
    assert.ok(!site.faulty.instances.has(sopInstanceUid));
  }
  const answer = await call(site.sender, 'POST', '/deliveries/replay', { destination: 'FAULTY' });
  assert.deepEqual(await answer.json(), { queued: failed.length });
  return replayed(site, await settledRows(site, studies), studies);
}

async function assertHeld(
  site: DeliverySite,
  rows: readonly LedgerRow[],
  studies: readonly MadeInstance[][],
): Promise<void> {
  const told = rows.map(({ sopInstanceUid, destination }) => `${sopInstanceUid} ${destination}`);
  assert.deepEqual(told.sort(), studies.flatMap(rowsExpected).sort(), 'a row for each object and destination, once');
  for (const study of studies) {
    for (const name of destinationsOf(study)) {
      const mine = rows.filter(
        ({ destination, studyInstanceUid: uid }) => destination === name && uid === uidOf(study),
      );
      if (name === 'RESEARCH') await assertRemapped(site, mine, study);
      else assertSameInstances(await heldBy[name](site, uidOf(study)), study);
    }
  }
}

/** What was forgotten was taken once more for each time. */
function assertTakenOnce({ faulty }: DeliverySite, studies: readonly MadeInstance[][]): void {
  const uids = studies.filter((study) => (destinationsOf(study) as readonly string[]).includes('FAULTY')).flat();
  for (const { sopInstanceUid: uid } of uids) {
    const taken = faulty.said.get(uid)!.filter(isTaken).length;
    assert.equal(taken, 1 + (faulty.lost.get(uid) ?? 0), `${uid} was taken as often as it had to be`);
  }
}

const heldBy: Record<'ARCHIVE' | 'CLOUD' | 'DISK' | 'FAULTY', (site: DeliverySite, study: string) => Promise<Given[]>> =
  {
    async ARCHIVE({ receiver }, study) {
      const keys = { StudyInstanceUID: study, NumberOfStudyRelatedInstances: null };
      const found = await find(receiver.dicomPort, 'STUDY', keys, { calledAeTitle: 'ARCHIVE' });
      const files = await retrieve(receiver.url, `/studies/${study}`);
      assert.deepEqual(
        found.map((one) => one.text('NumberOfStudyRelatedInstances')),
        [String(files.length)],
      );
      return files.map(instanceIn);
    },
    async CLOUD({ receiver }, study) {
      const files = await retrieve(receiver.url, `/studies/${study}`);
      assert.equal((await getJson(receiver.url, `/studies/${study}/instances`)).length, files.length);
      return files.map(instanceIn);
    },
    async DISK({ folder }, study) {
      const names = await readdir(join(folder, study), { recursive: true });
      const files = names.filter((name) => /\.(dcm|part)$/.test(name));
      return Promise.all(
        files.map(async (name) => instanceIn(new Uint8Array(await readFile(join(folder, study, name))))),
      );
    },
    async FAULTY({ faulty }, study) {
      return [...faulty.instances.values()]
        .filter(({ dataset }) => dataset.text('StudyInstanceUID') === study)
        .map(({ sopInstanceUid, bytes }) => ({ sopInstanceUid, bytes: new Uint8Array(bytes) }));
    },
  };

/** Under the UIDs that the ledger has: the same pixels under the same number. */
async function assertRemapped({ receiver }: DeliverySite, rows: readonly LedgerRow[], study: readonly MadeInstance[]) {
  const [there] = new Set(rows.map(({ sentAs }) => sentAs![0]));
  const held = new Map((await retrieve(receiver.url, `/studies/${there}`)).map((file) => [uidIn(file), file]));
  assert.equal(held.size, study.length);
  for (const { sopInstanceUid, sentAs } of rows) {
    const original = study.find((one) => one.sopInstanceUid === sopInstanceUid)!;
    assert.deepEqual(imageIn(held.get(sentAs![2])!), imageIn(original.file));
    assert.notEqual(sentAs![2], sopInstanceUid);
  }
}

const uidOf = ([first]: readonly MadeInstance[]): string => first!.studyInstanceUid;
const uidIn = (file: Uint8Array): string => readDicom(file).dataset.text('SOPInstanceUID')!;

function imageIn(file: Uint8Array) {
  const { dataset } = readDicom(file);
  return [
    dataset.text('InstanceNumber'),
    dataset.text('PatientID'),
    Buffer.from(dataset.bytes('PixelData') ?? []).toString('hex'),
  ];
}
