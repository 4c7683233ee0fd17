// Manifests of studies (IHE MADO, XDS-I.b): what a study consists of and where it is retrieved from, as a Key Object
// Selection Document and as a FHIR document.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Bundle, Composition, Endpoint, ImagingStudy, Patient } from '@medplum/fhirtypes';
import { readDicom } from '../../src/dicom/reader.ts';
import { readResource } from '../../src/fhir/resource.ts';
import { listedInBundle } from '../../src/translate/manifest/listed-in-bundle.ts';
import { isManifest, listedInKos } from '../../src/translate/manifest/listed-in-kos.ts';
import { stow } from '../support/dicomweb.ts';
import { emptyFolder } from '../support/folder.ts';
import { makeStudy } from '../support/instances.ts';
import { without } from '../support/needs.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { rejectionNoteOf } from '../support/rejection-note.ts';

const LOCATION = '1.2.826.0.1.3680043.10.9999.1';
const environment = { ...openDoors, FASCIA_LOCATION_UID: LOCATION, FASCIA_INSTITUTION: 'St. Ypres' };

async function studyOf({ url }: NodeProcess, uid: string): Promise<ImagingStudy & { id: string }> {
  const answer = await fetch(`${url}/fhir/R4/ImagingStudy?identifier=urn:dicom:uid|urn:oid:${uid}`);
  return (readResource(await answer.text(), 'json') as Bundle).entry![0]!.resource as ImagingStudy & { id: string };
}

/** `profile`: in DICOM; absent: the FHIR document. */
async function manifest({ url }: NodeProcess, id: string, profile?: 'mado' | 'xds-i'): Promise<Buffer> {
  const accept = profile === undefined ? 'application/fhir+json' : 'application/dicom';
  const answer = await fetch(`${url}/fhir/R4/ImagingStudy/${id}/$manifest?profile=${profile ?? 'mado'}`, {
    headers: { Accept: accept },
  });
  assert.equal(answer.status, 200, accept);
  assert.match(answer.headers.get('content-type')!, new RegExp(`^${RegExp.escape(accept)}`));
  return Buffer.from(await answer.arrayBuffer());
}

const resourceIn = <R>(bundle: Bundle, type: string): R =>
  bundle.entry!.find(({ resource }) => resource!.resourceType === type)!.resource as R;

test('the manifest of a study lists everything that is shown of it, in both forms alike, and where it is had', async (t) => {
  const fascia = await startNodeProcess((cleanUp) => t.after(cleanUp), { environment });
  const attributes = {
    PatientID: 'MF-1',
    PatientName: 'Quimbley^Hermione',
    StudyDescription: 'CT CHEST',
    AccessionNumber: 'ACC-77',
  };
  const made = makeStudy(2, 3, { attributes });
  const uid = made[0]!.studyInstanceUid;
  const seriesOf = (instances: typeof made) =>
    [...Map.groupBy(instances, ({ seriesInstanceUid }) => seriesInstanceUid)].map(([seriesInstanceUid, ofSeries]) => [
      seriesInstanceUid,
      ofSeries.map(({ sopInstanceUid }) => sopInstanceUid).sort(),
    ]);
  await stow(
    fascia.url,
    made.map(({ file }) => file),
  );
  const { id } = await studyOf(fascia, uid);
  const listed = (studies: ReturnType<typeof listedInKos>) => {
    assert.deepEqual(
      studies.map(({ studyInstanceUid }) => studyInstanceUid),
      [uid],
    );
    const from = { url: `${fascia.url}/dicomweb`, locationUid: LOCATION };
    return studies[0]!.series.map((series) => {
      assert.deepEqual(series.from, from);
      return [series.seriesInstanceUid, series.instances.map(({ sopInstanceUid }) => sopInstanceUid).sort()];
    });
  };
  const inOrder = (series: unknown[][]) => series.toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
  const [mado, xdsi] = await Promise.all([manifest(fascia, id, 'mado'), manifest(fascia, id, 'xds-i')]);
  const bundle = readResource((await manifest(fascia, id)).toString(), 'json') as Bundle;
  for (const studies of [
    listedInKos(readDicom(mado).dataset),
    listedInKos(readDicom(xdsi).dataset),
    listedInBundle(bundle),
  ]) {
    assert.deepEqual(inOrder(listed(studies)), inOrder(seriesOf(made)));
  }

  await t.test('the FHIR form is a document that people can read, of the person, with the DICOM form’s UID', () => {
    const [first] = bundle.entry!;
    const { dataset } = readDicom(mado);
    assert.deepEqual([bundle.type, first!.resource!.resourceType], ['document', 'Composition']);
    assert.equal(bundle.identifier!.value, `urn:oid:${dataset.text('SOPInstanceUID')}`);
    assert.match((first!.resource as Composition).text!.div!, /CT CHEST.*ACC-77/s);
    const patient = resourceIn<Patient>(bundle, 'Patient');
    assert.equal(patient.identifier![0]!.value, 'MF-1');
    const { address, extension } = resourceIn<Endpoint>(bundle, 'Endpoint');
    assert.deepEqual([address, extension![0]!.valueString], [`${fascia.url}/dicomweb`, LOCATION]);
    assert.equal(dataset.text('InstitutionName'), 'St. Ypres');
    assert.equal(dataset.items('ReferencedRequestSequence')[0]!.text('AccessionNumber'), 'ACC-77');
    const [other] = dataset.items('OtherPatientIDsSequence');
    assert.equal(other!.text('PatientID'), 'MF-1');
  });

  await t.test('the same state is the same document, byte for byte', async () => {
    assert.deepEqual(await manifest(fascia, id, 'mado'), mado);
  });

  await t.test(
    'dciodvfy finds nothing wrong but what DICOM CP-2595 adds, and dsrdump reads it',
    { skip: without('dciodvfy', 'dicom3tools') || without('dsrdump', 'dcmtk') },
    () => {
      const folder = emptyFolder((cleanUp) => t.after(cleanUp));
      const errorsIn = (name: string, bytes: Buffer): string[] => {
        const path = join(folder, name);
        writeFileSync(path, bytes);
        const { stderr } = spawnSync('dciodvfy', [path], { encoding: 'utf8' });
        return stderr.split('\n').filter((line) => line.startsWith('Error'));
      };
      assert.deepEqual(errorsIn('xds-i.dcm', xdsi), []);
      const added = /^Error - Unrecognized enumerated value <(NUM|DATE|TIME)> for value 1 of attribute <Value Type>$/;
      assert.deepEqual(
        errorsIn('mado.dcm', mado).filter((line) => !added.test(line)),
        [],
      );
      const dumped = spawnSync('dsrdump', [join(folder, 'xds-i.dcm')], { encoding: 'utf8' });
      assert.match(dumped.stdout, /^Key Object Selection Document.*CONTAINER:\(,,"Manifest"\)/s);
    },
  );

  await t.test('what a rejection note lists is listed no longer, and what arrives is', async () => {
    const [rejected, ...kept] = made;
    const more = makeStudy(1, 1, { studyInstanceUid: uid, attributes });
    const note = rejectionNoteOf('113001', [rejected!]);
    await stow(
      fascia.url,
      [...more, note].map(({ file }) => file),
    );
    const now = await manifest(fascia, id, 'mado');
    assert.deepEqual(inOrder(listed(listedInKos(readDicom(now).dataset))), inOrder(seriesOf([...kept, ...more])));
    assert.notEqual(readDicom(now).dataset.text('SOPInstanceUID'), readDicom(mado).dataset.text('SOPInstanceUID'));
  });

  await t.test('a manifest that is kept is no part of what a study consists of', async () => {
    const foreign = Buffer.from(await manifest(fascia, id, 'xds-i'));
    await stow(fascia.url, [foreign]);
    assert.ok(isManifest(readDicom(foreign).dataset));
    assert.equal(listedInKos(readDicom(await manifest(fascia, id, 'mado')).dataset)[0]!.series.length, 3);
  });
});
