// ImagingStudy on a whole node: what a modality has sent is there, all of it, when its last image is acknowledged; and what
// normalisation finds of it later.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bundle, Endpoint, ImagingStudy, Patient } from '@medplum/fhirtypes';
import { readResource } from '../../src/fhir/resource.ts';
import { stow } from '../support/dicomweb.ts';
import { makeStudy } from '../support/instances.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { storeAll } from '../support/peer.ts';

/** Read, and so checked against R4. */
async function get<R>({ url }: NodeProcess, path: string): Promise<R> {
  const answer = await fetch(path.startsWith('http') ? path : `${url}/fhir/R4${path}`);
  assert.equal(answer.status, 200, path);
  return readResource(await answer.text(), 'json') as R;
}

test('an ImagingStudy is current when the last image of a study is acknowledged, and shows soon what normalisation finds', async (t) => {
  const environment = { ...openDoors, FASCIA_TIME_ZONES: 'TESTPEER=Europe/Berlin, *=America/New_York' };
  const fascia = await startNodeProcess((cleanUp) => t.after(cleanUp), { environment });
  const attributes = { StudyDescription: 'CT HEAD W/O CONTRAST', PatientID: 'IS-1', BodyPartExamined: undefined };
  const made = makeStudy(2, 3, { attributes });
  const study = `/ImagingStudy?identifier=urn:dicom:uid|urn:oid:${made[0]!.studyInstanceUid}`;
  for (const [n, one] of made.entries()) {
    await storeAll(fascia.dicomPort, [one]);
    const { entry = [], total } = await get<Bundle<ImagingStudy>>(fascia, `${study}&_summary=false`);
    assert.deepEqual([total, entry[0]!.resource!.numberOfInstances], [1, n + 1]);
  }
  const found = (await get<Bundle<ImagingStudy>>(fascia, study)).entry![0]!.resource!;
  assert.equal(found.started, '2026-01-15T10:11:12+01:00', 'by the zone of its source');
  const patient = await get<Patient>(fascia, `/${found.subject.reference}`);
  assert.equal(patient.identifier![0]!.value, 'IS-1');
  const { address } = await get<Endpoint>(fascia, `/${found.endpoint![0]!.reference}`);
  const { studyInstanceUid, seriesInstanceUid } = made[0]!;
  const metadata = await fetch(`${address}/studies/${studyInstanceUid}/series/${seriesInstanceUid}/metadata`);
  assert.equal(((await metadata.json()) as object[]).length, 3, 'the Endpoint is where its images are');

  // Sent once more, and by another door: one study, and nothing of it twice.
  await stow(
    fascia.url,
    made.map(({ file }) => file),
  );
  const again = (await get<Bundle<ImagingStudy>>(fascia, study)).entry!.map(({ resource }) => resource!);
  assert.deepEqual(
    again.map(({ id, numberOfSeries, numberOfInstances }) => [id, numberOfSeries, numberOfInstances]),
    [[found.id, 2, 6]],
  );
  assert.equal((await get<Bundle>(fascia, '/ImagingStudy')).total, 1);

  let now = found;
  // Facts are found some time after a study was kept; nothing announces them.
  while (now.procedureCode === undefined) {
    await pause(100);
    now = await get<ImagingStudy>(fascia, `/ImagingStudy/${found.id}`);
  }
  assert.ok(now.procedureCode.some(({ coding }) => coding![0]!.system === 'http://radlex.org'));
  assert.equal(now.series![0]!.bodySite!.code, '12738006', 'where the header is silent');
  assert.notEqual(now.meta!.versionId, found.meta!.versionId);
  assert.ok(now.meta!.lastUpdated! > found.meta!.lastUpdated!);
});
