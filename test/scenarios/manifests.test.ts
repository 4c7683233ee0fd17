// Manifests of studies (IHE MADO, XDS-I.b): what a study consists of and where it is retrieved from, as a Key Object
// Selection Document and as a FHIR document.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bundle, Composition, DocumentReference, Endpoint, ImagingStudy, List, Patient } from '@medplum/fhirtypes';
import type { DataSet } from '../../src/dicom/dataset.ts';
import { keyObjectSelection } from '../../src/dicom/key-object-selection.ts';
import { readDicom } from '../../src/dicom/reader.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../src/dicom/transfer-syntax.ts';
import { writeDataSet } from '../../src/dicom/writer.ts';
import { readResource } from '../../src/fhir/resource.ts';
import { listedInBundle } from '../../src/translate/manifest/listed-in-bundle.ts';
import { isManifest, listedInKos } from '../../src/translate/manifest/listed-in-kos.ts';
import { MANIFEST } from '../../src/translate/manifest/manifest-title.ts';
import { call, putRules } from '../support/delivery.ts';
import { getJson, stow, value } from '../support/dicomweb.ts';
import { emptyFolder } from '../support/folder.ts';
import { codesOf, send } from '../support/hl7-door.ts';
import { httpReceiver } from '../support/http-receiver.ts';
import { freshUid, type MadeInstance, makeStudy } from '../support/instances.ts';
import { without } from '../support/needs.ts';
import { addPeer, type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { type Sendable, storeAll } from '../support/peer.ts';
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

const node = (t: TestContext, aet: string, location: string) =>
  startNodeProcess((cleanUp) => t.after(cleanUp), {
    environment: { ...environment, FASCIA_AET: aet, FASCIA_LOCATION_UID: location },
  });

interface Received {
  document: string;
  listed: number;
  here: number;
  state: string;
  unknown: object[];
  pulls: { archive: string; state: string; problem: string | null }[];
}

async function receivedOnce(
  fascia: NodeProcess,
  uid: string,
  holds: (rows: Received[]) => boolean,
): Promise<Received[]> {
  for (;;) {
    const answer = await call(fascia, 'GET', `/manifests?studyInstanceUid=${uid}`);
    const rows = (await answer.json()) as Received[];
    if (holds(rows)) return rows;
    // Nothing outside the node is told.
    await pause(50);
  }
}

async function put(fascia: NodeProcess, name: string, kind: string, settings: object): Promise<void> {
  const answer = await call(fascia, 'PUT', `/destinations/${name}`, { kind, settings });
  assert.equal(answer.status, 200, await answer.text());
}

async function documentsOf({ url }: NodeProcess, query: string): Promise<DocumentReference[]> {
  const answer = await fetch(`${url}/fhir/R4/DocumentReference?${query}`);
  assert.equal(answer.status, 200);
  const { entry = [] } = readResource(await answer.text(), 'json') as Bundle<DocumentReference>;
  return entry.map(({ resource }) => resource!);
}

const uidsIn = async ({ url }: NodeProcess, study: string): Promise<unknown[]> => {
  const instances = await getJson(url, `/studies/${study}/instances`);
  return instances
    .filter((each) => value(each, '00080060') !== 'KO')
    .map((each) => value(each, '00080018'))
    .sort();
};

/** As C-STORE sends it. */
const sendable = (dataset: DataSet): Sendable => ({
  sopClassUid: dataset.text('SOPClassUID')!,
  sopInstanceUid: dataset.text('SOPInstanceUID')!,
  transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN,
  bytes: Buffer.concat([...writeDataSet(dataset, transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!)]),
});

const sopUids = (...made: MadeInstance[]) => made.map(({ sopInstanceUid }) => sopInstanceUid).sort();

test('IHE MHD and MADO: a manifest that is provided by rule brings its study to the recipient, and stays current there', async (t) => {
  const [north, south] = await Promise.all([node(t, 'NORTH', `${LOCATION}.1`), node(t, 'SOUTH', `${LOCATION}.2`)]);
  await put(south, 'NORTH-WADO', 'dicomweb', { url: `${north.url}/dicomweb` });
  await put(north, 'SHARING', 'manifest', { url: `${south.url}/fhir/R4`, retrieveUrl: `${north.url}/dicomweb` });
  await putRules(north, [{ name: 'share', after: 'instance', do: { send: 'SHARING' } }]);
  const attributes = {
    PatientID: 'P-1',
    IssuerOfPatientID: 'NORTHERN',
    PatientName: 'Quimbley^Hermione',
    StudyDescription: 'CT CHEST',
  };
  // Somebody else has that number in the south.
  const stranger = makeStudy(1, 1, {
    attributes: { PatientID: 'P-1', PatientName: 'Other^Olga', PatientBirthDate: '19990101' },
  });
  await stow(
    south.url,
    stranger.map(({ file }) => file),
  );
  const made = makeStudy(2, 2, { attributes });
  const uid = made[0]!.studyInstanceUid;
  await stow(
    north.url,
    made.map(({ file }) => file),
  );
  const all = (listed: number) => (rows: Received[]) =>
    rows.filter((row) => row.state === 'here' && row.listed === listed).length >= 2;
  await receivedOnce(south, uid, all(4));
  assert.deepEqual(await uidsIn(south, uid), sopUids(...made), 'the whole study came');

  await t.test('the patient is reconciled by who gave the number, and not merged by it', async () => {
    const persons = new Set<string>();
    for (const study of [uid, stranger[0]!.studyInstanceUid]) {
      persons.add((await studyOf(south, study)).subject.reference!);
    }
    assert.equal(persons.size, 2);
  });

  const related = `related:identifier=urn:oid:${uid}`;
  await t.test(
    'ITI-67: its documents are found by study, accession, format and patient; ITI-68: retrieved with their hash',
    async () => {
      const kos = 'format=1.2.840.10008.5.1.4.1.1.88.59';
      const found = await documentsOf(south, `${related}&status=current&${kos}`);
      assert.equal(found.length, 1);
      const [document] = found;
      const ways = [
        `patient.identifier=P-1&status=current&${kos}`,
        `study-instance-uid=urn:oid:${uid}&modality=CT&status=current&${kos}`,
        `creation=${document!.date!.slice(0, 10)}&setting=http://snomed.info/sct|394914008&${kos}`,
      ];
      for (const way of ways)
        assert.deepEqual(
          (await documentsOf(south, way)).map(({ id }) => id),
          [document!.id],
          way,
        );
      const { url, hash, size, contentType } = document!.content![0]!.attachment!;
      assert.equal(contentType, 'application/dicom');
      const answer = await fetch(`${south.url}/fhir/R4/${url}`, { headers: { Accept: 'application/dicom' } });
      const bytes = Buffer.from(await answer.arrayBuffer());
      assert.deepEqual([bytes.length, createHash('sha1').update(bytes).digest('base64')], [size, hash]);
      assert.equal(document!.masterIdentifier!.value, `urn:oid:${readDicom(bytes).dataset.text('SOPInstanceUID')}`);
    },
  );

  await t.test('ITI-66: the submission is found by patient', async () => {
    const [document] = await documentsOf(south, `${related}&status=current`);
    const answer = await fetch(
      `${south.url}/fhir/R4/List?patient=${document!.subject!.reference}&code=submissionset&status=current`,
    );
    const bundle = readResource(await answer.text(), 'json') as Bundle<List>;
    assert.ok(
      bundle.entry!.some(({ resource }) =>
        resource!.entry!.some(({ item }) => item!.reference === `DocumentReference/${document!.id}`),
      ),
    );
  });

  await t.test('after a merge the manifest is of the number that survived, in the place of the former', async () => {
    const segments = [
      'MSH|^~\\&|RIS|NORTH|||20260101||ADT^A40^ADT_A39|M1|P|2.5.1',
      'EVN|A40',
      'PID|1||P-9^^^NORTHERN||Quimbley-Ng^Hermione||19610307|F',
      'MRG|P-1^^^NORTHERN',
    ];
    assert.deepEqual(codesOf(await send(north.mllpPort, new TextEncoder().encode(`${segments.join('\r')}\r`))), ['AA']);
    const patientIn = async (): Promise<string[]> => {
      const [document] = await documentsOf(south, `${related}&status=current&format=1.2.840.10008.5.1.4.1.1.88.59`);
      const url = `${south.url}/fhir/R4/${document!.content![0]!.attachment!.url}`;
      const answer = await fetch(url, { headers: { Accept: 'application/dicom' } });
      const { dataset } = readDicom(Buffer.from(await answer.arrayBuffer()));
      return [dataset.text('PatientID')!, dataset.text('PatientName')!];
    };
    let patient = await patientIn();
    for (; patient[0] !== 'P-9'; patient = await patientIn()) await pause(100);
    assert.equal(patient[1], 'Quimbley-Ng^Hermione');
  });

  await t.test(
    'what is rejected, and what arrives, is in the manifest that takes the place of the former',
    async () => {
      const more = makeStudy(1, 1, { studyInstanceUid: uid, attributes });
      await stow(
        north.url,
        more.map(({ file }) => file),
      );
      await receivedOnce(south, uid, all(5));
      assert.deepEqual(await uidsIn(south, uid), sopUids(...made, ...more));
      await stow(north.url, [rejectionNoteOf('113001', [made[0]!]).file]);
      let superseded: DocumentReference[] = [];
      // Once for the merge, once for what arrived, and once for what was rejected.
      while (superseded.length < 6) {
        await pause(50);
        superseded = await documentsOf(south, `${related}&status=superseded`);
      }
      const current = await documentsOf(south, `${related}&status=current`);
      assert.deepEqual([current.length, superseded.length], [2, 6]);
      await receivedOnce(south, uid, all(4));
      assert.ok(current.every(({ relatesTo }) => relatesTo!.some(({ code }) => code === 'replaces')));

      // Of what is left everything is rejected: there is nothing to list any more.
      const left = [made.slice(1, 2), made.slice(2), more];
      await stow(
        north.url,
        left.map((instances) => rejectionNoteOf('113001', instances).file),
      );
      while ((await documentsOf(south, `${related}&status=current`)).length > 0) await pause(50);
    },
  );

  await t.test('a manifest in DICOM brings its study by C-MOVE from the peer that it names', async () => {
    await addPeer(south, 'NORTH', north.dicomPort);
    await addPeer(north, 'SOUTH', south.dicomPort);
    await put(north, 'SOUTHERN', 'dimse', { aeTitle: 'SOUTH', locationUid: `${LOCATION}.2` });
    await put(south, 'NORTHERN', 'dimse', { aeTitle: 'NORTH' });
    await put(south, 'TELL', 'manifest', {
      destination: 'NORTHERN',
      retrieveUrl: `${south.url}/elsewhere`,
      profile: 'xds-i',
    });
    await putRules(south, [
      { name: 'share', after: 'instance', when: 'person.patientId == "S-1"', do: { send: 'TELL' } },
    ]);
    const theirs = makeStudy(1, 3, { attributes: { PatientID: 'S-1' } });
    await stow(
      south.url,
      theirs.map(({ file }) => file),
    );
    const [{ studyInstanceUid }] = theirs as [MadeInstance];
    const [row] = await receivedOnce(north, studyInstanceUid, (rows) =>
      rows.some(({ state, listed }) => state === 'here' && listed === 3),
    );
    assert.deepEqual(
      [row!.pulls.map(({ archive }) => archive), row!.document.split(' ')[0]],
      [['SOUTHERN'], 'instance'],
    );
    assert.deepEqual(await uidsIn(north, studyInstanceUid), sopUids(...theirs));
  });
});

test('a manifest leads nowhere that is not configured: nothing is asked, and that is told', async (t) => {
  const fascia = await startNodeProcess((cleanUp) => t.after(cleanUp), { environment });
  const asked: string[] = [];
  const { url: stranger } = await httpReceiver(t, ({ path }) => {
    asked.push(path);
    return { status: 404 };
  });
  const listed = makeStudy(1, 2);
  const uid = listed[0]!.studyInstanceUid;
  const document = keyObjectSelection({
    sopInstanceUid: freshUid(),
    seriesInstanceUid: freshUid(),
    studyInstanceUid: uid,
    title: MANIFEST,
    at: new Date(),
    manufacturer: 'Elsewhere',
    patientAndStudy: listed[0]!.dataset,
    objects: listed,
    retrieval: () => ({ RetrieveURL: `${stranger}/dicomweb`, RetrieveLocationUID: '1.2.3', RetrieveAETitle: 'NOBODY' }),
  });
  await put(fascia, 'NEIGHBOUR', 'dicomweb', { url: `${stranger}/dicom` });
  await storeAll(fascia.dicomPort, [sendable(document)]);
  const [row] = await receivedOnce(fascia, uid, (rows) => rows.length > 0);
  assert.deepEqual([row!.state, row!.listed, row!.here, row!.pulls], ['unknown', 2, 0, []]);
  assert.deepEqual(row!.unknown, [{ url: `${stranger}/dicomweb`, locationUid: '1.2.3', aeTitle: 'NOBODY' }]);
  assert.deepEqual(asked, []);

  await t.test('an archive that does not have it is told as a failure, not as a study that is whole', async () => {
    await put(fascia, 'ARCHIVE', 'dicomweb', { url: `${stranger}/dicomweb` });
    await storeAll(fascia.dicomPort, [sendable(document.set('SOPInstanceUID', freshUid()))]);
    const [again] = await receivedOnce(fascia, uid, (rows) => rows.some(({ pulls }) => pulls[0]?.problem));
    assert.deepEqual([again!.state, again!.here, again!.pulls[0]!.problem], ['queued', 0, 'delivery/not-now']);
    assert.equal(asked[0], `/dicomweb/studies/${uid}/series/${listed[0]!.seriesInstanceUid}`);
  });
});
