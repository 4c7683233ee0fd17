// DCMTK's tools as our peers, in both directions, a hundred instances each, every data set compared byte for byte.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
  transferSyntax,
} from '../../src/dicom/transfer-syntax.ts';
import { writeDataSet } from '../../src/dicom/writer.ts';
import { startDcmqrscp, startStorescp } from '../support/dcmtk.ts';
import { retrieve } from '../support/dicomweb.ts';
import { emptyFolder, folderOf } from '../support/folder.ts';
import { type MadeInstance, makeMixedStudy, makeStudy } from '../support/instances.ts';
import { without } from '../support/needs.ts';
import { addPeer, type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { ownNetwork } from '../support/own-namespace.ts';
import { destination, echo, find, get, move, storeAll } from '../support/peer.ts';
import { succeed } from '../support/program.ts';
import { assertSameInstances, instanceIn, instancesInFolder } from '../support/same-instances.ts';

/** Where namespaces are refused, DCMTK's servers are not started; its clients are safe anywhere. */
const noServers = await ownNetwork(import.meta.filename);
const withoutDcmtk = without('storescu', 'dcmtk');

describe('DCMTK is the user of our services', { skip: withoutDcmtk }, () => {
  const closing = new AsyncDisposableStack();
  after(() => closing.disposeAsync());
  let node: NodeProcess;
  let called: string[];

  before(async () => {
    node = await startNodeProcess((cleanUp) => closing.defer(cleanUp), { environment: openDoors });
    called = ['-aet', 'DCMTK', '-aec', 'FASCIA', '127.0.0.1', String(node.dicomPort)];
  });

  test('echoscu hears that we are there', async () => {
    await succeed('echoscu', called);
  });

  test('what storescu stores is what we keep', async (t) => {
    const study = makeStudy(4, 25);
    const folder = folderOf(t.after.bind(t), files(study));
    await succeed('storescu', ['-R', '+sd', ...called, folder]);
    assertSameInstances(await kept(node, study), study);
  });

  test('what dcmsend stores is what we keep, compressed as it was, implicit VR made explicit on its way out', async (t) => {
    const study = makeMixedStudy();
    const folder = folderOf(t.after.bind(t), files(study));
    await succeed('dcmsend', ['+sd', ...called, folder]);
    assertSameInstances(await kept(node, study), study.map(withExplicitVr));
  });

  test('findscu counts patients, studies, series and images', async () => {
    const study = makeStudy(4, 25, { attributes: { PatientID: 'FINDSCU', PatientName: 'Find^Scu' } });
    await storeAll(node.dicomPort, study);
    const StudyInstanceUID = study[0]!.studyInstanceUid;
    const patient = await findscu(called, '-P', {
      QueryRetrieveLevel: 'PATIENT',
      PatientID: 'FINDSCU',
      PatientName: '',
    });
    assert.deepEqual(
      patient.map(({ PatientName }) => PatientName),
      ['Find^Scu'],
    );
    const study1 = await findscu(called, '-S', {
      QueryRetrieveLevel: 'STUDY',
      PatientName: 'find*',
      StudyInstanceUID: '',
      NumberOfStudyRelatedInstances: '',
    });
    assert.deepEqual(
      study1.map(({ NumberOfStudyRelatedInstances }) => NumberOfStudyRelatedInstances),
      ['100'],
    );
    const series = await findscu(called, '-S', {
      QueryRetrieveLevel: 'SERIES',
      StudyInstanceUID,
      SeriesInstanceUID: '',
    });
    assert.deepEqual(
      distinct(series, 'SeriesInstanceUID'),
      [...new Set(study.map((one) => one.seriesInstanceUid))].sort(),
    );
    const { seriesInstanceUid: SeriesInstanceUID } = study[0]!;
    const images = await findscu(called, '-S', {
      QueryRetrieveLevel: 'IMAGE',
      StudyInstanceUID,
      SeriesInstanceUID,
      SOPInstanceUID: '',
    });
    assert.deepEqual(
      distinct(images, 'SOPInstanceUID'),
      study
        .slice(0, 25)
        .map((one) => one.sopInstanceUid)
        .sort(),
    );
  });

  test('getscu receives what was stored', async (t) => {
    const study = makeStudy(4, 25);
    await storeAll(node.dicomPort, study);
    const folder = emptyFolder(t.after.bind(t));
    await succeed('getscu', ['-S', '+B', '-od', folder, ...studyKeys(study), ...called]);
    assertSameInstances(instancesInFolder(folder), study);
  });

  test('movescu has us send to storescp, in the transfer syntaxes as stored', { skip: noServers }, async (t) => {
    const study = makeMixedStudy();
    await storeAll(node.dicomPort, study);
    const folder = await startStorescp(t.after.bind(t), 'STORESCP', 11113);
    await addPeer(node, 'STORESCP', 11113);
    await succeed('movescu', ['-S', '-aem', 'STORESCP', ...studyKeys(study), ...called]);
    assertSameInstances(instancesInFolder(folder), study);
  });

  test('we send to dcmqrscp, which keeps what we keep', { skip: noServers }, async (t) => {
    const study = makeStudy(4, 25);
    await storeAll(node.dicomPort, study);
    const folder = await startDcmqrscp(t.after.bind(t), 'DCMQRSCP', 11114, {});
    await addPeer(node, 'DCMQRSCP', 11114);
    assert.equal(await move(node.dicomPort, { StudyInstanceUID: study[0]!.studyInstanceUid }, 'DCMQRSCP'), 0);
    assertSameInstances(instancesInFolder(folder), study);
  });
});

describe('DCMTK serves us', { skip: withoutDcmtk || noServers }, () => {
  const port = 11115;
  const archive = { calledAeTitle: 'DCMQRSCP' };
  const study = makeStudy(4, 25);
  const keys = { StudyInstanceUID: study[0]!.studyInstanceUid };
  const closing = new AsyncDisposableStack();
  after(() => closing.disposeAsync());
  let folder: string;

  before(async () => {
    folder = await startDcmqrscp((cleanUp) => closing.defer(cleanUp), 'DCMQRSCP', port, { SINK: 11116 });
    const statuses = await storeAll(port, study, archive);
    assert.deepEqual([...new Set(statuses.values())], [0]);
  });

  test('dcmqrscp hears that we are there', async () => {
    assert.equal(await echo(port, archive), 0);
  });

  test('what we store is what dcmqrscp keeps', () => {
    assertSameInstances(instancesInFolder(folder), study);
  });

  test('we find what dcmqrscp keeps', async () => {
    const images = await find(
      port,
      'IMAGE',
      { ...keys, SeriesInstanceUID: study[0]!.seriesInstanceUid, SOPInstanceUID: null },
      archive,
    );
    assert.deepEqual(
      images.map((match) => match.text('SOPInstanceUID')).sort(),
      study
        .slice(0, 25)
        .map(({ sopInstanceUid }) => sopInstanceUid)
        .sort(),
    );
  });

  test('we get from dcmqrscp what we stored', async () => {
    assertSameInstances(await get(port, keys, study, archive), study);
  });

  test('dcmqrscp sends to us what we stored, when we ask it to', async (t) => {
    const { listener, received } = await destination('SINK', { port: 11116 });
    t.after(() => listener.close());
    assert.equal(await move(port, keys, 'SINK', archive), 0);
    assertSameInstances(received, study);
  });
});

const files = (study: readonly MadeInstance[]) => study.map(({ file }) => file);
const studyKeys = (study: readonly MadeInstance[]) => [
  '-k',
  'QueryRetrieveLevel=STUDY',
  '-k',
  `StudyInstanceUID=${study[0]!.studyInstanceUid}`,
];

/** How dcmsend sends it: it proposes all uncompressed transfer syntaxes in one context and prefers this one. */
function withExplicitVr(instance: MadeInstance): MadeInstance {
  if (instance.transferSyntaxUid !== IMPLICIT_VR_LITTLE_ENDIAN) return instance;
  const bytes = writeDataSet(instance.dataset, transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!);
  return { ...instance, bytes: new Uint8Array(Buffer.concat(bytes)) };
}

/** What the node keeps of a study. */
const kept = async ({ url }: NodeProcess, study: readonly MadeInstance[]) =>
  (await retrieve(url, `/studies/${study[0]!.studyInstanceUid}`)).map(instanceIn);

/** The answers of findscu, as it prints them. */
async function findscu(called: readonly string[], model: string, keys: Record<string, string>) {
  const asked = Object.entries(keys).flatMap(([keyword, value]) => ['-k', `${keyword}=${value}`]);
  const output = await succeed('findscu', ['-v', model, ...asked, ...called]);
  const answers = output.split(/Find Response: \d+ \(Pending\)/).slice(1);
  return answers.map((text) => {
    const lines = text.matchAll(/\[(.*?)[\s\0]*\]\s+#\s+\d+, \d+ (\w+)/g);
    return Object.fromEntries(Array.from(lines, ([, value, keyword]) => [keyword!, value!]));
  });
}

const distinct = (answers: Record<string, string>[], keyword: string) =>
  [...new Set(answers.map((answer) => answer[keyword]!))].sort();
