import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Bundle, ImagingStudy } from '@medplum/fhirtypes';
import { Problem } from '../../base/problem.ts';
import type { ImagingStudyQuery, StudyDetail } from '../imaging-study-query.ts';
import type { DerivedStudy } from './handlers.ts';
import { testDoor } from './testing/test-door.ts';

const study: DerivedStudy = {
  resourceType: 'ImagingStudy',
  id: '1-abc',
  meta: { versionId: 'v1', lastUpdated: '2026-11-23T10:00:00.000Z' },
  status: 'available',
  subject: { reference: 'Patient/P1' },
  numberOfSeries: 1,
};

async function door(t: TestContext, next?: string) {
  const asked: ImagingStudyQuery[] = [];
  const details: StudyDetail[] = [];
  const { send } = await testDoor(t, {
    imagingStudies: {
      async search(_, query) {
        asked.push(query);
        return { studies: [study], included: [], total: 7, ...(next && { next }) };
      },
      async read(_, id, detail) {
        details.push(detail);
        if (id !== study.id) throw new Problem('catalogue/not-found', { what: 'ImagingStudy' });
        return study;
      },
      async manifest(_request, _id, form) {
        const bytes = new TextEncoder().encode(form);
        return form === 'fhir'
          ? { resourceType: 'Bundle', type: 'document' }
          : { mediaType: 'application/dicom', bytes };
      },
      async endpoint() {
        throw new Problem('catalogue/not-found', { what: 'Endpoint' });
      },
    },
  });
  return { send, asked, details };
}

test('R4 search: parameters of ImagingStudy are read with their modifiers, prefixes and systems', async (t) => {
  const { send, asked } = await door(t);
  const query =
    'identifier=urn:dicom:uid|urn:oid:1.2.3,A1&patient=Patient/P1&subject:Patient=P2&modality:not=CT&started=ge2026-01' +
    '&basedon:identifier=urn:x|A1&performer:missing=true&_sort=-started&_count=5&_total=accurate&_include=ImagingStudy:patient';
  const { status } = await send('GET', `/ImagingStudy?${query}`);
  assert.equal(status, 200);
  const { criteria, order, count, total, includes, detail } = asked[0]!;
  assert.deepEqual(
    criteria.map(({ parameter, modifier, values }) => [parameter, modifier, values.map(({ text }) => text)]),
    [
      ['identifier', undefined, ['urn:oid:1.2.3', 'A1']],
      ['patient', undefined, ['P1']],
      ['subject', undefined, ['P2']],
      ['modality', 'not', ['CT']],
      ['started', undefined, ['ge2026-01']],
      ['basedon', 'identifier', ['A1']],
      ['performer', 'missing', ['true']],
    ],
  );
  assert.equal(criteria[0]!.values[0]!.system, 'urn:dicom:uid');
  assert.equal(criteria[4]!.values[0]!.date!.prefix, 'ge');
  assert.deepEqual([order, count, total], [{ by: 'started', descending: true }, 5, 'accurate']);
  assert.deepEqual(
    [includes, detail],
    [[{ isReverse: false, iterates: false, type: 'ImagingStudy', parameter: 'patient' }], 'instances'],
  );
});

test('R4 search.html#chaining: what is asked of the patient is asked as of any patient', async (t) => {
  const { send, asked } = await door(t);
  await send('GET', '/ImagingStudy?patient.identifier=urn:oid:1.2|7&subject:Patient.birthdate=ge1990');
  assert.deepEqual(
    asked[0]!.criteria.map(({ ofPatient }) => ofPatient!.criteria.map(({ parameter }) => parameter)),
    [['identifier'], ['birthdate']],
  );
  for (const refused of ['performer.name=x', 'patient:Group.name=x', 'patient.nonsense=x', 'modality:exact=CT']) {
    const { status, issue } = await send('GET', `/ImagingStudy?${refused}`);
    assert.equal(status, 400, `${refused}: ${issue}`);
  }
});

test('an unknown parameter is ignored and said so, or refused where the client is strict', async (t) => {
  const { send } = await door(t);
  const lenient = await send<Bundle>('GET', '/ImagingStudy?nonsense=1&_sort=modality&modality=CT');
  const outcome = lenient.resource.entry!.find(({ search }) => search!.mode === 'outcome')!;
  assert.match(JSON.stringify(outcome.resource), /nonsense.*_sort/);
  const strict = await send('GET', '/ImagingStudy?nonsense=1', undefined, { Prefer: 'handling=strict' });
  assert.equal(strict.status, 400);
});

test('R4 http.html#paging: the next page is linked by what the answer was an answer to', async (t) => {
  const { send, asked } = await door(t, 'abc');
  const { resource } = await send<Bundle>('GET', '/ImagingStudy?modality=CT&_count=1&nonsense=1');
  assert.equal(resource.total, 7);
  const next = resource.link!.find(({ relation }) => relation === 'next')!.url!;
  assert.match(next, /ImagingStudy\?modality=CT&_count=1&_cursor=abc$/);
  const second = await send<Bundle>('GET', next.slice(next.indexOf('/ImagingStudy')));
  assert.equal(asked[1]!.cursor, 'abc');
  assert.deepEqual(
    second.resource.link!.map(({ relation }) => relation),
    ['self', 'first', 'next'],
  );
});

test('a summary is read without instances, elements without series', async (t) => {
  const { send, details } = await door(t);
  await send('GET', '/ImagingStudy/1-abc?_summary=true');
  const some = await send<ImagingStudy>('GET', '/ImagingStudy/1-abc?_elements=subject');
  await send('GET', '/ImagingStudy/1-abc');
  assert.deepEqual(details, ['series', 'study', 'instances']);
  assert.equal(some.resource.numberOfSeries, undefined);
  assert.equal(some.resource.meta!.tag![0]!.code, 'SUBSETTED');
});

test('a read has an entity tag, by which it is not read again; nobody writes a study', async (t) => {
  const { send } = await door(t);
  const first = await send('GET', '/ImagingStudy/1-abc');
  assert.equal(first.headers.get('etag'), 'W/"v1"');
  const second = await send('GET', '/ImagingStudy/1-abc', undefined, { 'If-None-Match': 'W/"v1"' });
  assert.equal(second.status, 304);
  assert.equal((await send('GET', '/ImagingStudy/1-xyz')).status, 404);
  const written = await send('POST', '/ImagingStudy', study);
  assert.deepEqual([written.status, written.headers.get('allow')], [405, 'GET, HEAD, OPTIONS']);
});

test('IHE MADO: a manifest is a FHIR document, or in DICOM where that is asked for or XDS-I.b is', async (t) => {
  const { send } = await door(t);
  const document = await send('GET', `/ImagingStudy/${study.id}/$manifest`);
  assert.deepEqual([document.status, (document.resource as Bundle).type], [200, 'document']);
  const forms: [query: string, accept: string, form: string][] = [
    ['', 'application/dicom', 'mado'],
    ['?profile=mado', 'application/dicom, */*;q=0.1', 'mado'],
    ['?profile=xds-i', '*/*', 'xds-i'],
  ];
  for (const [query, Accept, form] of forms) {
    const { headers, text } = await send('GET', `/ImagingStudy/${study.id}/$manifest${query}`, undefined, { Accept });
    assert.deepEqual([headers.get('content-type'), text], ['application/dicom', form]);
  }
  const refused = await send('GET', `/ImagingStudy/${study.id}/$manifest?profile=other`);
  assert.deepEqual([refused.status, refused.issue], [400, 'error invalid a manifest is of profile mado or xds-i']);
});
