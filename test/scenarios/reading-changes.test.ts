// What happens to a case that is on its way or being read: whose it is changes, images may not follow, and what holds it is let go.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { CASE_EVENT } from '../../src/reading/store/case-log.ts';
import type { ServiceTerm } from '../../src/reading/terms/service-term.ts';
import { apiIdentity } from '../../src/server/identity/api-identity.ts';
import { announceExpected } from '../../src/storage/announced.ts';
import { readEvents } from '../../src/storage/events.ts';
import { type Shown, someOrder, type TestExchange, testExchange } from '../support/exchange.ts';
import { freshUid, makeInstance } from '../support/instances.ts';

const today = new Date().toISOString().slice(0, 10).replaceAll('-', '');

/** A CT of today, of Jane Doe where nobody else is meant. */
function ct(accession: string, count = 2, over: Record<string, string> = {}, studyInstanceUid = freshUid()) {
  const seriesInstanceUid = freshUid();
  return Array.from({ length: count }, (_, at) =>
    makeInstance({
      ...{ studyInstanceUid, seriesInstanceUid },
      attributes: {
        ...{ PatientID: 'MRN-1', IssuerOfPatientID: 'RIS', PatientName: 'Doe^Jane', PatientBirthDate: '19800102' },
        ...{ PatientSex: 'F', AccessionNumber: accession, StudyDate: today, StudyDescription: 'CT Head' },
        ...{ InstanceNumber: `${at + 1}`, ...over },
      },
    }),
  );
}

const pid = (id: string, name = 'Doe^Jane', born = '19800102') => `PID|1||${id}^^^RIS^MR||${name}||${born}|F`;

interface BeingRead extends TestExchange {
  id: string;
  studyUid: string;
  ada(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): ReturnType<TestExchange['call']>;
  /** The case once it is so. */
  once(holds: (shown: Shown) => boolean): Promise<Shown>;
}

/** A case that ada is reading. */
async function beingRead(t: TestContext, accession: string, term: Partial<ServiceTerm> = {}): Promise<BeingRead> {
  const exchange = await testExchange(t, term);
  await exchange.order(someOrder(accession));
  await exchange.acquire(ct(accession));
  const { id, studyUid } = await exchange.caseOnce({ accession }, ({ state }) => state === 'ready');
  const ada: BeingRead['ada'] = (method, path, body) =>
    exchange.call(exchange.readerNamed('ada'), method, `/cases/${id}/${path}`, body);
  for (const step of ['claim', 'open']) assert.equal((await ada('POST', step)).status, 200);
  return { ...exchange, id, studyUid, ada, once: (holds) => exchange.caseOnce({ studyUid }, holds) };
}

/** A report of one sentence, on what the editor shows. */
async function report({ ada }: BeingRead) {
  const { content, facts, subject, version } = (await ada('GET', 'draft')).body;
  const sections = content.sections.map((section: Shown) => ({
    ...section,
    fields: section.fields.map((field: Shown) =>
      field.name === 'impression' ? { ...field, value: { text: 'No acute abnormality.' } } : field,
    ),
  }));
  const written = { ...content, sections };
  const looked = { series: facts.series.map(({ uid }: Shown) => uid) };
  assert.equal((await ada('PUT', 'draft', { basis: version, content: written, looked })).status, 200);
  return { as: 'final', content: written, subject };
}

/** Resolves once the feed tells the client of a change of what was signed. */
async function heardOfChange({ core, clinic, id }: BeingRead): Promise<void> {
  for (;;) {
    // An event is told once nothing older is still under way: a moment after it has happened.
    const events = await readEvents(core.database, { limit: 1000 });
    const told = events
      .filter(({ tenant, kind }) => tenant === clinic && kind === CASE_EVENT)
      .map(({ detail }) => detail as { case: string; kinds: string[] })
      .filter((each) => each.case === id);
    const signed = told.findLastIndex(({ kinds }) => kinds.includes('final-signed'));
    if (signed >= 0 && told.slice(signed).some(({ kinds }) => kinds.includes('changed'))) return;
    await pause(20);
  }
}

const sign = async (reading: BeingRead) => reading.ada('POST', 'sign', await report(reading));

test('ADT^A08, a merge (A40) and its taking back are told to who reads; nothing is signed before it was seen', async (t) => {
  const reading = await beingRead(t, 'B1');
  const { register, ada, once, core, desk } = reading;
  const told = async () => {
    const { unseen, state } = await once((shown) => shown.unseen.length > 0);
    assert.deepEqual([unseen, state], [['identity-changed'], 'reading']);
    const refused = await sign(reading);
    assert.equal(refused.status, 422, JSON.stringify(refused.body));
    assert.match(JSON.stringify(refused.body), /unseen-change/);
    assert.deepEqual((await ada('POST', 'seen')).body.unseen, []);
  };
  assert.equal(await register('A08', pid('MRN-1', 'Miller^Jane')), 'AA');
  await told();
  assert.equal(await register('A40', pid('MRN-9', 'Miller^Jane'), 'MRG|MRN-1^^^RIS^MR'), 'AA');
  await told();
  const [merge] = await core.database.query<{ id: string }>(
    `select id from identity_event where tenant = $1 and kind = 'assertion' order by id desc limit 1`,
    [reading.clinic],
  );
  await (await apiIdentity(core, desk)).decide({ type: 'retract', entry: merge!.id });
  await told();
  assert.equal((await sign(reading)).status, 200);

  // What is signed is not closed, and nothing is added to it, before somebody has looked; its client hears of it in the feed.
  const { subject } = (await ada('GET', 'reports')).body[0];
  const content = {
    language: 'en',
    sections: [{ kind: 'findings', text: 'Compared under the other name.', fields: [] }],
  };
  const add = () => ada('POST', 'addendum', { how: 'appended', reason: 'identity-changed', subject, content });
  assert.equal(await register('A40', pid('MRN-10', 'Miller^Jane'), 'MRG|MRN-1^^^RIS^MR'), 'AA');
  const after = await once((shown) => shown.unseen.length > 0);
  assert.deepEqual([after.versions, after.unseen], [1, ['identity-changed']]);
  assert.equal((await add()).status, 422);
  await heardOfChange(reading);
  assert.deepEqual((await ada('POST', 'seen')).body.unseen, []);
  // The exchange notes meanwhile that the first version is at home: whoever writes then is asked to look again.
  let added = await add();
  while (/moved on/.test(JSON.stringify(added.body))) added = await add();
  assert.deepEqual([added.status, added.body.version, (await once(() => true)).versions], [200, 2, 2]);
});

test('images that come while it is read count from then on; one that may not leave is told by its own word', async (t) => {
  const reading = await beingRead(t, 'B2');
  await reading.acquire(ct('B2', 2, {}, reading.studyUid), false);
  const more = await reading.once(({ unseen }) => unseen.length > 0);
  assert.deepEqual([more.unseen, more.images], [['late-images'], 4]);
  assert.deepEqual((await reading.ada('POST', 'seen')).body.unseen, []);
  assert.equal((await reading.call(reading.desk, 'POST', `/egress/${reading.id}/forget`)).status, 200);
  await reading.acquire(ct('B2', 1, {}, reading.studyUid), false);
  const withheld = await reading.once(({ unseen }) => unseen.length > 0);
  assert.deepEqual([withheld.unseen, withheld.images], [['images-withheld'], 4]);
  assert.equal((await sign(reading)).status, 422);
  assert.deepEqual((await reading.ada('POST', 'seen')).body.unseen, []);
});

test('28 CFR 202: who asks for a case is counted as the copies are, and only those within twelve months', async (t) => {
  const jurisdictions = { patientAt: ['DE'], readerMayBeAt: ['DE'], dataMayRestAt: ['DE'], blocked: [] };
  const exchange = await testExchange(t, { jurisdictions: { ...jurisdictions, personsPerRecipient: 1 } });
  const { call, core, readerNamed } = exchange;
  await exchange.acquire(ct('B3', 1, { PatientID: 'MRN-3', PatientName: 'Roe^Ann', PatientBirthDate: '19500101' }));
  await call(exchange.desk, 'POST', '/cases', { accession: 'B3', priority: 'stat' });
  const old = await exchange.caseOnce({ accession: 'B3' }, ({ state }) => state === 'ready');
  // Its copies have lain there for more than a year: others may be given by now.
  await core.database.query(`update reading_egress set left_at = now() - interval '400 days' where case_id = $1`, [
    old.id,
  ]);
  await exchange.order(someOrder('B4'));
  await exchange.acquire(ct('B4'));
  const fresh = await exchange.caseOnce({ accession: 'B4' }, ({ state }) => state === 'ready');
  const refused = await call(readerNamed('ada'), 'POST', `/cases/${old.id}/claim`);
  assert.equal(refused.status, 403);
  assert.match(JSON.stringify(refused.body), /data of 1 persons, of 1/);
  await (await core.dispatch()).pool.refresh();
  const given = await call(readerNamed('ada'), 'POST', '/cases/next');
  assert.deepEqual([given.status, given.body.id], [200, fresh.id]);
});

/** Of an open case: why it waits, and whom that is put down to. */
const waits = ({ state, held }: Shown) => [state, ...held.map(({ reason, cause }: Shown) => `${reason} by ${cause}`)];
/** Intake looks at what it holds now and then. */
const lookAgain = ({ core }: TestExchange, id: string) =>
  core.database.query('update reading_case set intake_at = now() where id = $1', [id]);

/** What it waited for, and whether that is over. */
async function pausesOf({ core }: TestExchange, id: string): Promise<unknown[]> {
  const { pauses } = await core.cases.read(id);
  return pauses.map(({ reason, cause, to }) => [reason, cause, to !== undefined]);
}

test('fewer images than were announced hold a case, until the others come or the desk lets it go', async (t) => {
  const exchange = await testExchange(t);
  const { core, clinic, caseOnce, call, desk } = exchange;
  const begin = async (accession: string) => {
    await exchange.order(someOrder(accession));
    const studyInstanceUid = freshUid();
    await announceExpected(core.database, clinic, { studyInstanceUid, instances: 3, final: true });
    // Nobody waits in a test for as long as a gateway does.
    await core.database.query(`update announcement set at = at - interval '2 days' where study_uid = $1`, [
      studyInstanceUid,
    ]);
    await exchange.acquire(ct(accession, 2, {}, studyInstanceUid), false);
    const { id } = await caseOnce({ accession }, ({ state }) => state === 'receiving');
    await core.database.query(
      `update instance set created_at = created_at - interval '2 days'
       where study = (select id from study where tenant = $1 and study_uid = $2)`,
      [clinic, studyInstanceUid],
    );
    await lookAgain(exchange, id);
    const held = await caseOnce({ accession }, ({ state }) => state === 'hold');
    assert.deepEqual(waits(held), ['hold', 'count-differs by client']);
    return { id, studyInstanceUid };
  };
  const first = await begin('C1');
  await exchange.acquire(ct('C1', 1, {}, first.studyInstanceUid), false);
  await caseOnce({ accession: 'C1' }, ({ state }) => state === 'ready');
  assert.deepEqual(await pausesOf(exchange, first.id), [['count-differs', 'client', true]]);

  const second = await begin('C2');
  assert.equal((await call(desk, 'POST', `/cases/${second.id}/resume`)).status, 200);
  await lookAgain(exchange, second.id);
  await caseOnce({ accession: 'C2' }, ({ state }) => state === 'ready');
  assert.deepEqual(await pausesOf(exchange, second.id), [['count-differs', 'client', true]]);
});

test('priors that the term demands and rules have asked for hold a case until they are here or given up', async (t) => {
  const priors = { lookbackMonths: 36, maxStudies: 5, modalities: [], required: true };
  const exchange = await testExchange(t, { priors });
  const { core, clinic, caseOnce } = exchange;
  const order = await exchange.order(someOrder('C3'));
  await core.database.query(
    `insert into prefetch (tenant, subject, rule, rule_set, facts, archives, priority)
     values ($1, $2, 'priors', 1, '{}', '{ELSEWHERE}', 1)`,
    [clinic, `order ${order}`],
  );
  await exchange.acquire(ct('C3'));
  const held = await caseOnce({ accession: 'C3' }, ({ state }) => state === 'hold');
  assert.deepEqual(waits(held), ['hold', 'priors-missing by client']);
  await core.database.query(`update prefetch set state = 'asked' where tenant = $1`, [clinic]);
  await lookAgain(exchange, held.id);
  await caseOnce({ accession: 'C3' }, ({ state }) => state === 'ready');
  assert.deepEqual(await pausesOf(exchange, held.id), [['priors-missing', 'client', true]]);
});
