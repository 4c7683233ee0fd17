// Orthanc as our peer in both directions, by DIMSE and as a DICOMweb client: a hundred instances each, every data set
// compared byte for byte.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { DataSet } from '../../src/dicom/dataset.ts';
import { commit } from '../../src/dimse/scu.ts';
import { STORAGE_COMMITMENT_PUSH } from '../../src/dimse/services.ts';
import { retrieve } from '../support/dicomweb.ts';
import { freshUid, type MadeInstance, makeMixedStudy, makeStudy } from '../support/instances.ts';
import { addPeer, type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { type Orthanc, startOrthanc, withoutOrthanc } from '../support/orthanc.ts';
import { ownNetwork } from '../support/own-namespace.ts';
import { associate, destination, echo, find, get, move, storeAll, UNCOMPRESSED } from '../support/peer.ts';
import { assertSameInstances, instanceIn } from '../support/same-instances.ts';

const skip = withoutOrthanc || (await ownNetwork(import.meta.filename));

const limits = { pollMs: 100, commitmentMs: 30_000 };

describe('Orthanc and a node', { skip }, () => {
  const closing = new AsyncDisposableStack();
  after(() => closing.disposeAsync());
  let node: NodeProcess;
  let orthanc: Orthanc;

  before(async () => {
    node = await startNodeProcess((cleanUp) => closing.defer(cleanUp), { environment: openDoors });
    orthanc = await startOrthanc((cleanUp) => closing.defer(cleanUp), {
      dicomPort: 11130,
      httpPort: 8130,
      modalities: { FASCIA: node.dicomPort },
      dicomWeb: `${node.url}/dicomweb/`,
    });
    await addPeer(node, 'ORTHANC', 11130);
  });

  beforeEach(() => orthanc.forgetAll());

  test('its C-ECHO is answered', async () => {
    await orthanc.post('/modalities/FASCIA/echo', {});
  });

  test('what it sends by C-STORE is what we keep', async () => {
    const study = makeMixedStudy();
    const Resources = await keepAll(orthanc, study);
    await orthanc.post('/modalities/FASCIA/store', { Resources, Synchronous: true });
    assertSameInstances(await kept(node, study), study);
  });

  test('what it finds here by C-FIND it has sent to itself by C-MOVE', async () => {
    const study = makeMixedStudy();
    await storeAll(node.dicomPort, study);
    const Query = {
      StudyInstanceUID: study[0]!.studyInstanceUid,
      PatientName: 'müller*',
      NumberOfStudyRelatedInstances: '',
    };
    const { Path } = await orthanc.post<{ Path: string }>('/modalities/FASCIA/query', { Level: 'Study', Query });
    const found = await orthanc.get<Record<string, string>>(`${Path}/answers/0/content?simplify`);
    assert.equal(found.NumberOfStudyRelatedInstances, '100');
    await orthanc.post(`${Path}/retrieve`, { TargetAet: 'ORTHANC', Synchronous: true });
    assertSameInstances(await orthanc.holdings(), study);
  });

  test('what we send by C-MOVE at the wish of another is what it keeps', async () => {
    const study = makeMixedStudy();
    await storeAll(node.dicomPort, study);
    assert.equal(await move(node.dicomPort, { StudyInstanceUID: study[0]!.studyInstanceUid }, 'ORTHANC'), 0);
    assertSameInstances(await orthanc.holdings(), study);
  });

  test('we commit to what it asks for, and say what is missing', async () => {
    const study = makeStudy(4, 25);
    await storeAll(node.dicomPort, study);
    const all = await committed(orthanc, study);
    assert.deepEqual([all.Status, all.Success.length, all.Failures.length], ['Success', 100, 0]);
    const most = await committed(orthanc, [...study, { ...study[0]!, sopInstanceUid: freshUid() }]);
    assert.deepEqual([most.Status, most.Success.length, most.Failures.length], ['Failure', 100, 1]);
  });

  test('what it sends by STOW-RS is what we keep', async () => {
    const study = makeMixedStudy();
    const Resources = await keepAll(orthanc, study);
    await orthanc.post('/dicom-web/servers/fascia/stow', { Resources, Synchronous: true });
    assertSameInstances(await kept(node, study), study);
  });

  test('what it finds here by QIDO-RS it retrieves by WADO-RS', async () => {
    const study = makeMixedStudy();
    await storeAll(node.dicomPort, study);
    const Study = study[0]!.studyInstanceUid;
    const question = { Uri: '/studies', Arguments: { StudyInstanceUID: Study, PatientName: 'Müller*' } };
    const found = await orthanc.post<unknown[]>('/dicom-web/servers/fascia/qido', question);
    assert.equal(found.length, 1);
    await orthanc.post('/dicom-web/servers/fascia/retrieve', { Resources: [{ Study }], Synchronous: true });
    assertSameInstances(await orthanc.holdings(), study);
  });
});

describe('Orthanc serves us', { skip }, () => {
  const closing = new AsyncDisposableStack();
  after(() => closing.disposeAsync());
  const port = 11131;
  const archive = { calledAeTitle: 'ORTHANC' };
  const study = makeMixedStudy();
  const keys = { StudyInstanceUID: study[0]!.studyInstanceUid };
  let orthanc: Orthanc;

  before(async () => {
    orthanc = await startOrthanc((cleanUp) => closing.defer(cleanUp), {
      dicomPort: port,
      httpPort: 8131,
      modalities: { TESTPEER: 11132, SINK: 11133 },
    });
  });

  test('our C-ECHO is answered', async () => {
    assert.equal(await echo(port, archive), 0);
  });

  test('what we store is what it keeps', async () => {
    const statuses = await storeAll(port, study, archive);
    assert.deepEqual([...new Set(statuses.values())], [0]);
    assertSameInstances(await orthanc.holdings(), study);
  });

  test('our C-FIND finds it', async () => {
    const { seriesInstanceUid: SeriesInstanceUID } = study[0]!;
    const images = await find(port, 'IMAGE', { ...keys, SeriesInstanceUID, SOPInstanceUID: null }, archive);
    const wanted = study.filter((one) => one.seriesInstanceUid === SeriesInstanceUID);
    assert.deepEqual(
      images.map((match) => match.text('SOPInstanceUID')).sort(),
      wanted.map(({ sopInstanceUid }) => sopInstanceUid).sort(),
    );
  });

  test('our C-GET brings it', async () => {
    assertSameInstances(await get(port, keys, study, archive), study);
  });

  test('our C-MOVE has it send it', async (t) => {
    const { listener, received } = await destination('SINK', { port: 11133 });
    t.after(() => listener.close());
    assert.equal(await move(port, keys, 'SINK', archive), 0);
    assertSameInstances(received, study);
  });

  test('it commits to what we ask for, and says what is missing', async () => {
    const outcome = async (instances: readonly MadeInstance[]) => {
      const result = Promise.withResolvers<DataSet>();
      const { listener } = await destination('TESTPEER', { port: 11132, committed: result.resolve });
      const contexts = [{ abstractSyntax: STORAGE_COMMITMENT_PUSH, transferSyntaxes: UNCOMPRESSED }];
      const association = await associate(port, contexts, archive);
      assert.equal(await commit(association, freshUid(), instances), 0);
      await association.release();
      const information = await result.promise;
      await listener.close();
      return ['ReferencedSOPSequence', 'FailedSOPSequence'].map((keyword) => information.items(keyword).length);
    };
    assert.deepEqual(await outcome(study), [100, 0]);
    assert.deepEqual(await outcome([...study, { ...study[0]!, sopInstanceUid: freshUid() }]), [100, 1]);
  });
});

/** Gives Orthanc the files; resolves to its names for them. */
const keepAll = (orthanc: Orthanc, study: readonly MadeInstance[]) =>
  Promise.all(study.map(({ file }) => orthanc.keep(file)));

/** What the node keeps of a study. */
const kept = async ({ url }: NodeProcess, study: readonly MadeInstance[]) =>
  (await retrieve(url, `/studies/${study[0]!.studyInstanceUid}`)).map(instanceIn);

interface Commitment {
  Status: 'Pending' | 'Success' | 'Failure';
  Success: unknown[];
  Failures: unknown[];
}

/** Has Orthanc request storage commitment, and waits until it has heard the result. */
async function committed(orthanc: Orthanc, study: readonly MadeInstance[]): Promise<Commitment> {
  const DicomInstances = study.map((one) => ({ SOPClassUID: one.sopClassUid, SOPInstanceUID: one.sopInstanceUid }));
  const { Path } = await orthanc.post<{ Path: string }>('/modalities/FASCIA/storage-commitment', { DicomInstances });
  const deadline = performance.now() + limits.commitmentMs;
  for (;;) {
    const report = await orthanc.get<Commitment>(Path);
    if (report.Status !== 'Pending') return report;
    if (performance.now() > deadline) throw new Error('Orthanc has heard no result of storage commitment');
    await new Promise((resolve) => setTimeout(resolve, limits.pollMs));
  }
}
