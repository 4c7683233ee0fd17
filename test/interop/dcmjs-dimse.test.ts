// dcmjs-dimse, an implementation by others in another spirit, as our peer in both directions: a hundred instances each,
// every data set compared byte for byte.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import dcmjsDimse from 'dcmjs-dimse';
import type { DataSet } from '../../src/dicom/dataset.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../../src/dicom/transfer-syntax.ts';
import { commit, onCommitmentResult } from '../../src/dimse/scu.ts';
import { asTheyEncode, invoke, startDcmjsArchive, storeRequest } from '../support/dcmjs-peer.ts';
import { retrieve } from '../support/dicomweb.ts';
import { freshUid, type MadeInstance, makeMixedStudy, makeStudy, RLE_LOSSLESS } from '../support/instances.ts';
import { addPeer, type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { ownNetwork } from '../support/own-namespace.ts';
import { associate, destination, echo, find, get, move, storeAll, UNCOMPRESSED } from '../support/peer.ts';
import { assertSameInstances, instanceIn } from '../support/same-instances.ts';

const noServers = await ownNetwork(import.meta.filename);

const { CEchoRequest, CFindRequest, CGetRequest, CMoveRequest, NActionRequest } = dcmjsDimse.requests;
const { CGetResponse, CMoveResponse, CStoreResponse, NEventReportResponse } = dcmjsDimse.responses;
type Heard = InstanceType<typeof dcmjsDimse.responses.Response>;
const STORAGE_COMMITMENT_PUSH = '1.2.840.10008.1.20.1';
const STORAGE_COMMITMENT_PUSH_INSTANCE = '1.2.840.10008.1.20.1.1';
const NO_SUCH_OBJECT_INSTANCE = 0x0112;

/** It proposes both uncompressed transfer syntaxes in one context, and encodes anew what is stored in the other. */
const theirSyntaxes = [EXPLICIT_VR_LITTLE_ENDIAN, RLE_LOSSLESS, EXPLICIT_VR_LITTLE_ENDIAN, RLE_LOSSLESS];

describe('dcmjs-dimse is the user of our services', () => {
  const closing = new AsyncDisposableStack();
  after(() => closing.disposeAsync());
  const study = makeMixedStudy(theirSyntaxes);
  const studyInstanceUid = study[0]!.studyInstanceUid;
  let node: NodeProcess;
  let port: number;

  before(async () => {
    node = await startNodeProcess((cleanUp) => closing.defer(cleanUp), { environment: openDoors });
    port = node.dicomPort;
  });

  test('its C-ECHO is answered', async () => {
    assert.deepEqual(statuses(await invoke(port, [new CEchoRequest()])), [0]);
  });

  test('what it stores, compressed and not, is what we keep', async () => {
    const heard = await invoke(port, study.map(storeRequest));
    assert.deepEqual(
      statuses(heard),
      study.map(() => 0),
    );
    const kept = await retrieve(node.url, `/studies/${studyInstanceUid}`);
    assertSameInstances(kept.map(instanceIn), study);
  });

  test('its C-FIND counts a hundred images in four series, with the name as it is written', async () => {
    const request = CFindRequest.createStudyFindRequest({
      SpecificCharacterSet: 'ISO_IR 192',
      StudyInstanceUID: studyInstanceUid,
      PatientName: '',
      NumberOfStudyRelatedSeries: '',
      NumberOfStudyRelatedInstances: '',
    });
    const [[match, ...final]] = (await invoke(port, [request])) as [Heard[]];
    const elements = match!.getDataset()!.getElements();
    assert.equal(Number(elements.NumberOfStudyRelatedSeries), 4);
    assert.equal(Number(elements.NumberOfStudyRelatedInstances), 100);
    assert.match(JSON.stringify(elements.PatientName), /Müller\^Jürgen/);
    assert.deepEqual(statuses([final]), [0]);
  });

  test('its C-GET brings what was stored', async () => {
    const uncompressed = makeStudy(4, 25);
    await storeAll(port, uncompressed);
    const received: { sopInstanceUid: string; bytes: Uint8Array }[] = [];
    const request = CGetRequest.createStudyGetRequest(uncompressed[0]!.studyInstanceUid);
    const [responses] = await invoke<InstanceType<typeof CGetResponse>>(port, [request], {
      prepare: (client) =>
        client.on('cStoreRequest', (store, answer) => {
          const dataset = store.getDataset();
          const bytes = asTheyEncode({
            bytes: dataset.getDenaturalizedDataset(),
            transferSyntaxUid: dataset.getTransferSyntaxUid(),
          });
          received.push({ sopInstanceUid: store.getAffectedSopInstanceUid(), bytes });
          const response = CStoreResponse.fromRequest(store);
          response.setStatus(0);
          answer(response);
        }),
    });
    const final = responses!.at(-1)!;
    assert.deepEqual([final.getStatus(), final.getCompleted(), final.getFailures()], [0, 100, 0]);
    assertSameInstances(
      received,
      uncompressed.map((one) => ({ ...one, bytes: asTheyEncode(one) })),
    );
  });

  test('its C-MOVE has us send it what was stored', { skip: noServers }, async (t) => {
    const archive = await startDcmjsArchive((cleanUp) => t.after(cleanUp), 11120);
    await addPeer(node, 'DCMJS', 11120);
    const other = makeMixedStudy();
    await storeAll(port, other);
    const request = CMoveRequest.createStudyMoveRequest('DCMJS', other[0]!.studyInstanceUid);
    const [responses] = await invoke<InstanceType<typeof CMoveResponse>>(port, [request]);
    const final = responses!.at(-1)!;
    assert.deepEqual([final.getStatus(), final.getCompleted(), final.getFailures()], [0, 100, 0]);
    assertSameInstances(archive.received, other);
  });

  test('its storage commitment is answered on an association of its own', { skip: noServers }, async (t) => {
    const archive = await startDcmjsArchive((cleanUp) => t.after(cleanUp), 11121);
    await addPeer(node, 'DCMJS', 11121);
    const other = makeStudy(4, 25);
    await storeAll(port, other);
    assert.deepEqual(statuses(await invoke(port, [commitRequest(freshUid(), other)])), [0]);
    const all = await archive.commitmentResult();
    assert.equal(all.eventTypeId, 1);
    assert.deepEqual(
      uidsIn(all.information.ReferencedSOPSequence),
      other.map(({ sopInstanceUid }) => sopInstanceUid),
    );

    const unknown = { ...other[0]!, sopInstanceUid: freshUid() };
    assert.deepEqual(statuses(await invoke(port, [commitRequest(freshUid(), [...other, unknown])])), [0]);
    const most = await archive.commitmentResult();
    assert.equal(most.eventTypeId, 2);
    assert.equal(uidsIn(most.information.ReferencedSOPSequence).length, 100);
    const [failed] = itemsOf(most.information.FailedSOPSequence);
    assert.deepEqual(
      [failed!.ReferencedSOPInstanceUID, failed!.FailureReason],
      [unknown.sopInstanceUid, NO_SUCH_OBJECT_INSTANCE],
    );
  });

  test('its storage commitment is answered on the same association while that lasts', async () => {
    const other = makeStudy(1, 3);
    await storeAll(port, other);
    const request = commitRequest(freshUid(), other);
    const result = Promise.withResolvers<Record<string, unknown>>();
    await invoke(port, [request], {
      lingerMs: 20_000,
      prepare: (client) =>
        client.on('nEventReportRequest', (report, answer) => {
          const response = NEventReportResponse.fromRequest(report);
          response.setStatus(0);
          answer(response);
          result.resolve(report.getDataset().getElements());
          client.abort();
        }),
    });
    assert.deepEqual(
      uidsIn((await result.promise).ReferencedSOPSequence),
      other.map(({ sopInstanceUid }) => sopInstanceUid),
    );
  });
});

describe('dcmjs-dimse serves us', { skip: noServers }, () => {
  const closing = new AsyncDisposableStack();
  after(() => closing.disposeAsync());
  const port = 11122;
  const study = makeMixedStudy(theirSyntaxes);
  const keys = { StudyInstanceUID: study[0]!.studyInstanceUid };

  before(async () => {
    await startDcmjsArchive((cleanUp) => closing.defer(cleanUp), port, study, { SINK: 11123 });
  });

  test('our C-ECHO is answered', async () => {
    assert.equal(await echo(port), 0);
  });

  test('what we store, compressed and not, is what it receives', async (t) => {
    const archive = await startDcmjsArchive((cleanUp) => t.after(cleanUp), 11124);
    const heard = await storeAll(11124, study);
    assert.deepEqual(
      [...heard.values()],
      study.map(() => 0),
    );
    assertSameInstances(archive.received, study);
  });

  test('our C-FIND finds what it holds', async () => {
    const matches = await find(port, 'IMAGE', { ...keys, SOPInstanceUID: null });
    assert.deepEqual(
      matches.map((match) => match.text('SOPInstanceUID')),
      study.map(({ sopInstanceUid }) => sopInstanceUid),
    );
  });

  test('our C-GET brings what it holds', async () => {
    assertSameInstances(await get(port, keys, study), study);
  });

  test('our C-MOVE has it send what it holds', async (t) => {
    const { listener, received } = await destination('SINK', { port: 11123 });
    t.after(() => listener.close());
    assert.equal(await move(port, keys, 'SINK'), 0);
    assertSameInstances(received, study);
  });

  test('it commits to what we ask', async () => {
    const contexts = [{ abstractSyntax: STORAGE_COMMITMENT_PUSH, transferSyntaxes: UNCOMPRESSED }];
    const association = await associate(port, contexts);
    const result = new Promise<DataSet>((resolve) => onCommitmentResult(association, resolve));
    const transactionUid = freshUid();
    assert.equal(await commit(association, transactionUid, study), 0);
    const information = await result;
    await association.release();
    assert.equal(information.text('TransactionUID'), transactionUid);
    assert.deepEqual(
      information.items('ReferencedSOPSequence').map((item) => item.text('ReferencedSOPInstanceUID')),
      study.map(({ sopInstanceUid }) => sopInstanceUid),
    );
  });
});

function commitRequest(transactionUid: string, instances: readonly MadeInstance[]) {
  const request = new NActionRequest(STORAGE_COMMITMENT_PUSH, STORAGE_COMMITMENT_PUSH_INSTANCE, 1);
  const items = instances.map(({ sopClassUid, sopInstanceUid }) => ({
    ReferencedSOPClassUID: sopClassUid,
    ReferencedSOPInstanceUID: sopInstanceUid,
  }));
  request.setDataset(new dcmjsDimse.Dataset({ TransactionUID: transactionUid, ReferencedSOPSequence: items }));
  return request;
}

const statuses = (heard: Heard[][]) => heard.map((responses) => responses.at(-1)?.getStatus());
/** A sequence of one item is that item to dcmjs. */
const itemsOf = (sequence: unknown) => [sequence ?? []].flat() as Record<string, unknown>[];
const uidsIn = (sequence: unknown) => itemsOf(sequence).map((item) => item.ReferencedSOPInstanceUID);
