// A room of a reading provider in which a study was read once, with all that a workstation and a RIS made of it; and every door by
// which somebody of that room may ask for it.

import assert from 'node:assert/strict';
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
import { imagingStudyId } from '../../src/translate/imaging-study-id.ts';
import { type CaseAway, caseAway, PROVIDER } from './away.ts';
import { stow } from './dicomweb.ts';
import { codesOf, send } from './hl7-door.ts';
import { freshUid, makeInstance } from './instances.ts';
import type { NodeProcess } from './node-process.ts';
import { destination, find, get, move, storeAll } from './peer.ts';
import { type Bearer, bearer } from './token.ts';

export const by = { kind: 'exchange', id: 'test' } as const;

/** What only the first reader has said, wherever they said it. */
export const FOUND = /zebrafinding/i;

export const fileOf = (dataset: DataSet) => {
  const [sopClassUid, sopInstanceUid] = [dataset.text('SOPClassUID')!, dataset.text('SOPInstanceUID')!];
  const bytes = Buffer.concat(writeDataSet(dataset, transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!));
  const meta = fileMeta({ sopClassUid, sopInstanceUid, transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN });
  return {
    ...{ sopClassUid, sopInstanceUid, transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN, bytes },
    seriesInstanceUid: dataset.text('SeriesInstanceUID')!,
    file: Buffer.concat([meta, bytes]),
  };
};

export interface World {
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

export async function ask({ url }: NodeProcess, as: Bearer, method: string, path: string, body?: object) {
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

export async function posted(running: NodeProcess, as: Bearer, resource: { resourceType: string }): Promise<string> {
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

export const reportOf = (version: number, reader: string): SignedReport => ({
  ...{ version, reader, textHash: `hash-${reader}`, overridden: [] },
  entitlement: { licences: ['l'], privilege: 'p', checkedAt: 0 },
});

/** A case that r1 has read, with all that a workstation and a RIS make of it. */
export async function readOnce(running: NodeProcess, later: (cleanUp: () => Promise<void>) => void): Promise<World> {
  const image = makeInstance({ attributes: { PatientID: `P-${freshUid()}`, AccessionNumber: freshUid().slice(-12) } });
  await stow(running.url, [image.file], { headers: bearer(running, 'default', ['write']) });
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

async function api(running: NodeProcess, as: Bearer, path: string, body: object): Promise<void> {
  const { status, text } = await ask(running, as, 'PUT', `/api/v1${path}`, body);
  assert.ok(status < 300, text);
}

/** Every door at which somebody of the room may ask, with the answers that have anything of the first reader's in them. */
export async function leaks(world: World, as: Bearer): Promise<string[]> {
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
      'ImagingStudy?_has:DocumentReference:related:status=current&_summary=count',
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
export async function leaksByDimse({ running, one: { away }, objects, target }: World): Promise<string[]> {
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
