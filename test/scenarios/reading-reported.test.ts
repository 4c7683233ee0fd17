// A provider that reports in its own RIS and PACS: what it signs there ends the case here, by a reader who may sign it and by
// nobody else; what it corrects or takes back is a version.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { DiagnosticReport, Task } from '@medplum/fhirtypes';
import { tenantNamed } from '../../src/auth/tenants.ts';
import { createToken } from '../../src/auth/tokens.ts';
import { systemClock } from '../../src/base/clock.ts';
import { DataSet } from '../../src/dicom/dataset.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../src/dicom/transfer-syntax.ts';
import { fileMeta, writeDataSet } from '../../src/dicom/writer.ts';
import { actOn, getInstance } from '../../src/dimse/managed-scu.ts';
import { UPS_PULL, UPS_PUSH } from '../../src/dimse/services.ts';
import type { ReadingCase } from '../../src/reading/case/reading-case.ts';
import { structuredReport } from '../../src/reading/privacy/testing/case-away.ts';
import { roomName } from '../../src/reading/store/rooms.ts';
import { PdfPages } from '../../src/server/reports/pdf-page.ts';
import { diagnosticReportOf } from '../../src/translate/report/diagnostic-report.ts';
import type { Report } from '../../src/translate/report/report.ts';
import { agreedWith, type CaseAway, caseAway, PROVIDER } from '../support/away.ts';
import { stow } from '../support/dicomweb.ts';
import { associated, plain } from '../support/dimse-door.ts';
import { codesOf, send } from '../support/hl7-door.ts';
import { freshUid, makeInstance } from '../support/instances.ts';
import { type NodeProcess, sharedNode } from '../support/node-process.ts';
import { systems } from '../support/report-ways.ts';
import { bearer } from '../support/token.ts';

const node = sharedNode();

interface Returned {
  id: string;
  kind: string;
  state: string;
  case: string | null;
  findings: { code: string; path: string }[];
}

interface Provider extends CaseAway {
  running: NodeProcess;
  /** As the provider's RIS sends it, over MLLP. */
  ris(said: {
    status: string;
    text: string;
    at: string;
    filler: string;
    author?: string;
    findings?: string;
    /** OBX-8 of its impression. */
    flag?: string;
  }): Promise<void>;
  caseOnce(holds: (reading: ReadingCase) => boolean): Promise<ReadingCase>;
  returnsOnce(holds: (rows: Returned[]) => boolean): Promise<Returned[]>;
  release(id: string): Promise<number>;
  atHome<T>(path: string): Promise<T | undefined>;
}

let patients = 0;

/** A case whose copies a provider has, whose reader is Robin Reader. */
async function provider(later: (cleanUp: () => Promise<void>) => void, of = ++patients): Promise<Provider> {
  const running = await node();
  const attributes = {
    PatientID: `RPT-${of}`,
    IssuerOfPatientID: 'NORTH',
    PatientName: 'Kanarienvogel^Zwitscherine',
    AccessionNumber: `ACCRPT${of}${freshUid().slice(-4)}`,
    StudyDate: '20260131',
  };
  const image = makeInstance({ attributes });
  const headers = bearer(running, 'default', ['write']);
  assert.equal((await stow(running.url, [image.file], { headers })).status, 200);
  const one = await caseAway(running, image.studyInstanceUid, later);
  await agreedWith(running, one, { id: 'r1', name: 'READER^ROBIN' });
  const { away, client, log, id } = one;
  const put = await fetch(`${running.url}/api/v1/hl7/interfaces/farris`, {
    method: 'PUT',
    headers: { ...one.reader, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      ...{
        name: 'farris',
        sendingApplication: 'FARRIS',
        sendingFacility: 'FAR',
        hosts: [],
        enabled: true,
        profile: {},
      },
    }),
  });
  assert.ok(put.ok, await put.text());
  const returns = async () => {
    const answer = await fetch(`${running.url}/api/v1/reading/returns`, { headers: client });
    return ((await answer.json()) as Returned[]).filter((row) => row.case === id || row.case === null);
  };
  return {
    ...{ ...one, running },
    async ris({ status, text, at, filler, author = '33&READER&ROBIN&&&DR', findings, flag = '' }) {
      const message = [
        `MSH|^~\\&|FARRIS|FAR|PACS|HOSP|${at}+0000||ORU^R01^ORU_R01|${filler}${status}${at}|P|2.5.1||||||UNICODE UTF-8`,
        `PID|1||${away.id}||${away.id}||`,
        `OBR|1||${filler}^FARRIS|24725-4^CT Head^LN|||20261123090240${'|'.repeat(11)}${away.accession}||||${at}||CT|${status}|||||||${author}`,
        `OBX|1|ST|113014^DICOM Study^DCM||${away.study}||||||O`,
        `OBX|2|FT|19005-8^Impression^LN|1|${text}|||${flag}|||${status}`,
        ...(findings === undefined ? [] : [`OBX|3|FT|18782-3^Findings^LN|1|${findings}||||||${status}`]),
      ].join('\r');
      assert.deepEqual(codesOf(await send(running.mllpPort, new TextEncoder().encode(message))), ['AA']);
    },
    async caseOnce(holds) {
      for (;;) {
        const reading = await log.read(id);
        if (holds(reading)) return reading;
        // The node follows what comes by itself.
        await pause(30);
      }
    },
    async returnsOnce(holds) {
      for (;;) {
        const rows = await returns();
        if (holds(rows)) return rows;
        await pause(30);
      }
    },
    async release(row) {
      const answer = await fetch(`${running.url}/api/v1/reading/returns/${row}/release`, {
        method: 'POST',
        headers: { ...client, 'Content-Type': 'application/json' },
        body: JSON.stringify({ reason: 'asked the provider' }),
      });
      await answer.text();
      return answer.status;
    },
    async atHome(path) {
      const answer = await fetch(`${running.url}/fhir/R4/${path}`, { headers: client });
      return answer.ok ? ((await answer.json()) as never) : undefined;
    },
  };
}

const part10 = (dataset: DataSet): Uint8Array => {
  const identity = {
    sopClassUid: dataset.text('SOPClassUID')!,
    sopInstanceUid: dataset.text('SOPInstanceUID')!,
    transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN,
  };
  return Buffer.concat([fileMeta(identity), ...writeDataSet(dataset, transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!)]);
};

test('the report of a provider’s RIS ends its case once, its correction is a version, and what it calls off is taken back', async (t) => {
  const one = await provider((cleanUp) => t.after(cleanUp));
  const { id, ris, caseOnce, atHome, log } = one;
  const final = { status: 'F', text: 'No haemorrhage.', at: '20261123092405', filler: 'FN-1' };
  await ris({ ...final, status: 'P', text: 'Dictated.', at: '20261123092000' });
  await ris(final);
  const signed = await caseOnce(({ reports }) => reports.length > 0);
  assert.deepEqual(
    signed.reports.map(({ reader, entitlement: { licences, privilege } }) => [reader, licences, privilege]),
    [['r1', ['l1'], 'north']],
  );
  await caseOnce(({ state }) => state === 'delivered');
  await ris(final);
  assert.deepEqual((await caseOnce(() => true)).critical, []);
  const correction = { ...final, status: 'C', text: 'Haemorrhage on the left.', at: '20261123100000', flag: 'AA' };
  await ris(correction);
  const corrected = await caseOnce(({ reports, state }) => reports.length > 1 && state === 'delivered');
  assert.deepEqual([corrected.reports.length, corrected.amendment], [2, 'corrected']);
  const told = async (): Promise<Record<string, unknown>[]> => {
    const answer = await fetch(`${one.running.url}/api/v1/reading/critical`, { headers: one.client });
    return ((await answer.json()) as Record<string, unknown>[]).filter((each) => each.case === id);
  };
  let [loop] = await told();
  // The keeper of critical results follows the log by itself.
  for (; loop === undefined; [loop] = await told()) await pause(30);
  assert.deepEqual(
    [loop.category, loop.finding, corrected.critical.map((each) => each.id)],
    [1, 'flagged-in-report', [loop.loop]],
    'OBX-8 AA of a RIS begins what a flag of a reader here does',
  );
  await ris({ ...correction, at: '20261123100500' });
  const [report, task] = [`DiagnosticReport/reading-${id}`, `Task/reading-${id}`];
  const home = await atHome<DiagnosticReport>(report);
  assert.deepEqual([home?.status, home?.identifier?.[0]?.value], ['corrected', 'FN-1']);
  assert.match(JSON.stringify(home), /Haemorrhage on the left/);
  assert.equal(JSON.stringify(home).includes(one.away.id), false);
  const all = await atHome<{ total: number }>('DiagnosticReport?identifier=FN-1&_summary=count');
  assert.equal(all?.total, 1);
  for (;;) {
    const told = await atHome<Task>(task);
    if (told?.businessStatus?.text === 'delivered, corrected' && told.output?.[0]?.valueReference) break;
    await pause(30);
  }

  await ris({ ...final, status: 'X', text: 'Another patient.', at: '20261123110000' });
  await caseOnce(({ state }) => state === 'in-error');
  while ((await atHome<DiagnosticReport>(report))?.status !== 'entered-in-error') await pause(30);
  const kinds = (await log.events(id)).map(({ kind }) => kind);
  assert.deepEqual(
    kinds.filter((kind) => /signed|amended|error|flagged/.test(kind)),
    ['final-signed', 'amended', 'critical-flagged', 'entered-in-error'],
  );
});

test('a report whose author may not sign waits with the gates that are closed, its case stays open and says so, until they may', async (t) => {
  const one = await provider((cleanUp) => t.after(cleanUp));
  const { ris, caseOnce, returnsOnce, release, atHome, id } = one;
  const said = { status: 'F', text: 'No haemorrhage.', at: '20261123092405', filler: 'FN-2' };
  await ris({ ...said, author: '9&STRANGER&SAM' });
  const unknown = (await returnsOnce(([row]) => row?.case === id))[0]!;
  assert.deepEqual([unknown.state, unknown.findings.map(({ code }) => code)], ['quarantined', ['author-unknown']]);
  assert.equal((await caseOnce(({ refused }) => refused === 'author-unknown')).state, 'reading');
  assert.equal(await release(unknown.id), 409, 'nobody confirms who signed');

  await agreedWith(one.running, one, { id: 'r1', name: 'READER^ROBIN', insurance: [], privileges: [] });
  await ris({ ...said, at: '20261123093000' });
  const [closed] = await returnsOnce(([row]) => row?.findings[0]?.code === 'author-not-entitled');
  assert.equal(closed!.findings[0]!.path, 'privilege, insurance');
  const waits = 'a report waits: author-not-entitled';
  while ((await atHome<Task>(`Task/reading-${id}`))?.statusReason?.text !== waits) await pause(30);
  assert.equal(await atHome(`DiagnosticReport/reading-${id}`), undefined);

  await agreedWith(one.running, one, { id: 'r1', name: 'READER^ROBIN' });
  assert.equal(await release(closed!.id), 200);
  const { reports, refused } = await caseOnce(({ clocks }) => clocks.final !== undefined);
  assert.deepEqual([reports.map(({ reader }) => reader), refused], [['r1'], undefined]);
});

test('a report that is called off before anything was signed gives its case back, and another report of a signed case waits', async (t) => {
  const { ris, caseOnce, returnsOnce, release } = await provider((cleanUp) => t.after(cleanUp));
  const said = { status: 'X', text: 'Not read.', at: '20261123092405', filler: 'FN-3' };
  await ris(said);
  const back = await caseOnce(({ claim }) => claim === undefined);
  assert.deepEqual([back.state, back.declined], ['ready', ['r1']]);
  const sides = { findings: 'Subdural haematoma on the left.', text: 'Subdural haematoma on the right.' };
  await ris({ ...said, ...sides, status: 'F', at: '20261123093000', filler: 'FN-4' });
  const [odd] = await returnsOnce(([row]) => row?.findings[0]?.code === 'contradicts-case');
  assert.equal(await release(odd!.id), 200);
  await caseOnce(({ clocks }) => clocks.final !== undefined);
  await ris({ ...said, status: 'F', text: 'Something else.', at: '20261123094000', filler: 'FN-5' });
  const [second] = await returnsOnce(([row]) => row?.findings[0]?.code === 'second-report');
  assert.equal(await release(second!.id), 200);
  assert.equal((await caseOnce(() => true)).reports.length, 1);
});

test('PS3.4 CC.2.1: of two readers whose own worklist claims a workitem one has the case, no peer does, and a signature completes it', async (t) => {
  const one = await provider((cleanUp) => t.after(cleanUp));
  const { running, reader: desk, away, core, id, ris, caseOnce } = one;
  for (const [reader, name] of [
    ['r2', 'SECOND^SUE'],
    ['r3', 'THIRD^TOM'],
  ] as const) {
    await agreedWith(running, one, { id: reader, name });
  }
  await ris({ status: 'X', text: 'Not read.', at: '20261123092405', filler: 'FN-6' });
  await caseOnce(({ state }) => state === 'ready');
  const tenant = await tenantNamed(core.database, roomName(PROVIDER));
  const signedIn = async (reader: string): Promise<Record<string, string>> => {
    const expiresAt = new Date(systemClock.now() + 3_600_000);
    const made = { tenant, name: reader, scopes: ['report'], reader, expiresAt } as const;
    const { secret } = await createToken(core.database, made, systemClock);
    return { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/dicom+json' };
  };
  const readers = { r2: await signedIn('r2'), r3: await signedIn('r3') };
  type Workitem = Record<string, { Value?: unknown[] }>;
  const workitems = async (path: string): Promise<Workitem[]> => {
    const answer = await fetch(`${running.url}/dicomweb/workitems${path}`, { headers: readers.r2 });
    return answer.status === 200 ? ((await answer.json()) as Workitem[]) : [];
  };
  const isOfCase = (each: Workitem) =>
    (each['00404021']?.Value?.[0] as Workitem | undefined)?.['0020000D']?.Value?.[0] === away.study;
  let scheduled: Workitem | undefined;
  while (scheduled === undefined) {
    scheduled = (await workitems('?ProcedureStepState=SCHEDULED&includefield=all')).find(isOfCase);
    // The workitems follow the log by themselves.
    if (scheduled === undefined) await pause(30);
  }
  const uid = String(scheduled['00080018']!.Value![0]);
  const ask = (as: keyof typeof readers, wanted: string, key: string) =>
    fetch(`${running.url}/dicomweb/workitems/${uid}/state`, {
      method: 'PUT',
      headers: readers[as],
      body: JSON.stringify({ '00741000': { vr: 'CS', Value: [wanted] }, '00081195': { vr: 'UI', Value: [key] } }),
    });
  const keys = { r2: '2.25.22', r3: '2.25.33' };
  const claims = await Promise.all((['r2', 'r3'] as const).map((each) => ask(each, 'IN PROGRESS', keys[each])));
  assert.deepEqual(claims.map(({ status }) => status).sort(), [200, 409]);
  const [has, lost] = claims[0]!.status === 200 ? (['r2', 'r3'] as const) : (['r3', 'r2'] as const);
  assert.match(
    claims.find(({ status }) => status === 409)!.headers.get('Warning') ?? '',
    /inconsistent with the current/,
  );
  assert.deepEqual((await caseOnce(() => true)).claim?.reader, has);
  assert.equal((await caseOnce(() => true)).claim?.transactionUid, keys[has]);

  const put = await fetch(`${running.url}/api/v1/peers/FARLIST`, {
    method: 'PUT',
    headers: { ...desk, 'Content-Type': 'application/json' },
    body: JSON.stringify({ aeTitle: 'FARLIST', host: '127.0.0.1', port: 11112 }),
  });
  assert.ok(put.ok, await put.text());
  const worklist = await associated(t, running.dicomPort, [plain(UPS_PULL)], { callingAeTitle: 'FARLIST' });
  const target = { sopClassUid: UPS_PUSH, sopInstanceUid: uid, abstractSyntax: UPS_PULL };
  const asked = new DataSet().set('ProcedureStepState', 'IN PROGRESS').set('TransactionUID', '2.25.44');
  assert.equal((await actOn(worklist, target, 1, asked)).command.status, 0x0124, 'a peer is no reader');
  const shown = (await getInstance(worklist, target)).dataset;
  assert.deepEqual(
    [shown?.text('ProcedureStepState'), shown?.text('TransactionUID')],
    ['IN PROGRESS', undefined],
    'who may look sees that it is claimed, and not by which key',
  );

  assert.equal((await ask(lost, 'COMPLETED', keys[lost])).status, 400, 'C301H: another key');
  assert.equal((await ask(has, 'COMPLETED', keys[has])).status, 409, 'C304H: nothing is signed');
  assert.equal((await caseOnce(() => true)).state, 'claimed');
  // What the provider signs by FHIR, with Observation.interpretation HH.
  const name = has === 'r2' ? 'SECOND^SUE' : 'THIRD^TOM';
  const report: Report = {
    filler: { number: 'FN-7', issuer: 'FARRIS' },
    code: { value: '24725-4', scheme: 'LN', meaning: 'CT Head' },
    patient: { issuer: '', patientId: away.id, name: away.id },
    studyInstanceUid: away.study,
    status: 'final',
    issuedAt: '2026-11-23T09:30:00Z',
    people: [{ role: 'interpreter', name, id: { number: has, issuer: 'FARRIS' } }],
    sections: [{ kind: 'impression', text: 'Haemorrhage on the left.', interpretation: 'HH' }],
    ...{ observations: [], documents: [] },
  };
  const posted = await fetch(`${running.url}/fhir/R4/DiagnosticReport`, {
    method: 'POST',
    headers: { ...desk, 'Content-Type': 'application/fhir+json' },
    body: JSON.stringify(diagnosticReportOf(report, { systems })),
  });
  assert.equal(posted.status, 201, await posted.text());
  const { reports, critical } = await caseOnce(({ clocks }) => clocks.final !== undefined);
  assert.equal(reports[0]!.reader, has);
  assert.deepEqual(
    critical.map(({ category }) => category),
    [1],
  );
  const stateNow = async () => (await workitems(`/${uid}`))[0]?.['00741000']?.Value?.[0];
  while ((await stateNow()) !== 'COMPLETED') await pause(30);
  assert.equal((await ask(has, 'COMPLETED', keys[has])).status, 200, 'B306H: it is so already');
  const claimed = (await one.log.events(id)).filter((event) => event.kind === 'claimed').map(({ by }) => by.id);
  assert.equal(claimed.length, 2, 'the first reader’s, and one of two');
});

test('a verified SR ends its case as what it is; one that nobody verified comes home and ends nothing', async (t) => {
  const { running, reader, away, caseOnce, returnsOnce, atHome, id } = await provider((cleanUp) => t.after(cleanUp));
  const sr = structuredReport('No haemorrhage.', away);
  const names = { draft: freshUid(), report: freshUid() };
  sr.items('ContentSequence').at(-1)!.set('TextValue', 'No haemorrhage.');
  sr.set('SOPInstanceUID', names.draft).set('VerificationFlag', 'UNVERIFIED');
  assert.equal((await stow(running.url, [part10(sr)], { headers: reader })).status, 200);
  await returnsOnce((rows) => rows.some(({ case: of, state }) => of === id && state === 'home'));
  assert.equal((await caseOnce(() => true)).state, 'reading');
  sr.set('SOPInstanceUID', names.report).set('VerificationFlag', 'VERIFIED');
  assert.equal((await stow(running.url, [part10(sr)], { headers: reader })).status, 200);
  assert.equal((await caseOnce(({ state }) => state === 'delivered')).reports[0]!.reader, 'r1');
  const home = await atHome<DiagnosticReport>(`DiagnosticReport/reading-${id}`);
  assert.match(home?.meta?.source ?? '', /^urn:oid:/);
  assert.equal(home?.status, 'final');
});

test('a PDF that names its patient and nothing else is of the one case of that patient; of two cases it is of none', async (t) => {
  const one = await provider((cleanUp) => t.after(cleanUp));
  const { running, reader, away, caseOnce, returnsOnce, atHome, id } = one;
  const lone = async (text: string) => {
    const pages = new PdfPages({ title: 'Report', language: 'en', at: new Date(), footer: '' });
    pages.write(text);
    const pdf = new DataSet()
      .set('SpecificCharacterSet', 'ISO_IR 192')
      .set('SOPClassUID', '1.2.840.10008.5.1.4.1.1.104.1')
      .set('SOPInstanceUID', freshUid())
      .set('StudyInstanceUID', freshUid())
      .set('SeriesInstanceUID', freshUid())
      .set('PatientID', away.id)
      .set('PatientName', away.id)
      .set('Modality', 'DOC')
      .set('VerificationFlag', 'VERIFIED')
      .set('NameOfPhysiciansReadingStudy', 'READER^ROBIN')
      .set('MIMETypeOfEncapsulatedDocument', 'application/pdf')
      .set('EncapsulatedDocument', await pages.end(), 'OB');
    assert.equal((await stow(running.url, [part10(pdf)], { headers: reader })).status, 200);
  };
  await lone(`Report of ${away.id}: no haemorrhage.`);
  const [named] = await returnsOnce((rows) => rows.some((row) => row.case === id));
  assert.deepEqual(
    named!.findings.map(({ code }) => code),
    ['pseudonym-left'],
    'it cannot be changed',
  );
  await lone('No haemorrhage.');
  assert.equal((await caseOnce(({ state }) => state === 'delivered')).reports[0]!.reader, 'r1');
  const home = await atHome<DiagnosticReport>(`DiagnosticReport/reading-${id}`);
  assert.equal(home?.presentedForm?.[0]?.contentType, 'application/pdf');

  await provider((cleanUp) => t.after(cleanUp), patients);
  const before = await returnsOnce(() => true);
  await lone('No fracture.');
  // Of no case, so no client is told of it: the room is.
  for (;;) {
    const answer = await fetch(`${running.url}/api/v1/reading/returns`, { headers: reader });
    const [row] = (await answer.json()) as Returned[];
    if (row!.case === null && row!.kind === 'instance') {
      assert.deepEqual(
        row!.findings.map(({ code }) => code),
        ['not-of-case'],
      );
      break;
    }
    await pause(30);
  }
  assert.equal((await returnsOnce(() => true)).length, before.length);
});
