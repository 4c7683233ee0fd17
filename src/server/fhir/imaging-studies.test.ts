import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Bundle, ImagingStudy } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { image, insertImages } from '../../../test/support/catalogue-rows.ts';
import { testDatabase } from '../../../test/support/database.ts';
import { networks } from '../../../test/support/fhir-server.ts';
import { emptyFolder } from '../../../test/support/folder.ts';
import { localPrincipal, type Principal } from '../../auth/principal.ts';
import { silentLog } from '../../base/log.ts';
import { readTimeZones } from '../../base/time-zones.ts';
import { DataSet, type NewValue } from '../../dicom/dataset.ts';
import { datePrefixes, dateRangeOf, rangesMeet } from '../../fhir/date-range.ts';
import { testDoor } from '../../fhir/rest/testing/test-door.ts';
import { replaceFacts } from '../../storage/facts.ts';
import { hide } from '../../storage/hide.ts';
import type { Core } from '../core.ts';
import { fhirHandlers } from '../doors/fhir-handlers.ts';
import { openIdentity } from '../identity/node-identity.ts';
import { behindFhir } from './behind.ts';

/** The door before a catalogue of its own; who asks is whom the header Authorization names. */
async function archive(t: TestContext, principals: Record<string, Principal> = {}, zones = '') {
  const database = await testDatabase(t);
  const identity = await openIdentity(
    { database, log: silentLog },
    emptyFolder((cleanUp) => t.after(cleanUp)),
  );
  t.after(() => identity.close());
  const core = {
    database,
    log: silentLog,
    config: { timeZones: readTimeZones(zones, assert.fail) },
    authorities: identity.authorities,
    networks,
    identity: () => identity.known(),
    audit: { record: async () => undefined },
    metrics: { answered: () => undefined },
  } as unknown as Core;
  const authenticator = {
    authenticate: async ({ authorization = '' }: { authorization?: string }) =>
      principals[authorization] ?? localPrincipal,
    close: () => undefined,
  };
  const { send } = await testDoor(t, { handlers: fhirHandlers(core, authenticator, behindFhir(core)) });
  const search = async (query: string, who = ''): Promise<Bundle<ImagingStudy>> => {
    const { status, resource, text } = await send<Bundle<ImagingStudy>>('GET', `/ImagingStudy?${query}`, undefined, {
      Authorization: who,
    });
    assert.equal(status, 200, `${query}: ${text}`);
    return resource;
  };
  const found = async (query: string, who = ''): Promise<string[]> =>
    ((await search(query, who)).entry ?? []).map(({ resource }) => uidOf(resource!)).sort();
  const keep = (attributes: Record<string, NewValue>, tenant = 1) =>
    insertImages(database, [image(attributes)], tenant);
  return { database, send, search, found, keep };
}

const uidOf = (study: ImagingStudy): string => study.identifier![0]!.value!.replace('urn:oid:', '');

const ALICE = { PatientID: 'A1', IssuerOfPatientID: 'NORTH', PatientName: 'Mohr^Alice', PatientBirthDate: '19580130' };
const BORIS = { PatientID: 'B2', IssuerOfPatientID: 'NORTH', PatientName: 'Orlov^Boris', PatientBirthDate: '19711211' };

test('R4 imagingstudy.html#search: each parameter finds the studies that say what is asked', async (t) => {
  const { database, found, search, keep } = await archive(t);
  const issuer = new DataSet().set('LocalNamespaceEntityID', 'RIS');
  const reason = new DataSet()
    .set('CodeValue', '25064002')
    .set('CodingSchemeDesignator', 'SCT')
    .set('CodeMeaning', 'Headache');
  await keep({
    ...ALICE,
    StudyInstanceUID: '1.2.1',
    SeriesInstanceUID: '1.2.1.1',
    SOPInstanceUID: '1.2.1.1.1',
    StudyDate: '20260115',
    AccessionNumber: 'ACC-1',
    IssuerOfAccessionNumberSequence: [issuer],
    BodyPartExamined: 'HEAD',
    ReferringPhysicianName: 'Ref^Rita',
    RequestAttributesSequence: [new DataSet().set('ReasonForRequestedProcedureCodeSequence', [reason])],
  });
  await keep({
    ...BORIS,
    StudyInstanceUID: '1.2.2',
    SeriesInstanceUID: '1.2.2.1',
    Modality: 'MR',
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.4',
    StudyDate: '20260220',
    AccessionNumber: 'ACC-1',
    OperatorsName: 'Op^Olga',
  });
  const [second] = await database.query<{ id: string }>(`select id from study where study_uid = '1.2.2'`);
  const region = {
    kind: 'procedure',
    attribute: 'AnatomicRegionSequence',
    value: '12738006^SCT^Brain',
    sources: [],
    reason: 'its words',
  } as const;
  const facts = [
    { ...region, confidence: 0.99 },
    { ...region, attribute: 'Laterality', value: 'L', confidence: 0.5 },
  ];
  await replaceFacts(database.kysely, { tenant: 1, study: second!.id, facts }, 'test');
  const dcm = 'http://dicom.nema.org/resources/ontology/DCM';
  const both = ['1.2.1', '1.2.2'];
  const expected: Record<string, string[]> = {
    '': both,
    'identifier=urn:dicom:uid|urn:oid:1.2.1': ['1.2.1'],
    'identifier=urn:oid:1.2.2,urn:oid:1.2.1': both,
    'identifier=ACC-1': both,
    'identifier=urn:fascia:namespace:RIS|ACC-1': ['1.2.1'],
    'identifier=|ACC-1': ['1.2.2'],
    'identifier=urn:x|ACC-1': [],
    'identifier:not=urn:fascia:namespace:RIS|ACC-1': ['1.2.2'],
    'identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|ACSN|ACC-1': both,
    'basedon:identifier=ACC-1': both,
    'basedon=ServiceRequest/1': [],
    'patient.identifier=urn:fascia:namespace:NORTH|A1': ['1.2.1'],
    'patient.name=orlov': ['1.2.2'],
    'subject:Patient.birthdate=1958-01-30': ['1.2.1'],
    'patient.name=nobody': [],
    'subject:identifier=urn:fascia:namespace:NORTH|B2': ['1.2.2'],
    'patient=Patient/nobody': [],
    'modality=CT': ['1.2.1'],
    [`modality=${dcm}|MR,${dcm}|XA`]: ['1.2.2'],
    'modality=urn:x|CT': [],
    'modality:not=CT': ['1.2.2'],
    'bodysite=69536005': ['1.2.1'],
    'bodysite=http://snomed.info/sct|12738006': ['1.2.2'],
    'bodysite:missing=true': ['1.2.2'],
    'dicom-class=urn:oid:1.2.840.10008.5.1.4.1.1.4': ['1.2.2'],
    'series=1.2.1.1': ['1.2.1'],
    'instance=urn:oid:1.2.1.1.1': ['1.2.1'],
    'instance=1.2.9': [],
    'reason=http://snomed.info/sct|25064002': ['1.2.1'],
    'reason=25064': [],
    'reason:missing=true': ['1.2.2'],
    'performer:missing=false': ['1.2.2'],
    'performer=Practitioner/1': [],
    'referrer:missing=false': ['1.2.1'],
    'interpreter:missing=false': [],
    'encounter:missing=true': both,
    'endpoint=Endpoint/wado-rs': both,
    'endpoint=Endpoint/another': [],
    'status=available': both,
    'status=cancelled,entered-in-error': [],
    'started=2026-01': ['1.2.1'],
    'started=ge2026-01-15&started=lt2026-02-20': ['1.2.1'],
    'started=2026-01-15,2026-02-20': both,
    '_lastUpdated=ge2020': both,
    '_lastUpdated=lt2020': [],
    'modality=CT&patient.name=orlov': [],
  };
  for (const [query, uids] of Object.entries(expected)) {
    assert.deepEqual(await found(query), uids, query);
    assert.equal((await search(query)).total, uids.length, `total of ${query}`);
    assert.equal((await search(`${query}&_summary=count`)).total, uids.length, `count of ${query}`);
  }
  const [mr] = (await search('modality=MR')).entry!;
  assert.equal(mr!.resource!.series![0]!.bodySite!.code, '12738006');
  assert.equal(mr!.resource!.series![0]!.laterality, undefined, 'what is doubtful waits for a person');
  const { id } = (await search('modality=CT')).entry![0]!.resource!;
  assert.deepEqual(await found(`_id=${id},1-zz`), ['1.2.1']);
});

test('the Patient and the Endpoint that studies name are brought along, each once', async (t) => {
  const { search, keep } = await archive(t);
  for (const uid of ['1.2.1', '1.2.2']) await keep({ ...ALICE, StudyInstanceUID: uid });
  const { entry = [], total } = await search('_include=ImagingStudy:patient&_include=ImagingStudy:endpoint');
  assert.equal(total, 2);
  assert.deepEqual(
    entry.map(({ resource, search: how }) => `${how!.mode} ${resource!.resourceType}`),
    ['match ImagingStudy', 'match ImagingStudy', 'include Patient', 'include Endpoint'],
  );
  const { subject } = entry[0]!.resource!;
  assert.equal(`Patient/${entry[2]!.resource!.id}`, subject.reference);
  assert.deepEqual(subject.identifier, { system: 'urn:fascia:namespace:NORTH', value: 'A1' });
});

test('a walk over all pages meets each study once, in every order, whatever arrives meanwhile', async (t) => {
  const { send, search, keep } = await archive(t);
  const days = ['20260103', '20260101', '20260102', '20260101', '20260103', '20260102', '20260101'];
  for (const [n, day] of days.entries()) await keep({ ...ALICE, StudyInstanceUID: `1.2.${n}`, StudyDate: day });
  for (const order of ['', '&_sort=started', '&_sort=-started', '&_sort=_lastUpdated', '&_sort=-_id']) {
    let page = await search(`_count=2${order}`);
    const met: ImagingStudy[] = [];
    for (let pages = 0; pages < 60; pages++) {
      met.push(...page.entry!.map(({ resource }) => resource!));
      const next = page.link!.find(({ relation }) => relation === 'next')?.url;
      if (next === undefined) break;
      await keep({ ...BORIS, StudyInstanceUID: `1.3.${pages}${order.length}`, StudyDate: '20200101' });
      page = (await send<Bundle<ImagingStudy>>('GET', next.slice(next.indexOf('/ImagingStudy')))).resource;
    }
    const walked = met.map(uidOf).filter((uid) => uid.startsWith('1.2.'));
    assert.deepEqual(
      walked.toSorted(),
      days.map((_, n) => `1.2.${n}`),
      order,
    );
    const started = met.map((study) => study.started!);
    if (order.endsWith('-started')) assert.deepEqual(started, started.toSorted().reverse());
  }
  const strange = Buffer.from('["started","x"]').toString('base64url');
  assert.equal((await send('GET', `/ImagingStudy?_cursor=${strange}`)).status, 400);
});

test('a page ends early before studies of more images than it may hold, and the next goes on there', async (t) => {
  const { database, send, search, keep } = await archive(t);
  for (const n of [1, 2, 3]) await keep({ ...ALICE, StudyInstanceUID: `1.2.${n}` });
  await database.query(`update study set instance_count = 15000`);
  const pages: string[][] = [];
  let page = await search('');
  for (;;) {
    pages.push(page.entry!.map(({ resource }) => uidOf(resource!)));
    const next = page.link!.find(({ relation }) => relation === 'next')?.url;
    if (next === undefined) break;
    page = (await send<Bundle<ImagingStudy>>('GET', next.slice(next.indexOf('/ImagingStudy')))).resource;
  }
  assert.deepEqual(pages, [['1.2.1', '1.2.2'], ['1.2.3']]);
  assert.equal((await search('_summary=true')).entry!.length, 3, 'where no images are shown');
});

test('R4 search.html#date: a study is found by when it began in its own zone, under every prefix', async (t) => {
  const { search, keep } = await archive(t, {}, '*=America/New_York');
  const offsets = ['+1400', '-1200', '+0000', undefined, '+0530'];
  let n = 0;
  for (const day of ['20251231', '20260101', '20260102', '20260103', '20260201']) {
    for (const StudyTime of ['000500', '120000', '235500', null]) {
      const offset = offsets[n % offsets.length];
      await keep({
        ...ALICE,
        StudyInstanceUID: `1.2.${n++}`,
        StudyDate: day,
        StudyTime,
        ...(offset && { TimezoneOffsetFromUTC: offset }),
      });
    }
  }
  const all = (await search('_count=100')).entry!.map(({ resource }) => resource!);
  assert.equal(all.length, n);
  assert.ok(
    all.some(({ started }) => started!.endsWith('-05:00')),
    'the zone of the source',
  );
  const dates = fc.constantFrom(
    '2026',
    '2026-01',
    '2026-01-01',
    '2026-01-02',
    '2026-01-01T12:00:00Z',
    '2026-01-02T00:05-05:00',
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...datePrefixes), dates, async (prefix, date) => {
      const answer = await search(`started=${prefix}${encodeURIComponent(date)}&_count=100`);
      const found = (answer.entry ?? []).map(({ resource }) => uidOf(resource!)).sort();
      const asked = dateRangeOf(date)!;
      const meant = all.filter(({ started }) => rangesMeet(dateRangeOf(started!)!, asked, prefix)).map(uidOf);
      assert.deepEqual(found, meant.sort(), `${prefix}${date}`);
      assert.equal(answer.total, meant.length);
    }),
    { numRuns: 40 },
  );
});

test('one Study Instance UID is one study of a person; where sources give it to another, that one has his own', async (t) => {
  const { send, search, keep } = await archive(t);
  const of = { StudyInstanceUID: '1.2.1' };
  await keep({ ...ALICE, ...of, Modality: 'CT' });
  // The same person under another number of the same source is told by everything else.
  await keep({ ...ALICE, ...of, Modality: 'MR', IssuerOfPatientID: 'NORTH', PatientID: 'A1 ' });
  await keep({ ...BORIS, ...of, Modality: 'US' });
  const { entry = [] } = await search('identifier=urn:oid:1.2.1');
  const shown = entry.map(({ resource }) => [
    resource!.subject.identifier!.value,
    resource!.modality!.map(({ code }) => code),
    resource!.numberOfInstances,
  ]);
  assert.deepEqual(shown, [
    ['A1', ['CT', 'MR'], 2],
    ['B2', ['US'], 1],
  ]);
  const [alice, boris] = entry.map(({ resource }) => resource!.id!);
  assert.ok(boris!.startsWith(`${alice}-`));
  assert.equal((await send<ImagingStudy>('GET', `/ImagingStudy/${boris}`)).resource.modality![0]!.code, 'US');
  const ofBoris = await search('patient.identifier=B2');
  assert.deepEqual(
    ofBoris.entry!.map(({ resource }) => resource!.id),
    [boris],
  );
});

test('nothing of another tenant, of another patient than the session’s, or beyond what a link opens', async (t) => {
  const reader = { kind: 'token', scopes: ['read'] } as const;
  const { send, found, search, keep } = await archive(t, {
    two: { ...reader, id: 'token:2', tenant: 2 },
    launched: { ...reader, id: 'session:1', tenant: 1, patient: [{ id: 'A1', issuer: 'NORTH' }] },
    guest: { ...reader, kind: 'share', id: 'share:1', tenant: 1, share: { studyUid: '1.2.1', watermark: '' } },
    writer: { kind: 'token', scopes: ['write'], id: 'token:3', tenant: 1 },
  });
  await keep({ ...ALICE, StudyInstanceUID: '1.2.1' });
  await keep({ ...BORIS, StudyInstanceUID: '1.2.2' });
  assert.deepEqual(await found(''), ['1.2.1', '1.2.2']);
  assert.deepEqual(await found('', 'two'), []);
  assert.deepEqual(await found('', 'launched'), ['1.2.1']);
  assert.deepEqual(await found('patient.name=orlov', 'launched'), []);
  const ids = (await search('')).entry!.map(({ resource }) => resource!.id!);
  const statuses = async (who: string): Promise<number[]> => {
    const answers = ids.map((id) => send('GET', `/ImagingStudy/${id}`, undefined, { Authorization: who }));
    return (await Promise.all(answers)).map(({ status }) => status);
  };
  assert.deepEqual(await statuses(''), [200, 200]);
  assert.deepEqual(await statuses('two'), [404, 404]);
  assert.deepEqual(await statuses('launched'), [200, 403]);
  assert.deepEqual(await statuses('guest'), [200, 403]);
  assert.deepEqual(await statuses('writer'), [403, 403]);
  assert.equal((await send('GET', '/ImagingStudy', undefined, { Authorization: 'guest' })).status, 403);
});

test('what is withdrawn is gone, and a version is another whenever anything of the study is', async (t) => {
  const { database, send, found, search, keep } = await archive(t);
  await keep({ ...ALICE, StudyInstanceUID: '1.2.1', SeriesInstanceUID: '1.2.1.1', SOPInstanceUID: '1.2.1.1.1' });
  await keep({ ...ALICE, StudyInstanceUID: '1.2.1', SeriesInstanceUID: '1.2.1.2', SOPInstanceUID: '1.2.1.2.1' });
  const versions = new Set<string>();
  const now = async (): Promise<ImagingStudy> => {
    const study = (await search('')).entry![0]!.resource!;
    const read = await send<ImagingStudy>('GET', `/ImagingStudy/${study.id}`);
    assert.deepEqual(read.resource, study);
    assert.deepEqual((await send('GET', `/ImagingStudy/${study.id}?_format=xml`)).resource, study);
    versions.add(study.meta!.versionId!);
    return study;
  };
  assert.equal((await now()).numberOfSeries, 2);
  await hide(database, 1, { studyInstanceUid: '1.2.1', seriesInstanceUid: '1.2.1.2' }, 'wrong');
  const { id, numberOfSeries, series } = await now();
  assert.deepEqual([numberOfSeries, series!.length], [1, 1]);
  const [row] = await database.query<{ id: string }>('select id from study');
  const fact = {
    kind: 'procedure',
    attribute: 'ProcedureCodeSequence',
    value: 'RPID1^RADLEX^x',
    sources: [],
    confidence: 1,
    reason: '',
  } as const;
  await replaceFacts(database.kysely, { tenant: 1, study: row!.id, facts: [fact] }, 'test');
  assert.equal((await now()).procedureCode![0]!.coding![0]!.code, 'RPID1');
  assert.equal(versions.size, 3);
  await hide(database, 1, { studyInstanceUid: '1.2.1' }, 'wrong');
  assert.deepEqual(await found(''), []);
  assert.equal((await send('GET', `/ImagingStudy/${id}`)).status, 410);
});
