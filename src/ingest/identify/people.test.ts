import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { image, insertImages } from '../../../test/support/catalogue-rows.ts';
import { testDatabase } from '../../../test/support/database.ts';
import { DEFAULT_TENANT } from '../../auth/principal.ts';
import { silentLog } from '../../base/log.ts';
import { openAuthorities } from '../../storage/authorities.ts';
import type { Database } from '../../storage/database.ts';
import { type IdentityEntry, IdentityLog } from '../../storage/identity-log.ts';
import { knownPerson } from './known-person.ts';
import { People } from './people.ts';

async function openPeople(t: TestContext, database: Database): Promise<People> {
  const authorities = await openAuthorities(database);
  const people = await People.open({ database, log: silentLog, identityLog: new IdentityLog(database), authorities });
  t.after(async () => {
    await people.close();
    authorities.close();
  });
  return people;
}

const jane = {
  site: 'NORTH',
  issuer: 'NORTH',
  patientId: '4711',
  name: 'QUIMBLEY^HERMIONE^A',
  birthDate: '19610307',
  sex: 'F',
  address: '12 Rookery Lane, Tamworth, 40210',
  phone: '0208 555 7319',
  timestamp: '2026-01-01T00:00:00Z',
  medium: 'hl7',
};
const sighting = (cause: string, more: object = {}, tenant = DEFAULT_TENANT): IdentityEntry => ({
  tenant,
  kind: 'sighting',
  cause,
  payload: { ...jane, ...more },
});
const merge = (cause: string, of: readonly object[]): IdentityEntry => ({
  tenant: DEFAULT_TENANT,
  kind: 'assertion',
  cause,
  payload: { type: 'same', of, authoritative: true, timestamp: '2026-02-01T00:00:00Z' },
});
const north = (id: string) => ({ issuer: 'NORTH', id });

test('a study that is kept is somebody’s: whoever was registered under its number, here and on every other node', async (t) => {
  const database = await testDatabase(t);
  const here = await openPeople(t, database);
  const there = await openPeople(t, database);
  await here.append([sighting('m1')]);
  const { issuer, patientId, name, birthDate, sex } = jane;
  const patient = { IssuerOfPatientID: issuer, PatientID: patientId, PatientName: name };
  await insertImages(database, [image({ ...patient, PatientBirthDate: birthDate, PatientSex: sex })]);
  await Promise.all([here.follow(), there.follow()]);
  const [study] = await database.query<{ id: string }>('select id from study');
  for (const people of [here, there]) {
    const person = people.of(DEFAULT_TENANT).personOfStudy(study!.id)!;
    assert.equal(person, people.of(DEFAULT_TENANT).personOf(north('4711')));
    assert.deepEqual(people.of(DEFAULT_TENANT).person(person)?.studyIds, [study!.id]);
  }
  const later = await openPeople(t, database);
  assert.equal(later.of(DEFAULT_TENANT).personOfStudy(study!.id), here.of(DEFAULT_TENANT).personOf(north('4711')));
});

test('a study that comes back under an id of ours is of the registration that the id was made from, and no number of its own', async (t) => {
  const database = await testDatabase(t);
  const people = await openPeople(t, database);
  await people.append([sighting('m1')]);
  const of = () => people.of(DEFAULT_TENANT);
  const person = of().personOf(north('4711'))!;
  // A workstation that writes nothing of the patient but the id.
  await insertImages(database, [image({ PatientID: person, IssuerOfPatientID: 'FASCIA' })]);
  await people.follow();
  const [study] = await database.query<{ id: string }>('select id from study');
  assert.equal(of().personOfStudy(study!.id), person);
  const known = await knownPerson({ database, tenant: DEFAULT_TENANT, people: of() }, person);
  assert.deepEqual(
    known!.record.identifiers.map(({ issuer, id }) => `${issuer} ${id}`),
    ['NORTH 4711'],
  );
  const later = await openPeople(t, database);
  assert.equal(later.of(DEFAULT_TENANT).personOfStudy(study!.id), person);
});

test('a merge is applied once, however often it is told, and what it is taken back to is what was before', async (t) => {
  const database = await testDatabase(t);
  const people = await openPeople(t, database);
  const other = { patientId: '9', name: 'ABERNATHY^ROSALIND', birthDate: '19880919', address: '', phone: '' };
  await people.append([sighting('m1'), sighting('m2', other)]);
  const persons = () => [
    people.of(DEFAULT_TENANT).personOf(north('4711')),
    people.of(DEFAULT_TENANT).personOf(north('9')),
  ];
  const before = persons();
  assert.notEqual(before[0], before[1]);
  const [id] = await people.append([merge('a40', [north('4711'), north('9')])]);
  const [again] = await people.append([merge('a40', [north('4711'), north('9')])]);
  assert.equal(again, id);
  const [survivor, joined] = persons();
  assert.equal(survivor, joined);
  for (const former of before) assert.equal(people.of(DEFAULT_TENANT).person(former!)?.id, survivor);
  await people.append([{ tenant: DEFAULT_TENANT, kind: 'retraction', cause: 'undo', payload: { entry: id } }]);
  assert.deepEqual(persons(), before);
  const later = await openPeople(t, database);
  assert.deepEqual(
    [later.of(DEFAULT_TENANT).personOf(north('4711')), later.of(DEFAULT_TENANT).personOf(north('9'))],
    before,
  );
});

test('nobody of another tenant is ever the same person', async (t) => {
  const database = await testDatabase(t);
  await database.query(`insert into tenant (name) values ('other')`);
  const people = await openPeople(t, database);
  await people.append([sighting('m1'), sighting('m1', {}, DEFAULT_TENANT + 1)]);
  const person = people.of(DEFAULT_TENANT).personOf(north('4711'))!;
  assert.equal(people.of(DEFAULT_TENANT).person(person)?.sightingIds.length, 1);
  assert.equal(people.of(DEFAULT_TENANT + 2).personOf(north('4711')), undefined);
});

test('once an authority is known by both of its names, what came under either is one registration', async (t) => {
  const database = await testDatabase(t);
  const authorities = await openAuthorities(database);
  t.after(() => authorities.close());
  const people = await openPeople(t, database);
  await people.append([
    sighting('m1'),
    sighting('m2', { issuer: '1.2.3&ISO', name: '', birthDate: '', address: '', phone: '' }),
  ]);
  const both = () => ['NORTH', '1.2.3&ISO'].map((issuer) => people.of(DEFAULT_TENANT).personOf({ issuer, id: '4711' }));
  assert.equal(new Set(both()).size, 2);
  await authorities.put(DEFAULT_TENANT, { name: 'NORTH', universalId: '1.2.3', sources: [] });
  const open = await openPeople(t, database);
  assert.equal(
    open.of(DEFAULT_TENANT).personOf({ issuer: '1.2.3&ISO', id: '4711' }),
    open.of(DEFAULT_TENANT).personOf(north('4711')),
  );
});
