// What follows a reading, on a node: a critical result until the ward has received it, reviews, statements, a trial, and whose case
// a code stands for. The cases are made beside the node, on the same catalogue.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { loadConfig } from '../../src/base/config.ts';
import { silentLog } from '../../src/base/log.ts';
import { acknowledge } from '../../src/hl7v2/acknowledgement.ts';
import type { Message } from '../../src/hl7v2/message.ts';
import { listenMllp } from '../../src/hl7v2/mllp/listener.ts';
import { systemAnswering } from '../../src/hl7v2/mllp/served-connection.ts';
import { readMessage } from '../../src/hl7v2/reader.ts';
import type { CaseHappening } from '../../src/reading/case/case-event.ts';
import { CaseLog } from '../../src/reading/store/case-log.ts';
import { openRoom } from '../../src/reading/store/rooms.ts';
import { someFacts, someTerm } from '../../src/reading/testing/facts.ts';
import { openCore } from '../../src/server/core.ts';
import { reportsOfMessage } from '../../src/translate/report/report-of-message.ts';
import { stow } from '../support/dicomweb.ts';
import { type HttpRequest, httpReceiver } from '../support/http-receiver.ts';
import { freshUid, makeInstance } from '../support/instances.ts';
import { startNodeProcess } from '../support/node-process.ts';
import { shared } from '../support/shared.ts';
import { type Bearer, bearer } from '../support/token.ts';

const fascia = join(import.meta.dirname, '../../fascia');
const scopes = ['read', 'write', 'administer'];
const by = { kind: 'exchange', id: 'test' } as const;
const NAME = 'Kanarienvogel^Zwitscherine';

const term = {
  readType: 'final',
  jurisdictions: { patientAt: ['DE'] },
  levels: [{ priority: 'urgent', minutes: 60 }],
  disclosure: { mode: 'pseudonymised', profile: 'R-read' },
  quality: { secondReadRate: 1, newStarterCases: 0, blind: true },
  price: { unit: 'exam', amount: '40.00', currency: 'EUR' },
};

const installation = shared(async (later) => {
  const node = await startNodeProcess(later);
  const [north, room] = [bearer(node, 'north', scopes), bearer(node, 'reading/telerad', scopes)];
  const south = bearer(node, 'south', scopes);
  const { config } = loadConfig({ environment: { FASCIA_DATA: node.data }, folder: node.data });
  const core = await openCore(config, silentLog);
  const log = new CaseLog({ database: core.database, clock: systemClock, term: async () => someTerm() });
  later(async () => {
    await log.close();
    await core.close();
  });
  const { tenant: roomTenant } = await openRoom(core.database, 'telerad', 'DE');
  const [client] = await core.database.query<{ id: number }>(`select id from tenant where name = 'north'`);
  const ask = async (who: Bearer, method: string, path: string, body?: object) => {
    const answer = await fetch(`${node.url}${path}`, {
      method,
      headers: { ...who, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json');
    // biome-ignore lint/suspicious/noExplicitAny: whatever the path answers.
    return { status: answer.status, body: (isJson ? JSON.parse(text) : text) as any };
  };
  const api = (who: Bearer, method: string, path: string, body?: object) => ask(who, method, `/api/v1${path}`, body);
  const contract = { id: 'north-telerad', provider: 'telerad', terms: { ct: term } };
  assert.equal((await api(north, 'POST', '/reading/contracts', contract)).status, 200);
  const { body: written } = await api(north, 'GET', '/reading/contracts/north-telerad');
  const agreed = { id: 'north-telerad/ct', version: written.terms.ct.version as number };

  /** A case of a study that is here, read by `reader`. */
  const read = async (reader: string): Promise<string> => {
    const studyUid = freshUid();
    const { file } = makeInstance({ studyInstanceUid: studyUid, attributes: { PatientName: NAME, PatientID: 'K-1' } });
    assert.equal((await stow(node.url, [file], { headers: north })).status, 200);
    const facts = someFacts({ client: 'north', provider: 'telerad' });
    const { id } = (await log.create({ client: client!.id, room: roomTenant, studyUid, roomStudyUid: freshUid() }, by, [
      { kind: 'announced', facts, term: agreed },
      { kind: 'images-arrived', instances: 1 },
      { kind: 'ready', instances: 1, priors: 0 },
    ]))!;
    await sign(id, reader);
    return id;
  };
  const sign = async (id: string, reader: string) => {
    const entitlement = { licences: ['l'], privilege: 'p', checkedAt: 0 };
    const signed: CaseHappening[] = [
      { kind: 'claimed', reader, transactionUid: '2.25.1', leaseUntil: Date.now() + 60_000 },
      { kind: 'opened', reader },
      { kind: 'final-signed', report: { version: 1, reader, textHash: 'h', entitlement, overridden: [] } },
    ];
    await log.change(id, by, () => signed);
  };
  return { node, north, south, room, log, ask, api, read, sign };
});

/** Asks until the answer is what is waited for: nothing announces it outside. */
async function until<T>(asked: () => Promise<T>, isThere: (answer: T) => boolean): Promise<T> {
  const end = Date.now() + 20_000;
  for (;;) {
    const answer = await asked();
    if (isThere(answer)) return answer;
    assert.ok(Date.now() < end, `still ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('a critical result is told to the ward by its webhook, received by the link, and on record with six fields', async (t) => {
  const { node, north, south, room, ask, api, read } = await installation();
  const hook = await httpReceiver(t, () => ({ status: 204 }));
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const settings = { kind: 'webhook', settings: { url: hook.url, secret } };
  assert.equal((await api(north, 'PUT', '/destinations/WARD', settings)).status, 200);
  const lead = { recipient: 'chief', channels: ['console'] };
  const ladder = {
    rungs: [{ recipient: 'ward', channels: ['fhir', 'destination:WARD', 'destination:RIS'], minutes: 15 }],
    lead,
    readBack: true,
  };
  const messages: Message[] = [];
  const answered = async (bytes: Uint8Array) => {
    messages.push(readMessage(bytes));
    // Of two the first is not dealt with: it is sent again.
    return [acknowledge(messages.at(-1)!, messages.length === 1 ? 'AR' : 'AA', {}, systemAnswering).bytes];
  };
  const ris = await listenMllp({ host: '127.0.0.1', port: 0, handler: answered });
  t.after(() => ris.close());
  const line = { kind: 'hl7', settings: { host: '127.0.0.1', port: ris.port } };
  assert.equal((await api(north, 'PUT', '/destinations/RIS', line)).status, 200);
  const policy = { ladders: { 1: ladder, 2: ladder, 3: ladder } };
  assert.equal((await api(north, 'PUT', '/reading/critical/policies/standard', policy)).status, 204);
  const id = await read('ada');
  const flagged = await api(room, 'POST', `/reading/cases/${id}/critical`, { category: 1, finding: 'RID4710^RADLEX' });
  assert.deepEqual(flagged.body, { loop: `${id}.1` });
  await hook.answered(1);
  const told = JSON.parse((hook.requests[0] as HttpRequest).body.toString());
  assert.deepEqual([told.type, told.data.case, told.data.recipient], ['reading.critical', id, 'ward']);
  assert.ok(!JSON.stringify(told).includes('Kanarienvogel'));

  const open = async (who: Bearer) =>
    (await api(who, 'GET', '/reading/critical')).body.map((each: { loop: string }) => each.loop);
  assert.deepEqual([await open(north), await open(room), await open(south)], [[`${id}.1`], [`${id}.1`], []]);
  // Two systems have taken it, by the webhook and by HL7 v2, and nobody has received it.
  const { told: ways } = await until(
    async () => (await api(north, 'GET', `/reading/critical/${id}.1`)).body,
    (record) => record.told.length === 3,
  );
  assert.deepEqual(ways.map(({ channel }: { channel: string }) => channel).sort(), [
    'destination:RIS',
    'destination:WARD',
    'fhir',
  ]);
  assert.equal(messages.length, 2);
  const [notice] = reportsOfMessage(messages[1]!, {});
  assert.deepEqual(
    [notice!.patient.patientId, notice!.filler!.number, notice!.code.value, notice!.status],
    ['K-1', `${id}.1`, '73568-8', 'preliminary'],
  );
  assert.deepEqual([notice!.sections[0]!.kind, notice!.sections[0]!.interpretation], ['communication', 'AA']);
  const [received] = /\/acknowledge\/\S+/.exec(notice!.sections[0]!.text)!;
  assert.deepEqual(await open(north), [`${id}.1`]);
  const link = `${node.url}${received}`;
  assert.match(await (await fetch(link)).text(), new RegExp(id));
  assert.deepEqual(await open(north), [`${id}.1`], 'looking acknowledges nothing');
  assert.equal((await fetch(link, { method: 'POST' })).status, 422, 'nobody said it back');
  const form = { method: 'POST', body: new URLSearchParams({ readBack: 'on' }) };
  assert.equal((await fetch(`${link}x`, form)).status, 404);
  assert.equal((await fetch(link, form)).status, 200);
  assert.equal((await fetch(link, form)).status, 409, 'once');
  assert.deepEqual(await open(north), []);

  const { body: record } = await api(north, 'GET', `/reading/critical/${id}.1`);
  assert.deepEqual(
    [record.finding, record.toldBy.kind, record.received.by, record.received.method, record.received.readBack],
    ['RID4710^RADLEX', 'desk', 'ward', 'link', true],
  );
  const communication = await until(
    () => ask(north, 'GET', `/fhir/R4/Communication/critical-${id}.1`),
    ({ body }) => body.status === 'completed',
  );
  assert.equal(communication.body.about[0].reference.startsWith('ImagingStudy/'), true);
  assert.equal((await ask(room, 'GET', `/fhir/R4/Communication/critical-${id}.1`)).status, 404);
});

test('what a program found critical raises the case of its study, once it is there', async () => {
  const { north, log, ask, read } = await installation();
  const id = await read('ada');
  const { studyUid } = await log.stored(id);
  const { id: open } = (await log.create({ ...(await log.stored(id)), studyUid: studyUid!, partOf: id }, by, [
    {
      kind: 'announced',
      facts: someFacts({ client: 'north', provider: 'telerad', priority: 'routine' }),
      term: { id: 'x/y', version: 1 },
    },
  ]))!;
  const observation = {
    resourceType: 'Observation',
    status: 'preliminary',
    code: { text: 'intracranial haemorrhage' },
    focus: [{ identifier: { system: 'urn:dicom:uid', value: `urn:oid:${studyUid}` } }],
    interpretation: [{ coding: [{ code: 'AA' }] }],
  };
  assert.equal((await ask(north, 'POST', '/fhir/R4/Observation', observation)).status, 201);
  await until(
    () => log.read(open),
    ({ facts }) => facts.priority === 'stat',
  );
});

test('a reading is read again by another, and readers are told of it no more than they need', async () => {
  const { north, room, api, read, sign } = await installation();
  const id = await read('ada');
  const reviews = async (who: Bearer) =>
    (await api(who, 'GET', '/reading/reviews')).body.filter((each: { case: string }) => each.case === id);
  const [drawn] = await until(
    () => reviews(north),
    (found) => found.length === 1,
  );
  await sign(drawn.secondCase, 'ben');
  await until(
    () => reviews(room),
    ([found]) => found.state === 'awaits-score',
  );
  const scored = await api(room, 'POST', `/reading/reviews/${drawn.id}`, { step: 'score', score: '1' });
  assert.deepEqual([scored.body.state, scored.body.reviewer], ['closed', 'ben']);
  const { body: readers } = await api(north, 'GET', '/reading/quality/readers');
  assert.equal(readers[0].reader, 'ada');
  assert.ok(readers[0].discrepancies.of >= 1 && readers[0].discrepancies.high <= 1);
});

test('a statement comes to what was read, as JSON, CSV, PDF and Invoice, and the next one has nothing to say', async () => {
  const { north, south, room, ask, api, read } = await installation();
  await read('ada');
  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString();
  const wish = { kind: 'client', from: day(-1), until: day(1) };
  const [made] = (await api(north, 'POST', '/reading/statements', wish)).body;
  const { body: whole } = await api(room, 'GET', `/reading/statements/${made.id}`);
  const cases = whole.lines.filter(({ what }: { what: string }) => what === 'reading');
  assert.equal(made.sums[0].amount, `${(cases.length * 40).toFixed(2)}`);
  assert.deepEqual((await api(north, 'POST', '/reading/statements', wish)).body, []);
  assert.equal((await api(south, 'GET', `/reading/statements/${made.id}`)).status, 404);
  const csv = (await api(north, 'GET', `/reading/statements/${made.id}/csv`)).body as string;
  assert.equal(csv.trim().split('\n').length, whole.lines.length + 1);
  assert.match((await api(north, 'GET', `/reading/statements/${made.id}/pdf`)).body, /^%PDF/);
  const { body: invoice } = await until(
    () => ask(north, 'GET', `/fhir/R4/Invoice/statement-${made.id}-EUR`),
    ({ status }) => status === 200,
  );
  assert.equal(invoice.totalNet.value, Number(made.sums[0].amount));
  const item = await ask(north, 'GET', `/fhir/R4/${invoice.lineItem[0].chargeItemReference.reference}`);
  assert.equal(item.body.priceOverride.value, 40);

  const rate = { unit: 'exam', amount: '12.00', currency: 'EUR', validFrom: '2026-01-01T00:00:00Z' };
  assert.equal((await api(north, 'POST', '/reading/rates', rate)).status, 403);
  assert.equal((await api(room, 'POST', '/reading/rates', rate)).status, 204);
  const paid = (await api(room, 'POST', '/reading/statements', { ...wish, kind: 'reader' })).body;
  assert.ok(paid.some(({ party }: { party: string }) => party === 'ada'));
  const { body: usage } = await api(room, 'GET', `/metering?from=${wish.from}&until=${wish.until}`);
  assert.ok(usage.readers.length >= 1 && usage.storage.bytes >= 0 && usage.owed.length === 1);
});

test('a code stands for a patient to the client alone; a reader who has to know breaks the glass, on record', async () => {
  const { node, north, south, room, log, api, read } = await installation();
  const id = await read('ada');
  const said = id.toLowerCase().replace('-', ' ');
  const { body: whose } = await api(north, 'GET', `/reading/codes/${encodeURIComponent(said)}`);
  assert.deepEqual([whose.case, whose.patient.name, whose.patient.id], [id, NAME, 'K-1']);
  for (const who of [room, south]) assert.equal((await api(who, 'GET', `/reading/codes/${id}`)).status, 404);

  const reader = { id: 'ada', name: 'Lovelace^Ada', at: 'DE' };
  assert.equal((await api(room, 'POST', '/reading/readers', reader)).status, 200);
  const words = ['token', 'create', '--scope', 'report', '--reader', 'ada', '--tenant', 'reading/telerad'];
  const env = { ...process.env, FASCIA_DATA: node.data };
  const token = execFileSync(fascia, words, { env, encoding: 'utf8', stdio: 'pipe' }).trim();
  const ada = { Authorization: `Bearer ${token}` };
  const reason = { reason: 'patient deteriorates, ward cannot be reached' };
  assert.equal((await api(north, 'POST', `/reading/cases/${id}/reveal`, reason)).status, 403, 'not a reader');
  const other = await read('ben');
  assert.equal((await api(ada, 'POST', `/reading/cases/${other}/reveal`, reason)).status, 409, 'not her case');
  assert.equal((await api(ada, 'POST', `/reading/cases/${id}/reveal`, {})).status, 400, 'no reason');
  assert.ok((await log.events(id)).every(({ kind }) => kind !== 'revealed'));
  const { body: revealed } = await api(ada, 'POST', `/reading/cases/${id}/reveal`, reason);
  assert.equal(revealed.patient.name, NAME);
  const entry = (await log.events(id)).find(({ kind }) => kind === 'revealed');
  assert.deepEqual(entry && { by: entry.by, ...('reason' in entry && { reason: entry.reason }) }, {
    by: { kind: 'reader', id: 'ada' },
    ...reason,
  });
});

test('IHE MRRT: a template is stored, found and retrieved over HTTP, by the path of the profile too', async () => {
  const { node, room, api } = await installation();
  const mia = { id: 'mia', provider: 'telerad', name: 'Moss^Mia', at: 'DE' };
  assert.ok((await api(room, 'POST', '/reading/readers', mia)).status < 300);
  const words = ['token', 'create', '--scope', 'report', '--reader', 'mia', '--tenant', 'reading/telerad'];
  const env = { ...process.env, FASCIA_DATA: node.data };
  const token = execFileSync(fascia, words, { env, encoding: 'utf8', stdio: 'pipe' }).trim();
  const reader = { Authorization: `Bearer ${token}` };
  const at = (path: string) => `${node.url}/api/v1/reading/${path}`;
  const html = `<!DOCTYPE html><html><head><meta name="dcterms.title" content="CT appendix of ours">
    <meta name="dcterms.language" content="en"></head><body><section data-section-name="Impression">
    <p title="https://www.radelement.org/element/RDE196"><label for="d">Diameter</label>
    <input type="number" id="d" data-field-units="mm"></p></section></body></html>`;
  const store = (path: string, body: string) =>
    fetch(at(path), { method: 'PUT', headers: { ...room, 'Content-Type': 'text/html' }, body });
  const stored = await store('IHETemplateService/appendix', html);
  assert.equal(stored.status, 200, await stored.text());
  const { body: found } = await api(reader, 'GET', '/reading/templates?title=appendix%20of%20ours&language=en');
  assert.deepEqual(
    found.map(({ id }: { id: string }) => id),
    ['appendix'],
  );
  const documents = await Promise.all(
    ['IHETemplateService/appendix', 'templates/appendix/mrrt'].map(async (path) => {
      const answer = await fetch(at(path), { headers: reader });
      assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
      return answer.text();
    }),
  );
  assert.equal(documents[0], documents[1]);
  assert.match(documents[0]!, /RDE196/);
  assert.equal((await fetch(at('IHETemplateService/none'), { headers: reader })).status, 404);
  assert.ok((await store('IHETemplateService/appendix', 'no document')).status >= 400);
});
