// A report of an outsourced reading, from the order to the signature, by /api/v1: what the reader is given to write in, what is
// refused, and what is kept.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { ReportContent } from '../../src/reading/content/report-content.ts';
import { type Shown, someOrder, type TestExchange, testExchange } from '../support/exchange.ts';
import { freshUid, makeInstance } from '../support/instances.ts';

const today = new Date().toISOString().slice(0, 10).replaceAll('-', '');

interface Reading extends TestExchange {
  id: string;
  as(method: 'GET' | 'POST' | 'PUT', action: string, body?: object): Promise<{ status: number; body: Shown }>;
}

/** A CT head of Jane Doe that ada has opened, under a pseudonym. */
async function beingRead(t: TestContext): Promise<Reading> {
  const exchange = await testExchange(t);
  await exchange.order(someOrder('A1', { reason: 'Jane Doe fell, headache' }));
  const [studyInstanceUid, seriesInstanceUid] = [freshUid(), freshUid()];
  const who = { PatientID: 'MRN-1', IssuerOfPatientID: 'RIS', PatientName: 'Doe^Jane', PatientBirthDate: '19800102' };
  const what = { AccessionNumber: 'A1', StudyDate: today, StudyDescription: 'CT Head', PatientSex: 'F' };
  const images = [1, 2].map((number) =>
    makeInstance({
      ...{ studyInstanceUid, seriesInstanceUid },
      attributes: { ...who, ...what, BodyPartExamined: 'HEAD', InstanceNumber: `${number}` },
    }),
  );
  await exchange.acquire(images);
  const { id } = await exchange.caseOnce({ accession: 'A1' }, ({ state }) => state === 'ready');
  const ada = exchange.readerNamed('ada');
  for (const step of ['claim', 'open'])
    assert.equal((await exchange.call(ada, 'POST', `/cases/${id}/${step}`)).status, 200);
  return { ...exchange, id, as: (method, action, body) => exchange.call(ada, method, `/cases/${id}/${action}`, body) };
}

const written = (content: ReportContent, texts: Record<string, string>): ReportContent => ({
  ...content,
  sections: content.sections.map((section) => ({
    ...section,
    fields: section.fields.map((field) =>
      texts[field.name] === undefined ? field : { ...field, value: { text: texts[field.name]! } },
    ),
  })),
});

test('a report is written in what the study brings, saved as it goes, and signed when nothing speaks against it', async (t) => {
  const { as, id, call, desk, caseOnce } = await beingRead(t);
  const { status, body: opened } = await as('GET', 'draft');
  assert.equal(status, 200, JSON.stringify(opened));
  assert.equal(opened.version, 0);
  assert.equal(JSON.stringify(opened).includes('Doe'), false, 'whose it is stays at the clinic');
  assert.match(JSON.stringify(opened.content), /fell, headache/);
  assert.equal(opened.facts.instances, 2);
  assert.equal(opened.facts.instancesSent, 2);

  const content = written(opened.content, { impression: 'No acute intracranial abnormality.' });
  const series = opened.facts.series.map(({ uid }: { uid: string }) => uid);
  const saved = await as('PUT', 'draft', { basis: 0, content, looked: { series } });
  assert.deepEqual([saved.status, saved.body.version, saved.body.findings], [200, 1, []]);

  const wish = { as: 'final', content, subject: opened.subject };
  const dated = written(content, { other: 'As on 12.03.2019.' });
  assert.equal((await as('POST', 'sign', { ...wish, content: dated })).status, 422);
  const elsewhere = { ...opened.subject, studyUid: freshUid() };
  const refused = await as('POST', 'sign', { ...wish, subject: elsewhere });
  assert.deepEqual([refused.status, /wrong-patient/.test(refused.body.detail)], [422, true]);

  const signed = await as('POST', 'sign', wish);
  assert.deepEqual([signed.status, signed.body.state, signed.body.version], [200, 'final', 1]);
  assert.equal((await as('POST', 'sign', wish)).status, 409);
  await caseOnce({ accession: 'A1' }, ({ state, versions }) => state !== 'reading' && versions === 1);
  assert.equal((await call(desk, 'GET', `/cases/${id}/draft`)).status, 403, 'who reads is a reader');
  const log = JSON.stringify((await call(desk, 'GET', `/cases/${id}/log`)).body);
  assert.equal(/intracranial|Doe/.test(log), false, 'the log holds no text of a report');

  const added = await as('POST', 'addendum', {
    ...{ how: 'appended', reason: 'asked by the ward', subject: opened.subject },
    content: { language: 'en', sections: [{ kind: 'findings', text: 'The orbits are normal.', fields: [] }] },
  });
  assert.deepEqual([added.status, added.body.version], [200, 2]);
  const { body: versions } = await as('GET', 'reports');
  assert.deepEqual(
    (versions as unknown as Shown[]).map(({ status: each }) => each),
    ['final', 'appended'],
  );
});

test('templates are asked for, exchanged as IHE MRRT, and put by whoever administers', async (t) => {
  const { call, clinic, core, readerNamed, desk, room } = await testExchange(t);
  const ada = readerNamed('ada');
  const names = (await call(ada, 'GET', '/templates?modality=CT&title=head')).body as unknown as Shown[];
  assert.deepEqual(
    names.map(({ id }) => id),
    ['ct-head'],
  );
  const { id: _, version: __, ...template } = names[0]!;
  assert.equal((await call(ada, 'PUT', '/templates/ours', template)).status, 403);
  const admin = { ...desk, id: 'token:room-desk', tenant: room };
  assert.equal((await call(admin, 'PUT', '/templates/ours', template)).status, 200);
  const wrong = { ...template, sections: [{ kind: 'findings', text: '{{nothing}}', fields: [] }] };
  assert.equal((await call(admin, 'PUT', '/templates/ours', wrong)).status, 400);
  assert.equal((await call(ada, 'GET', '/templates/ours')).body.version, 1);
  const elsewhere = { ...ada, id: 'token:elsewhere', tenant: clinic };
  assert.equal((await call(elsewhere, 'GET', '/templates/ours')).status, 404, 'each tenant has its own');
  const kept = await core.database.query('select from report_template where tenant = $1', [room]);
  assert.equal(kept.length, 1);
});
