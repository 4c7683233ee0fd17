// A study is read again for a review by a reader who is not to know what the first one found: while that goes on nothing of it is
// found by any door of the provider's room, whatever it came in by and whenever it comes; when it is over it is there again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { createToken } from '../../src/auth/tokens.ts';
import { systemClock } from '../../src/base/clock.ts';
import type { DataSet } from '../../src/dicom/dataset.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../src/dicom/transfer-syntax.ts';
import { fileMeta, writeDataSet } from '../../src/dicom/writer.ts';
import type { SignedReport } from '../../src/reading/case/case-event.ts';
import { contentOf } from '../../src/reading/content/testing/facts.ts';
import {
  keyObjects,
  presentationState,
  segmentation,
  structuredReport,
} from '../../src/reading/privacy/testing/case-away.ts';
import { roomOf } from '../../src/reading/store/rooms.ts';
import { keepSigned } from '../../src/reading/store/signed-contents.ts';
import { readFurther } from '../../src/server/reading/further-reading.ts';
import { transact } from '../../src/storage/transaction.ts';
import { imagingStudyId } from '../../src/translate/imaging-study-id.ts';
import { type CaseAway, caseAway, PROVIDER } from '../support/away.ts';
import { stow } from '../support/dicomweb.ts';
import { codesOf, send } from '../support/hl7-door.ts';
import { freshUid, makeInstance } from '../support/instances.ts';
import { type NodeProcess, sharedNode } from '../support/node-process.ts';
import { destination, find, get, move, storeAll } from '../support/peer.ts';
import type { Bearer } from '../support/token.ts';

const node = sharedNode();
const by = { kind: 'exchange', id: 'test' } as const;

/** What only the first reader has said, wherever they said it. */
const FOUND = /zebrafinding/i;

const fileOf = (dataset: DataSet) => {
  const [sopClassUid, sopInstanceUid] = [dataset.text('SOPClassUID')!, dataset.text('SOPInstanceUID')!];
  const bytes = Buffer.concat(writeDataSet(dataset, transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!));
  const meta = fileMeta({ sopClassUid, sopInstanceUid, transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN });
  return {
    ...{ sopClassUid, sopInstanceUid, transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN, bytes },
    seriesInstanceUid: dataset.text('SeriesInstanceUID')!,
    file: Buffer.concat([meta, bytes]),
  };
};

interface World {
  running: NodeProcess;
  one: CaseAway;
  /** Of the room: who reads first, who reads again, and a workstation. */
  first: Bearer;
  second: Bearer;
  studyId: string;
  /** Of what was stored as DICOM objects. */
  objects: ReturnType<typeof fileOf>[];
  binary: string;
  /** Where C-MOVE sends to. */
  target: Awaited<ReturnType<typeof destination>>;
}

const json = { 'Content-Type': 'application/fhir+json' };

async function ask({ url }: NodeProcess, as: Bearer, method: string, path: string, body?: object) {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: {
      Accept: '*/*',
      ...as,
      ...(body && (path.startsWith('/fhir') ? json : { 'Content-Type': 'application/json' })),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, text: Buffer.from(await answer.arrayBuffer()).toString('latin1') };
}

async function posted(running: NodeProcess, as: Bearer, resource: { resourceType: string }): Promise<string> {
  const { status, text } = await ask(running, as, 'POST', `/fhir/R4/${resource.resourceType}`, resource);
  assert.equal(status, 201, text);
  return (JSON.parse(text) as { id: string }).id;
}

const tokenOf = async ({ core }: CaseAway, tenant: number, reader: string): Promise<Bearer> => {
  const token = { tenant, name: reader, scopes: ['read', 'write', 'report'], reader } as const;
  const expiresAt = new Date(Date.now() + 600_000);
  const { secret } = await createToken(core.database, { ...token, expiresAt }, systemClock);
  return { Authorization: `Bearer ${secret}` };
};

const oru = ({ away: { id, study, accession } }: CaseAway) =>
  new TextEncoder().encode(
    [
      'MSH|^~\\&|FARRIS|FAR|PACS|HOSP|20261123092405+0000||ORU^R01^ORU_R01|1|P|2.5.1||||||UNICODE UTF-8',
      `PID|1||${id}||${id}||`,
      `OBR|1||FN-77^FARRIS|24725-4^CT Head^LN|||20261123090240${'|'.repeat(11)}${accession}||||20261123092405||CT|F|||||||33&READER&ROBIN&&&DR`,
      `OBX|1|ST|113014^DICOM Study^DCM||${study}||||||O`,
      'OBX|2|FT|19005-8^Impression^LN|1|Zebrafinding by message.||||||F',
    ].join('\r'),
  );

const reportOf = (version: number, reader: string): SignedReport => ({
  ...{ version, reader, textHash: `hash-${reader}`, overridden: [] },
  entitlement: { licences: ['l'], privilege: 'p', checkedAt: 0 },
});

/** A case that r1 has read, with all that a workstation and a RIS make of it. */
async function readOnce(later: (cleanUp: () => Promise<void>) => void): Promise<World> {
  const running = await node();
  const image = makeInstance({ attributes: { PatientID: `P-${freshUid()}`, AccessionNumber: freshUid().slice(-12) } });
  await stow(running.url, [image.file], { headers: { Authorization: (await caseless(running)).Authorization } });
  const one = await caseAway(running, image.studyInstanceUid, later);
  const { away, reader: workstation, core, log, id } = one;
  const { tenant } = (await roomOf(core.database, PROVIDER))!;
  const [first, second] = [await tokenOf(one, tenant, 'r1'), await tokenOf(one, tenant, 'r2')];
  const made = [structuredReport('Zebrafinding.', away), presentationState(away), keyObjects(away), segmentation(away)];
  for (const each of made)
    each
      .set('SOPInstanceUID', freshUid())
      .set('SeriesInstanceUID', freshUid())
      .set('SeriesDescription', 'Zebrafinding');
  const objects = made.map(fileOf);
  await api(running, workstation, '/peers/FARPACS', { aeTitle: 'FARPACS', host: '127.0.0.1', port: 11112 });
  await api(running, workstation, '/hl7/interfaces/farris', {
    ...{ name: 'farris', sendingApplication: 'FARRIS', sendingFacility: 'FAR', hosts: [], enabled: true, profile: {} },
  });
  assert.equal(
    (
      await stow(
        running.url,
        objects.slice(0, 2).map(({ file }) => file),
        { headers: workstation },
      )
    ).status,
    200,
  );
  const sent = await storeAll(running.dicomPort, objects.slice(2), { callingAeTitle: 'FARPACS' });
  assert.deepEqual([...new Set(sent.values())], [0]);
  assert.deepEqual(codesOf(await send(running.mllpPort, oru(one))), ['AA']);
  const target = await destination('FARDEST');
  later(() => target.listener.close());
  await api(running, workstation, '/peers/FARDEST', {
    aeTitle: 'FARDEST',
    host: '127.0.0.1',
    port: target.listener.port,
  });
  const studyId = imagingStudyId({ tenant, studyInstanceUid: away.study });
  const subject = { identifier: { value: away.id } };
  const binary = await posted(running, workstation, {
    ...{ resourceType: 'Binary', contentType: 'text/plain', data: Buffer.from('Zebrafinding').toString('base64') },
  } as { resourceType: string });
  const attachment = { contentType: 'text/plain', url: `Binary/${binary}`, title: 'Zebrafinding' };
  const code = { text: 'Zebrafinding of CT' };
  for (const resource of [
    {
      resourceType: 'DocumentReference',
      status: 'current',
      subject,
      content: [{ attachment }],
      context: { related: [{ reference: `ImagingStudy/${studyId}` }] },
    },
    {
      resourceType: 'DiagnosticReport',
      status: 'final',
      code,
      subject,
      imagingStudy: [{ reference: `ImagingStudy/${studyId}` }],
      conclusion: 'Zebrafinding',
    },
    // Nobody can say that it is not of the study.
    { resourceType: 'DiagnosticReport', status: 'final', code, conclusion: 'Zebrafinding' },
    { resourceType: 'Observation', status: 'final', code, subject, valueString: 'Zebrafinding' },
  ])
    await posted(running, workstation, resource);
  await log.change(id, by, ({ reading }) => [
    { kind: 'critical-flagged', loop: `${reading.id}.1`, category: 2, finding: 'ZEBRAFINDING' },
    { kind: 'final-signed', report: reportOf(1, 'r1') },
  ]);
  const content = contentOf({ findings: 'Zebrafinding.' });
  const subjectOfScreen = { studyUid: away.study };
  await keepSigned(core.database, {
    ...{ status: 'final', content, case: id, report: reportOf(1, 'r1'), signedAt: new Date().toISOString() },
    ...{ subject: subjectOfScreen, overrides: [] },
  });
  return { running, one, first, second, studyId, objects, binary, target };
}

async function caseless(running: NodeProcess): Promise<Bearer> {
  const { bearer } = await import('../support/token.ts');
  return bearer(running, 'default', ['write']);
}

async function api(running: NodeProcess, as: Bearer, path: string, body: object): Promise<void> {
  const { status, text } = await ask(running, as, 'PUT', `/api/v1${path}`, body);
  assert.ok(status < 300, text);
}

/** Every door at which somebody of the room may ask, with the answers that have anything of the first reader's in them. */
async function leaks(world: World, as: Bearer): Promise<string[]> {
  const { running, one, studyId, binary, objects } = world;
  const { study } = one.away;
  const uids = objects.map(({ sopInstanceUid }) => sopInstanceUid);
  const paths = [
    ...['studies', 'series', 'instances'].map(
      (level) => `/dicomweb/${level}?StudyInstanceUID=${study}&includefield=all`,
    ),
    ...['SR', 'PR', 'KO', 'SEG'].map(
      (modality) => `/dicomweb/studies?ModalitiesInStudy=${modality}&StudyInstanceUID=${study}`,
    ),
    ...['', '/metadata', '/rendered', '/bulkdata'].map((what) => `/dicomweb/studies/${study}${what}`),
    ...objects.flatMap(({ sopInstanceUid: uid, seriesInstanceUid: series }) => [
      `/dicomweb/instances?SOPInstanceUID=${uid}`,
      `/dicomweb/studies/${study}/series/${series}`,
      `/dicomweb/studies/${study}/series/${series}/instances/${uid}/metadata`,
      `/dicomweb/wado?requestType=WADO&studyUID=${study}&seriesUID=${series}&objectUID=${uid}&contentType=application/dicom`,
    ]),
    ...['DiagnosticReport', 'DocumentReference', 'Observation', 'Binary', 'Task', 'Communication', 'Patient'].flatMap(
      (type) => [`/fhir/R4/${type}`, `/fhir/R4/${type}/_history`],
    ),
    ...[
      `ImagingStudy/${studyId}`,
      `ImagingStudy?_revinclude=*`,
      'Patient?_revinclude=DiagnosticReport:subject',
      `Binary/${binary}`,
      '_history',
      'DiagnosticReport?_summary=count',
    ].map((path) => `/fhir/R4/${path}`),
    ...['', '/log', '/reports', '/draft', '/context', '/explain'].map(
      (what) => `/api/v1/reading/cases/${one.id}${what}`,
    ),
    ...['cases?limit=1000&state=final,delivered,closed', 'critical?open=false', `critical/${one.id}.1`, 'reviews'].map(
      (path) => `/api/v1/reading/${path}`,
    ),
    ...[`manifests/${study}`].map((path) => `/api/v1/${path}`),
    `/look/${study}`,
  ];
  const found: string[] = [];
  for (const path of paths) {
    const { status, text } = await ask(running, as, 'GET', path);
    assert.ok(status < 500 || path.startsWith('/look'), `${path}: ${status} ${text}`);
    const isCounted = path.endsWith('_summary=count') && (JSON.parse(text) as { total: number }).total > 0;
    const isStudy = path.includes('ModalitiesInStudy') && status === 200 && text.includes(study);
    const isCase = path === '/api/v1/reading/cases?limit=1000&state=final,delivered,closed' && text.includes(one.id);
    if (
      FOUND.test(text) ||
      (status === 200 && uids.some((uid) => text.includes(uid) && !path.includes(uid))) ||
      isCounted ||
      isStudy ||
      isCase
    )
      found.push(path.replaceAll(study, 'STUDY'));
  }
  return found;
}

/** What a workstation of the provider, which no reader is known behind, finds and fetches. */
async function leaksByDimse({ running, one: { away }, objects, target }: World): Promise<string[]> {
  const peer = { callingAeTitle: 'FARPACS' };
  const [study] = await find(
    running.dicomPort,
    'STUDY',
    { StudyInstanceUID: away.study, ModalitiesInStudy: '', NumberOfStudyRelatedInstances: '' },
    peer,
  );
  const modalities = study!.texts('ModalitiesInStudy').filter((each) => each !== 'CT');
  const series = await find(
    running.dicomPort,
    'SERIES',
    { StudyInstanceUID: away.study, SeriesInstanceUID: '', Modality: '' },
    peer,
  );
  const classes = objects.map(({ sopClassUid, transferSyntaxUid }) => ({ sopClassUid, transferSyntaxUid }));
  const before = target.received.length;
  assert.equal(await move(running.dicomPort, { StudyInstanceUID: away.study }, 'FARDEST', peer), 0);
  const moved = target.received.slice(before);
  const got = await get(running.dicomPort, { StudyInstanceUID: away.study }, classes, peer);
  return [
    ...modalities.map((each) => `C-FIND STUDY ${each}`),
    ...series
      .map((each) => each.text('Modality')!)
      .filter((each) => each !== 'CT')
      .map((each) => `C-FIND SERIES ${each}`),
    ...got
      .filter(({ sopInstanceUid }) => objects.some((each) => each.sopInstanceUid === sopInstanceUid))
      .map(() => 'C-GET'),
    ...moved
      .filter(({ sopInstanceUid }) => objects.some((each) => each.sopInstanceUid === sopInstanceUid))
      .map(() => 'C-MOVE'),
  ];
}

test('while a study is read again blind, no door of the room has what the first reader found, and then all of them have', async (t) => {
  const world = await readOnce((cleanUp) => t.after(cleanUp));
  const { running, one, first, second, objects } = world;
  const { log, core, id, away } = one;
  // What the message said is in the study as a document, and what the document said is a report.
  const open = async () => [await leaks(world, second), await leaksByDimse(world)] as const;
  for (;;) {
    if ((await leaksByDimse(world)).filter((each) => each.startsWith('C-FIND SERIES')).length >= 5) break;
    await pause(50);
  }
  const [before, dimseBefore] = await open();
  assert.ok(
    before.length > 28 && dimseBefore.filter((each) => /^C-(GET|MOVE)$/.test(each)).length === 8,
    JSON.stringify([before, dimseBefore]),
  );

  const again = await transact(core.database, async (transaction) =>
    readFurther(log, await log.stored(id), { readType: 'second', readBy: [] }, { actor: by, transaction }),
  );
  assert.deepEqual(await open(), [[], []], 'from the moment on in which it is asked for');
  await log.change(again, by, () => [
    { kind: 'claimed', reader: 'r2', transactionUid: '2.25.2', leaseUntil: Date.now() + 600_000 },
    { kind: 'opened', reader: 'r2' },
  ]);
  assert.deepEqual(await open(), [[], []]);
  const byDesk = await leaks(world, one.reader);
  assert.deepEqual(
    byDesk.filter((path) => !path.startsWith('/api/v1/reading/')),
    [],
    'who runs the room has its cases, no more',
  );
  const { status } = await ask(running, second, 'GET', `/api/v1/reading/cases/${id}`);
  assert.equal(status, 404);
  // Its author sees it in the editor all the while.
  assert.match((await ask(running, first, 'GET', `/api/v1/reading/cases/${id}/reports`)).text, FOUND);
  assert.match((await ask(running, first, 'GET', `/api/v1/reading/cases/${id}/log`)).text, FOUND);

  // What comes meanwhile is withheld as well, but for what whoever reads it made themselves.
  const late = fileOf(
    structuredReport('Zebrafinding, still.', away)
      .set('SOPInstanceUID', freshUid())
      .set('SeriesInstanceUID', freshUid()),
  );
  const own = fileOf(presentationState(away).set('SOPInstanceUID', freshUid()).set('SeriesInstanceUID', freshUid()));
  await stow(running.url, [late.file], { headers: one.reader });
  await stow(running.url, [own.file], { headers: second });
  await posted(running, one.reader, {
    resourceType: 'DiagnosticReport',
    status: 'final',
    code: { text: 'Zebrafinding' },
    conclusion: 'Zebrafinding',
  } as { resourceType: string });
  assert.deepEqual(
    await leaks(world, second).then((found) => found.filter((path) => !path.includes('ModalitiesInStudy=PR'))),
    [],
  );
  const seen = async (uid: string) =>
    (await ask(running, second, 'GET', `/dicomweb/instances?SOPInstanceUID=${uid}`)).text.includes(uid);
  assert.deepEqual([await seen(late.sopInstanceUid), await seen(own.sopInstanceUid)], [false, true]);
  // Nobody shows it by hand, and it is safe.
  const kept = await core.database.query<{ hidden: string | null }>(
    'select hidden_reason as hidden from instance where sop_uid = any($1)',
    [objects.map(({ sopInstanceUid }) => sopInstanceUid)],
  );
  assert.deepEqual(
    kept.map(({ hidden }) => hidden),
    objects.map(() => 'blind-reading'),
  );

  await log.change(again, by, () => [{ kind: 'final-signed', report: reportOf(1, 'r2') }]);
  const [after, dimseAfter] = await open();
  assert.deepEqual(
    before.filter((path) => !after.includes(path)),
    [],
  );
  assert.equal(dimseAfter.filter((each) => /^C-(GET|MOVE)$/.test(each)).length, 8);
  assert.ok(await seen(late.sopInstanceUid));
});
