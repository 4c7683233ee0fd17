import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bundle } from '@medplum/fhirtypes';
import { image, insertImages } from '../../../test/support/catalogue-rows.ts';
import { type FhirServer, fhirServer } from '../../../test/support/fhir-server.ts';
import { localPrincipal } from '../../auth/principal.ts';

const ALICE = { PatientID: 'A1', IssuerOfPatientID: 'NORTH', PatientName: 'Mohr^Alice', PatientBirthDate: '19580130' };
const BORIS = { PatientID: 'B2', IssuerOfPatientID: 'NORTH', PatientName: 'Orlov^Boris', PatientBirthDate: '19711211' };

/** `Type/id` of the entries with this mode, studies and patients by the names below. */
async function found(server: FhirServer, path: string, mode = 'match'): Promise<string> {
  const { status, resource, issue } = await server.send<Bundle>('GET', path);
  assert.equal(status, 200, `${path}: ${issue}`);
  const entries = (resource.entry ?? []).filter(({ search }) => search?.mode === mode);
  return entries
    .map(({ resource: each }) => {
      if (each?.resourceType === 'ImagingStudy') return each.identifier![0]!.value!.replace('urn:oid:', 'study ');
      return each?.resourceType === 'Patient' ? each.name![0]!.family! : `${each!.resourceType}/${each!.id}`;
    })
    .toSorted()
    .join(', ');
}

/** Alice has a CT with a final report and an MR with a preliminary one, Boris a CT without. */
async function hospital(t: Parameters<typeof fhirServer>[0]) {
  const server = await fhirServer(t, {
    boris: { ...localPrincipal, patient: [{ id: 'B2', issuer: 'NORTH' }] },
  });
  const images = [
    image({ ...ALICE, StudyInstanceUID: '1.2.1', Modality: 'CT', StudyDate: '20260101' }),
    image({ ...ALICE, StudyInstanceUID: '1.2.2', Modality: 'MR', StudyDate: '20260102' }),
    image({ ...BORIS, StudyInstanceUID: '1.2.3', Modality: 'CT', StudyDate: '20260103' }),
  ];
  await insertImages(server.database, images);
  const { resource } = await server.send<Bundle>('GET', '/ImagingStudy?_sort=started');
  const [ct, mr] = resource.entry!.map((entry) => entry.resource!);
  const subject = (ct as { subject?: object }).subject;
  const report = (id: string, study: string, status: string) => ({
    resourceType: 'DiagnosticReport',
    id,
    status,
    code: { text: 'x' },
    subject,
    imagingStudy: [{ reference: `ImagingStudy/${study}` }],
  });
  for (const each of [report('final', ct!.id!, 'final'), report('early', mr!.id!, 'preliminary')]) {
    assert.equal((await server.send('PUT', `/DiagnosticReport/${each.id}`, each)).status, 201);
  }
  return { server, ct: ct!.id!, mr: mr!.id! };
}

test('R4 search.html#has: studies and persons are found by what refers to them, persons by their studies too', async (t) => {
  const { server, ct } = await hospital(t);
  const asked = {
    '/ImagingStudy?_has:DiagnosticReport:study:status=final': 'study 1.2.1',
    '/ImagingStudy?_has:DiagnosticReport:study:status=final&modality=MR': '',
    '/ImagingStudy?_has:DiagnosticReport:study:_id=final,early': 'study 1.2.1, study 1.2.2',
    '/ImagingStudy?patient._has:DiagnosticReport:patient:status=final': 'study 1.2.1, study 1.2.2',
    '/Patient?_has:ImagingStudy:patient:modality=CT': 'Mohr, Orlov',
    '/Patient?_has:ImagingStudy:patient:modality=MR': 'Mohr',
    '/Patient?_has:ImagingStudy:patient:started=ge2026-01-03': 'Orlov',
    [`/Patient?_has:ImagingStudy:subject:_id=${ct}`]: 'Mohr',
    '/Patient?_has:ImagingStudy:patient:modality=CT&family=orlov': 'Orlov',
    '/Patient?_has:ImagingStudy:patient:modality=PT': '',
    '/Patient?_has:DiagnosticReport:patient:status=preliminary': 'Mohr',
    '/Patient?_has:ImagingStudy:patient:_has:DiagnosticReport:study:status=final': 'Mohr',
    '/Patient?_has:DiagnosticReport:patient:study.modality=MR': 'Mohr',
  };
  for (const [path, expected] of Object.entries(asked)) assert.equal(await found(server, path), expected, path);
});

test('R4 search.html#chaining: reports are found by what their study says, and by whose it is', async (t) => {
  const { server } = await hospital(t);
  const asked = {
    '/DiagnosticReport?study.modality=CT': 'DiagnosticReport/final',
    '/DiagnosticReport?study:ImagingStudy.modality=MR,CT': 'DiagnosticReport/early, DiagnosticReport/final',
    '/DiagnosticReport?study.identifier=urn:dicom:uid|urn:oid:1.2.2': 'DiagnosticReport/early',
    '/DiagnosticReport?study.patient.name=mohr&status=final': 'DiagnosticReport/final',
    '/DiagnosticReport?study.patient.name=orlov': '',
    '/DiagnosticReport?study.started=lt2026-01-02': 'DiagnosticReport/final',
    '/DiagnosticReport?study._has:DiagnosticReport:study:status=preliminary': 'DiagnosticReport/early',
  };
  for (const [path, expected] of Object.entries(asked)) assert.equal(await found(server, path), expected, path);
});

test('R4 search.html#include, #revinclude: studies come along, and what refers to studies comes along with them', async (t) => {
  const { server } = await hospital(t);
  const asked = {
    '/DiagnosticReport?_id=final&_include=DiagnosticReport:study': 'study 1.2.1',
    '/DiagnosticReport?_id=final&_include=DiagnosticReport:study&_include:iterate=ImagingStudy:patient':
      'Mohr, study 1.2.1',
    '/DiagnosticReport?_id=final&_include=DiagnosticReport:study&_include=ImagingStudy:patient': 'study 1.2.1',
    '/DiagnosticReport?_id=final&_include=DiagnosticReport:study&_include:iterate=ImagingStudy:endpoint':
      'Endpoint/wado-rs, study 1.2.1',
    '/ImagingStudy?modality=MR&_revinclude=DiagnosticReport:study': 'DiagnosticReport/early',
    '/ImagingStudy?modality=MR&_revinclude=DiagnosticReport:*&_include=ImagingStudy:subject':
      'DiagnosticReport/early, Mohr',
    '/Patient?family=mohr&_revinclude=ImagingStudy:patient': 'study 1.2.1, study 1.2.2',
    '/Patient?family=mohr&_revinclude=DiagnosticReport:patient': 'DiagnosticReport/early, DiagnosticReport/final',
    '/Patient?family=mohr&_revinclude=ImagingStudy:patient&_revinclude:iterate=DiagnosticReport:study':
      'DiagnosticReport/early, DiagnosticReport/final, study 1.2.1, study 1.2.2',
    '/Patient?family=orlov&_revinclude=ImagingStudy:patient&_revinclude=DiagnosticReport:patient': 'study 1.2.3',
  };
  for (const [path, expected] of Object.entries(asked))
    assert.equal(await found(server, path, 'include'), expected, path);
});

test('who may see one patient alone is shown studies and their patient, and nothing that is kept beside them', async (t) => {
  const { server } = await hospital(t);
  const ask = (query: string) =>
    server.send<Bundle>('GET', `/ImagingStudy?${query}`, undefined, { Authorization: 'boris' });
  const own = await ask('_include=ImagingStudy:patient');
  assert.deepEqual([own.status, own.resource.entry?.length], [200, 2]);
  for (const query of ['_revinclude=DiagnosticReport:study', '_has:DiagnosticReport:study:status=final'])
    assert.equal((await ask(query)).status, 403, query);
});

test('another tenant is found by no chain and comes along with nothing', async (t) => {
  const { server } = await hospital(t);
  await server.database.query(`insert into tenant (id, name) overriding system value values (2, 'other')`);
  await insertImages(server.database, [image({ ...ALICE, StudyInstanceUID: '1.2.9', Modality: 'US' })], 2);
  assert.equal(await found(server, '/Patient?_has:ImagingStudy:patient:modality=US'), '');
  assert.equal(
    await found(server, '/Patient?family=mohr&_revinclude=ImagingStudy:patient', 'include'),
    'study 1.2.1, study 1.2.2',
  );
});
