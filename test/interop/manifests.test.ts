// A manifest whose instances lie in an archive of others: Orthanc gives them by WADO-RS.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { keyObjectSelection } from '../../src/dicom/key-object-selection.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../src/dicom/transfer-syntax.ts';
import { writeDataSet } from '../../src/dicom/writer.ts';
import { MANIFEST } from '../../src/translate/manifest/manifest-title.ts';
import { call } from '../support/delivery.ts';
import { retrieve } from '../support/dicomweb.ts';
import { freshUid, makeStudy } from '../support/instances.ts';
import { openDoors, startNodeProcess } from '../support/node-process.ts';
import { startOrthanc, withoutOrthanc } from '../support/orthanc.ts';
import { ownNetwork } from '../support/own-namespace.ts';
import { storeAll } from '../support/peer.ts';
import { assertSameInstances, instanceIn } from '../support/same-instances.ts';

const skip = withoutOrthanc || (await ownNetwork(import.meta.filename));

test('IHE XDS-I.b: what a manifest lists comes from Orthanc by WADO-RS, as it is kept there', { skip }, async (t) => {
  const fascia = await startNodeProcess((cleanUp) => t.after(cleanUp), { environment: openDoors });
  await startOrthanc((cleanUp) => t.after(cleanUp), { dicomPort: 11131, httpPort: 8131, modalities: {} });
  const made = makeStudy(2, 5);
  await storeAll(11131, made, { calledAeTitle: 'ORTHANC' });
  const root = 'http://127.0.0.1:8131/dicom-web';
  await call(fascia, 'PUT', '/destinations/ORTHANC-WEB', { kind: 'dicomweb', settings: { url: root } });
  const [{ studyInstanceUid, dataset }] = made as [(typeof made)[0]];
  const document = keyObjectSelection({
    ...{ sopInstanceUid: freshUid(), seriesInstanceUid: freshUid(), studyInstanceUid, title: MANIFEST },
    ...{ at: new Date(), manufacturer: 'Elsewhere', patientAndStudy: dataset, objects: made },
    // XDS-I.b has the address of each series.
    retrieval: (series) => ({ RetrieveURL: `${root}/studies/${studyInstanceUid}/series/${series}` }),
  });
  const syntax = transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!;
  await storeAll(fascia.dicomPort, [
    {
      sopClassUid: document.text('SOPClassUID')!,
      sopInstanceUid: document.text('SOPInstanceUID')!,
      transferSyntaxUid: syntax.uid,
      bytes: Buffer.concat([...writeDataSet(document, syntax)]),
    },
  ]);
  let state = '';
  while (state !== 'here') {
    await pause(50);
    const rows = (await (await call(fascia, 'GET', '/manifests')).json()) as { state: string }[];
    state = rows[0]?.state ?? '';
  }
  const files = await retrieve(fascia.url, `/studies/${studyInstanceUid}`);
  const kept = files
    .map(instanceIn)
    .filter(({ sopInstanceUid }) => made.some((one) => one.sopInstanceUid === sopInstanceUid));
  assert.equal(kept.length, made.length);
  assertSameInstances(kept, made);
});
