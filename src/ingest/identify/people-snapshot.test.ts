import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { image, insertImages } from '../../../test/support/catalogue-rows.ts';
import { testDatabase } from '../../../test/support/database.ts';
import { emptyFolder } from '../../../test/support/folder.ts';
import { DEFAULT_TENANT } from '../../auth/principal.ts';
import { type Log, silentLog } from '../../base/log.ts';
import { priorModel } from '../../identity/model.ts';
import { tryModels } from '../../identity/trial.ts';
import { openAuthorities } from '../../storage/authorities.ts';
import type { Database } from '../../storage/database.ts';
import { type IdentityEntry, IdentityLog } from '../../storage/identity-log.ts';
import { keepModel } from '../../storage/identity-models.ts';
import { SnapshotFolder } from '../../storage/identity-snapshot.ts';
import { People } from './people.ts';

/** A node's people on a catalogue, and why they did not start from what was put away. */
async function open(t: TestContext, database: Database, objects: string, code = '1') {
  const refused: unknown[] = [];
  const log = { info: (bindings: { reason?: string }) => refused.push(bindings.reason), warn() {} } as unknown as Log;
  const authorities = await openAuthorities(database);
  const identityLog = new IdentityLog(database);
  const snapshots = { folder: new SnapshotFolder(objects), code };
  const people = await People.open({ database, log, identityLog, authorities, snapshots });
  const close = async (): Promise<void> => {
    await people.close();
    await identityLog.close();
    authorities.close();
  };
  t.after(close);
  return { people, authorities, refused, close };
}

const names = ['QUIMBLEY^HERMIONE', 'ABERNATHY^ROSALIND', 'OKONKWO^CHIDI', 'LINDQVIST^MAJA'];
const sighting = (cause: string, more: object): IdentityEntry => ({
  tenant: DEFAULT_TENANT,
  kind: 'sighting',
  cause,
  payload: { site: 'NORTH', issuer: 'NORTH', sex: 'F', timestamp: '2026-01-01T00:00:00Z', medium: 'hl7', ...more },
});
const everybody = names.flatMap((name, at) =>
  ['NORTH', 'SOUTH'].map((issuer) =>
    sighting(`${name} ${issuer}`, { issuer, name, patientId: `${at + 1}`, birthDate: `196${at}0307` }),
  ),
);
const merge = (cause: string, ...of: string[]): IdentityEntry => ({
  tenant: DEFAULT_TENANT,
  kind: 'assertion',
  cause,
  payload: {
    type: 'same',
    of: of.map((id) => ({ issuer: 'NORTH', id })),
    authoritative: true,
    timestamp: '2026-02-01T00:00:00Z',
  },
});
const numbers = ['NORTH', 'SOUTH'].flatMap((issuer) => names.map((_, at) => ({ issuer, id: `${at + 1}` })));
const personsOf = (people: People) => numbers.map((each) => people.of(DEFAULT_TENANT).personOf(each));

test('who starts from what another node put away knows the same persons, and what was logged since', async (t) => {
  const database = await testDatabase(t);
  const objects = emptyFolder((cleanUp) => t.after(cleanUp));
  const first = await open(t, database, objects);
  await first.people.append(everybody);
  const [undone] = await first.people.append([merge('a40', '1', '2')]);
  await insertImages(database, [image({ PatientID: '3', IssuerOfPatientID: 'NORTH', PatientName: names[2]! })]);
  await first.people.append([
    { tenant: DEFAULT_TENANT, kind: 'removal', cause: 'gone', payload: { registration: numbers[3]! } },
  ]);
  await first.people.follow();
  assert.equal(await first.people.save(), true);
  await first.people.append([merge('later', '3', '4')]);
  await first.people.append([
    { tenant: DEFAULT_TENANT, kind: 'retraction', cause: 'undo', payload: { entry: undone } },
  ]);
  const second = await open(t, database, objects);
  assert.deepEqual(second.refused, []);
  assert.deepEqual(personsOf(second.people), personsOf(first.people));
  const [study] = await database.query<{ id: string }>('select id from study');
  const [here, there] = [first, second].map(({ people }) => people.of(DEFAULT_TENANT));
  assert.equal(there!.personOfStudy(study!.id), here!.personOf(numbers[2]!));
  assert.equal(there!.isRemoved(numbers[3]!), true);
  assert.deepEqual(there!.reviews(), here!.reviews());
  const person = there!.personOf(numbers[0]!)!;
  assert.deepEqual(there!.person(person), here!.person(person));
});

const refusals: [string, (around: { objects: string; database: Database }) => Promise<string | undefined>][] = [
  [
    'other authorities',
    async ({ database }) => {
      const authorities = await openAuthorities(database);
      await authorities.put(DEFAULT_TENANT, { name: 'NORTH', universalId: '1.2.3', sources: [] });
      authorities.close();
      return undefined;
    },
  ],
  ['other code', async () => '2'],
  [
    'it is damaged',
    async ({ objects }) => {
      const file = path.join(objects, 'identity/persons');
      const bytes = await readFile(file);
      const at = bytes.lastIndexOf('postedNodes') + 60;
      bytes[at] = bytes[at]! ^ 1;
      await writeFile(file, bytes);
      return undefined;
    },
  ],
  [
    'the snapshot is cut off',
    async ({ objects }) => {
      const file = path.join(objects, 'identity/persons');
      await writeFile(file, (await readFile(file)).subarray(0, 3000));
      return undefined;
    },
  ],
  [
    'another log',
    async ({ database }) => {
      // Restored from a backup, and gone on otherwise.
      await database.query(
        `update identity_event set cause = 'of another day' where id = (select max(id) from identity_event)`,
      );
      return undefined;
    },
  ],
];
for (const [reason, happens] of refusals) {
  test(`what was put away is not used, and the log is read: ${reason}`, async (t) => {
    const database = await testDatabase(t);
    const objects = emptyFolder((cleanUp) => t.after(cleanUp));
    const first = await open(t, database, objects);
    await first.people.append(everybody);
    await first.people.follow();
    await first.people.save();
    const before = personsOf(first.people);
    await first.close();
    const code = await happens({ objects, database });
    const second = await open(t, database, objects, code);
    assert.deepEqual(second.refused, [reason]);
    assert.deepEqual(personsOf(second.people), before);
  });
}

test('a node that stops while it takes everybody in does not finish that first', async (t) => {
  const database = await testDatabase(t);
  const { people, authorities } = await open(
    t,
    database,
    emptyFolder((cleanUp) => t.after(cleanUp)),
  );
  await people.append(everybody);
  const identityLog = new IdentityLog(database);
  const signal = AbortSignal.abort(new Error('stops'));
  await assert.rejects(People.open({ database, log: silentLog, identityLog, authorities, signal }), /stops/);
});

test('a study that was taken back is nobody’s after the next start, nor is it put away', async (t) => {
  const database = await testDatabase(t);
  const objects = emptyFolder((cleanUp) => t.after(cleanUp));
  const first = await open(t, database, objects);
  await first.people.append(everybody);
  await insertImages(database, [image({ PatientID: '77', PatientName: 'ROE^RUTH' })]);
  await first.people.follow();
  const [study] = await database.query<{ id: string }>('select id from study');
  await first.people.save();
  await database.query('select take_back(array_agg(id)) from instance');
  assert.notEqual(first.people.of(DEFAULT_TENANT).personOfStudy(study!.id), undefined);
  const second = await open(t, database, objects);
  assert.deepEqual(second.refused, ['another log']);
  assert.equal(second.people.of(DEFAULT_TENANT).personOfStudy(study!.id), undefined);
  assert.equal(await first.people.save(), false);
  assert.equal(first.people.of(DEFAULT_TENANT).personOfStudy(study!.id), undefined);
  assert.equal(await first.people.save(), true);
});

test('what was put away by one model is not used by another; by the same it is', async (t) => {
  const database = await testDatabase(t);
  const objects = emptyFolder((cleanUp) => t.after(cleanUp));
  const first = await open(t, database, objects);
  await first.people.append(everybody);
  await first.people.follow();
  const before = personsOf(first.people);
  await first.people.save();
  const model = { ...priorModel, thresholds: { ...priorModel.thresholds, join: 60 } };
  const basis = { beside: 0, upTo: '1', sightings: everybody.length, decisions: 0 };
  const trial = tryModels({ sightings: [], statements: [], ofSightings: 0 }, { inForce: model, candidate: model }, []);
  const { version } = await keepModel(database, DEFAULT_TENANT, { model, basis, trial, objections: [] });
  const payload = { version, pinned: true };
  await first.people.append([{ tenant: DEFAULT_TENANT, kind: 'model', cause: 'model:1', payload }]);
  await first.people.follow();
  const after = personsOf(first.people);
  assert.notDeepEqual(after, before);
  for (const refused of [['another model'], []]) {
    const later = await open(t, database, objects);
    assert.deepEqual(later.refused, refused);
    assert.deepEqual(personsOf(later.people), after);
    await later.people.save();
  }
});
