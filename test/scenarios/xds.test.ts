// IHE XDS-I.b by SOAP: a node as Imaging Document Source (RAD-68, RAD-69) and as Imaging Document Consumer (RAD-69), before
// peers that were written from the standard alone.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { DataSet } from '../../src/dicom/dataset.ts';
import { keyObjectSelection } from '../../src/dicom/key-object-selection.ts';
import { readDicom } from '../../src/dicom/reader.ts';
import {
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
  transferSyntax,
} from '../../src/dicom/transfer-syntax.ts';
import { writeDataSet } from '../../src/dicom/writer.ts';
import { listedInKos } from '../../src/translate/manifest/listed-in-kos.ts';
import { MANIFEST } from '../../src/translate/manifest/manifest-title.ts';
import { call, ledgerOnce, putRules } from '../support/delivery.ts';
import { getJson, retrieve, stow } from '../support/dicomweb.ts';
import { httpReceiver } from '../support/http-receiver.ts';
import { freshUid, type MadeInstance, makeStudy } from '../support/instances.ts';
import { type NodeProcess, openDoors, sharedNode } from '../support/node-process.ts';
import { storeAll } from '../support/peer.ts';
import { rejectionNoteOf } from '../support/rejection-note.ts';
import { assertSameInstances, instanceIn } from '../support/same-instances.ts';
import { all, one, postSoap, type SoapReply, soapEnvelope } from '../support/soap-peer.ts';
import { imagingSource, RAD69, rad69Request, XdsDomain } from '../support/xds-domain.ts';

const LOCATION = '1.2.826.0.1.3680043.10.9999.7';
const DOMAIN = '1.3.6.1.4.1.21367.13.20.1000';
const shared = sharedNode({
  environment: { ...openDoors, FASCIA_LOCATION_UID: LOCATION, FASCIA_INSTITUTION: 'St. Ypres & Sons' },
});

const kept = async (node: NodeProcess, made: readonly MadeInstance[]): Promise<void> => {
  const files = made.map(({ file }) => file);
  assert.equal((await stow(node.url, files)).status, 200);
};

const asking = (node: NodeProcess, body: string): Promise<SoapReply> =>
  postSoap(`${node.url}/xds/rad69`, soapEnvelope(RAD69, body, { messageId: 'urn:uuid:asked' }));

/** The documents of an answer, each by the part that it refers to. */
const documentsIn = ({ envelope, parts }: SoapReply) =>
  all(envelope, 'DocumentResponse').map((each) => {
    assert.equal(one(each, 'mimeType').text, 'application/dicom');
    const bytes = parts.get(one(each, 'Include').attributes.href!.replace('cid:', ''))!.bytes;
    return { uid: one(each, 'DocumentUniqueId').text, repository: one(each, 'RepositoryUniqueId').text, bytes };
  });

const statusOf = ({ envelope }: SoapReply): string =>
  one(envelope, 'RegistryResponse').attributes.status!.split(':').at(-1)!;

const errorsOf = ({ envelope }: SoapReply): string[][] =>
  all(envelope, 'RegistryError').map(({ attributes }) => [attributes.errorCode!, attributes.location!]);

test('IHE RAD-69: the images that a manifest lists are given as files beside the answer, as they are kept', async () => {
  const node = await shared();
  const made = makeStudy(2, 3, { attributes: { PatientID: 'R69' } });
  const wanted = [made[0]!, made[2]!, made[4]!];
  await kept(node, made);
  const answer = await asking(node, rad69Request(LOCATION, wanted, [EXPLICIT_VR_LITTLE_ENDIAN]));
  assert.equal(answer.status, 200);
  assert.equal(one(answer.envelope, 'Action').text, 'urn:ihe:iti:2007:RetrieveDocumentSetResponse');
  assert.equal(one(answer.envelope, 'RelatesTo').text, 'urn:uuid:asked');
  assert.equal(statusOf(answer), 'Success');
  const documents = documentsIn(answer);
  assert.deepEqual(new Set(documents.map(({ repository }) => repository)), new Set([LOCATION]));
  assertSameInstances(
    documents.map(({ bytes }) => instanceIn(bytes)),
    wanted,
  );
  for (const { uid, bytes } of documents) assert.equal(readDicom(bytes).dataset.text('SOPInstanceUID'), uid);
  const audited = (await (await call(node, 'GET', '/audit?limit=100')).json()) as Record<string, unknown>[];
  const rows = audited.filter(({ studyUid, door }) => studyUid === made[0]!.studyInstanceUid && door === 'xds');
  assert.deepEqual(
    rows.map(({ action, outcome, instanceCount }) => [action, outcome, instanceCount]),
    [['retrieve', 'success', 3]],
  );
});

test('RAD-69: an image comes in a transfer syntax that is listed, and is told as an error where it cannot', async () => {
  const node = await shared();
  const [made] = makeStudy(1, 1) as [MadeInstance];
  await kept(node, [made]);
  const JPEG_LS = '1.2.840.10008.1.2.4.80';
  for (const syntax of [IMPLICIT_VR_LITTLE_ENDIAN, JPEG_LS]) {
    const [document] = documentsIn(await asking(node, rad69Request(LOCATION, [made], ['1.2.3', syntax])));
    assert.equal(readDicom(document!.bytes).transferSyntax.uid, syntax);
    assert.equal(readDicom(document!.bytes).dataset.text('SOPInstanceUID'), made.sopInstanceUid);
  }
  const refused = await asking(node, rad69Request(LOCATION, [made], ['1.2.840.10008.1.2.4.100']));
  assert.equal(statusOf(refused), 'Failure');
  assert.deepEqual(errorsOf(refused), [['urn:dicom:wado:0007', made.sopInstanceUid]]);
  assert.equal(refused.parts.size, 0);
});

test('RAD-69: what is not here, rejected, of another series or of another source is told for each document, the others come', async () => {
  const node = await shared();
  const made = makeStudy(2, 2);
  const [first, rejected, other] = made as [MadeInstance, MadeInstance, MadeInstance];
  await kept(node, made);
  await stow(node.url, [rejectionNoteOf('113001', [rejected]).file]);
  const absent = { ...first, sopInstanceUid: '1.2.3.4' };
  const elsewhere = { ...other, seriesInstanceUid: first.seriesInstanceUid };
  const stranger = { ...first, studyInstanceUid: '1.2.3', sopInstanceUid: '1.2.3.5' };
  const request = rad69Request(LOCATION, [first, rejected, absent, elsewhere, stranger], [EXPLICIT_VR_LITTLE_ENDIAN]);
  const answer = await asking(node, request);
  assert.equal(statusOf(answer), 'PartialSuccess');
  assertSameInstances(
    documentsIn(answer).map(({ bytes }) => instanceIn(bytes)),
    [first],
  );
  const missing = [rejected, absent, elsewhere, stranger].map(({ sopInstanceUid }) => sopInstanceUid);
  assert.deepEqual(errorsOf(answer).sort(), missing.map((uid) => ['XDSDocumentUniqueIdError', uid]).sort());
  const foreign = await asking(node, rad69Request('1.2.3.4.5', [first], [EXPLICIT_VR_LITTLE_ENDIAN]));
  assert.equal(statusOf(foreign), 'Failure');
  assert.deepEqual(errorsOf(foreign), [['XDSUnknownRepositoryId', first.sopInstanceUid]]);
});

let outs = 0;

/** A destination for a domain, which is sent everything of one patient. */
async function sharingWith(t: TestContext, node: NodeProcess, domain: XdsDomain, settings: object = {}) {
  const { url } = await httpReceiver(t, (request) => domain.answer(request));
  const out = `XDS${++outs}`;
  const told = { url, affinityDomain: DOMAIN, retrieveUrl: `${node.url}/dicomweb`, ...settings };
  const answer = await call(node, 'PUT', `/destinations/${out}`, { kind: 'xds', settings: told });
  assert.equal(answer.status, 200, await answer.text());
  return out;
}

const ofDomain = (number: string) => ({
  PatientID: number,
  IssuerOfPatientIDQualifiersSequence: [
    new DataSet().set('UniversalEntityID', DOMAIN).set('UniversalEntityIDType', 'ISO'),
  ],
  PatientName: 'Quimbley^Hermione',
  PatientBirthDate: '19610307',
  PatientSex: 'F',
});

test('IHE RAD-68: a study is submitted as a manifest with the metadata of the affinity domain, and later in the place of the former', async (t) => {
  const node = await shared();
  const cx = `PT-4711^^^&${DOMAIN}&ISO`;
  const domain = new XdsDomain([cx]);
  const practice = { code: 'RAD', scheme: '1.2.3.4', display: 'Radiology <here>' };
  const out = await sharingWith(t, node, domain, { codes: { practiceSetting: practice } });
  await putRules(node, [{ name: 'share', after: 'instance', do: { send: out } }]);
  const made = makeStudy(2, 2, {
    attributes: { ...ofDomain('PT-4711'), AccessionNumber: 'ACC-9', StudyDescription: 'CT & CHEST' },
  });
  const uid = made[0]!.studyInstanceUid;
  await kept(node, made.slice(0, 3));
  const taken = await ledgerOnce(
    node,
    (rows) => rows.length === 3 && rows.every(({ state }) => state === 'accepted'),
    made,
  );
  assert.match(taken[0]!.proof ?? '', /ResponseStatusType:Success$/);
  const [document] = domain.approved;
  const { dataset } = readDicom(document!.bytes);
  assert.equal(document!.uniqueId, dataset.text('SOPInstanceUID'));
  assert.equal(document!.patientId, cx);
  const [listed] = listedInKos(dataset);
  assert.equal(listed!.studyInstanceUid, uid);
  assert.equal(listed!.series[0]!.from.locationUid, LOCATION);

  await t.test('ITI TF-3 4.2.3: what the domain classifies documents by', () => {
    const { codes, slots } = document!;
    assert.deepEqual(codes.format, ['1.2.840.10008.5.1.4.1.1.88.59^1.2.840.10008.2.6.1']);
    assert.deepEqual(codes.practiceSetting, ['RAD^1.2.3.4']);
    assert.deepEqual(codes.class, ['18748-4^2.16.840.1.113883.6.1']);
    assert.ok(codes.event!.includes('CT^1.2.840.10008.2.16.4'), 'the modality');
    assert.deepEqual(slots.sourcePatientId, [cx]);
    assert.deepEqual(slots.sourcePatientInfo, [`PID-3|${cx}`, 'PID-5|Quimbley^Hermione', 'PID-7|19610307', 'PID-8|F']);
    const references = slots['urn:ihe:iti:xds:2013:referenceIdList']!;
    assert.ok(references.some((each) => /^ACC-9\^\^\^&[0-9.]+&ISO\^urn:ihe:iti:xds:2013:accession$/.test(each)));
    assert.ok(references.includes(`${uid}^^^^urn:ihe:iti:xds:2016:studyInstanceUID`));
  });

  /** A study whose facts are found, or whose patient is known better, meanwhile is told of again: how often is not said. */
  const onlyTheLatestStands = () => {
    const { documents } = domain;
    assert.deepEqual(
      documents.map(({ isApproved }) => isApproved),
      documents.map((each) => each === documents.at(-1)),
    );
    assert.equal(new Set(documents.map(({ uniqueId }) => uniqueId)).size, documents.length, 'none was taken twice');
  };

  await t.test('what arrives later is a manifest in the place of the former, which is deprecated', async () => {
    await kept(node, made.slice(3));
    while (domain.documents.length < 2) await pause(20);
    await ledgerOnce(node, (rows) => rows.length === 4 && rows.every(({ state }) => state === 'accepted'), made);
    onlyTheLatestStands();
    const uids = listedInKos(readDicom(domain.approved[0]!.bytes).dataset)[0]!.series.flatMap(
      ({ instances }) => instances,
    );
    assert.equal(uids.length, 4);
  });

  /** One more instance of the study. */
  const oneMore = () => kept(node, makeStudy(1, 1, { studyInstanceUid: uid, attributes: ofDomain('PT-4711') }));
  const allAccepted = (count: number) =>
    ledgerOnce(node, (rows) => rows.length === count && rows.every(({ state }) => state === 'accepted'), made);
  const listedNow = () =>
    listedInKos(readDicom(domain.approved[0]!.bytes).dataset)[0]!.series.flatMap(({ instances }) => instances).length;

  await t.test('of a submission whose answer is lost there is one document in the end', async () => {
    domain.loses = 'answer';
    await oneMore();
    await allAccepted(5);
    assert.equal(domain.loses, undefined);
    onlyTheLatestStands();
    assert.equal(listedNow(), 5);
  });

  for (const loses of ['answer', 'message'] as const) {
    await t.test(`the same where more arrives after the ${loses} was lost: one document lists all`, async () => {
      domain.loses = loses;
      const before = listedNow();
      await oneMore();
      while (domain.loses !== undefined) await pause(10);
      await oneMore();
      await allAccepted(before + 2);
      assert.equal(domain.approved.length, 1);
      assert.equal(listedNow(), before + 2);
    });
  }

  await t.test('a former one that the registry has lost is no reason to be refused', async () => {
    domain.documents.length = 0;
    await oneMore();
    await allAccepted(10);
    assert.equal(domain.approved.length, 1);
  });

  await t.test(
    'a registry that is busy is asked again; one that does not know the patient is told of to people',
    async () => {
      const [next] = makeStudy(1, 1, { attributes: ofDomain('PT-4711') }) as [MadeInstance];
      const [stranger] = makeStudy(1, 1, {
        attributes: { ...ofDomain('PT-0815'), PatientName: 'Other^Olga', PatientBirthDate: '19990101' },
      }) as [MadeInstance];
      const [local] = makeStudy(1, 1, { attributes: { PatientID: 'LOCAL' } }) as [MadeInstance];
      domain.failure = { study: next.studyInstanceUid, codes: ['XDSRegistryBusy'] };
      await kept(node, [next, stranger, local]);
      const ended = await ledgerOnce(
        node,
        (rows) => rows.length === 3 && rows.every(({ state }) => state === 'accepted' || state === 'failed'),
        [next, stranger, local],
      );
      const of = ({ sopInstanceUid }: MadeInstance) => ended.find((row) => row.sopInstanceUid === sopInstanceUid)!;
      assert.equal(of(next).state, 'accepted');
      assert.equal(domain.failure, undefined);
      assert.ok(of(next).attempts > 1);
      // What a registry says beside its code may name a patient.
      assert.deepEqual([of(stranger).problem, of(stranger).reason], ['delivery/refused', 'XDSUnknownPatientId']);
      assert.equal(of(local).problem, 'xds/no-number');
    },
  );
});

/** As C-STORE sends it. */
async function sendManifest(node: NodeProcess, made: readonly MadeInstance[], retrieval: Record<string, string>) {
  const [{ studyInstanceUid, dataset }] = made as [MadeInstance];
  const document = keyObjectSelection({
    ...{ sopInstanceUid: freshUid(), seriesInstanceUid: freshUid(), studyInstanceUid, title: MANIFEST },
    ...{ at: new Date(), manufacturer: 'Elsewhere', patientAndStudy: dataset, objects: made },
    retrieval: () => retrieval,
  });
  const sendable = {
    sopClassUid: document.text('SOPClassUID')!,
    sopInstanceUid: document.text('SOPInstanceUID')!,
    transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN,
    bytes: Buffer.concat([...writeDataSet(document, transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!)]),
  };
  await storeAll(node.dicomPort, [sendable]);
}

interface Received {
  state: string;
  here: number;
  pulls: { archive: string; problem: string | null }[];
}

async function receivedOnce(node: NodeProcess, uid: string, holds: (row: Received) => boolean): Promise<Received> {
  for (;;) {
    const rows = (await (await call(node, 'GET', `/manifests?studyInstanceUid=${uid}`)).json()) as Received[];
    if (rows[0] !== undefined && holds(rows[0])) return rows[0];
    // Nothing outside the node is told.
    await pause(50);
  }
}

for (const isInline of [false, true]) {
  const how = isInline ? 'in the envelope' : 'beside the envelope';
  test(`IHE RAD-69 as Consumer: what a foreign manifest lists, and no archive has by WADO-RS, comes from its source ${how}`, async (t) => {
    const node = await shared();
    const made = makeStudy(2, 2, { attributes: { PatientID: 'FOREIGN' } });
    const [{ studyInstanceUid }] = made as [MadeInstance];
    const repository = `1.2.3.4.${++outs}`;
    // The last is more than the manifest lists.
    const source = imagingSource(repository, made, { isInline });
    const { url } = await httpReceiver(t, (request) => source.answer(request));
    const settings = { imagesUrl: url, locationUid: repository };
    assert.equal((await call(node, 'PUT', `/destinations/SOURCE${outs}`, { kind: 'xds', settings })).status, 200);
    const listed = made.slice(0, 3);
    await sendManifest(node, listed, { RetrieveLocationUID: repository });
    const row = await receivedOnce(node, studyInstanceUid, ({ state }) => state === 'here');
    assert.deepEqual([row.here, row.pulls[0]!.archive], [3, `SOURCE${outs}`]);
    assert.deepEqual(
      source.asked.map(({ uid }) => uid).sort(),
      listed.map(({ sopInstanceUid }) => sopInstanceUid).sort(),
    );
    const files = (await retrieve(node.url, `/studies/${studyInstanceUid}`)).map(instanceIn);
    const uids = new Set(listed.map(({ sopInstanceUid }) => sopInstanceUid));
    assertSameInstances(
      files.filter(({ sopInstanceUid }) => uids.has(sopInstanceUid)),
      listed,
    );
  });
}

test('a source that gives other images than were listed, or none, is told as such, and nothing strange is kept', async (t) => {
  const node = await shared();
  const [listed, other] = [makeStudy(1, 2), makeStudy(1, 1)];
  const repository = `1.2.3.4.${++outs}`;
  const smuggled = other.map((each) => ({ ...each, ...uidsOf(listed[0]!) }));
  const source = imagingSource(repository, [...smuggled]);
  const { url } = await httpReceiver(t, (request) => source.answer(request));
  const settings = { imagesUrl: url, locationUid: repository };
  await call(node, 'PUT', `/destinations/SOURCE${outs}`, { kind: 'xds', settings });
  await sendManifest(node, listed, { RetrieveLocationUID: repository });
  const { here, state } = await receivedOnce(node, listed[0]!.studyInstanceUid, ({ pulls }) => !!pulls[0]?.problem);
  assert.deepEqual([here, state], [0, 'queued']);
  assert.deepEqual(await getJson(node.url, `/studies?StudyInstanceUID=${other[0]!.studyInstanceUid}`), []);
});

const uidsOf = ({ studyInstanceUid, seriesInstanceUid, sopInstanceUid }: MadeInstance) => ({
  studyInstanceUid,
  seriesInstanceUid,
  sopInstanceUid,
});

test('a destination of kind xds is to be told both halves of what it is for', async () => {
  const node = await shared();
  const refusals: [object, RegExp][] = [
    [{}, /neither url nor imagesUrl/],
    [{ url: 'https://x.example/' }, /url and affinityDomain/],
    [{ imagesUrl: 'https://x.example/' }, /imagesUrl and locationUid/],
  ];
  for (const [settings, reason] of refusals) {
    const answer = await call(node, 'PUT', '/destinations/HALF', { kind: 'xds', settings });
    assert.equal(answer.status, 400);
    assert.match(((await answer.json()) as { detail: string }).detail, reason);
  }
});
