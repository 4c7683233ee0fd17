import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DataSet, type NewValue } from '../dicom/dataset.ts';
import { jsonText } from '../dicom/json.ts';
import type { JsonObject } from '../fhir/json.ts';
import { validate } from '../fhir/validate.ts';
import { bodyPartsOf, bodySiteOf } from './body-site.ts';
import { documentTitle } from './document-title.ts';
import { imagingStudyOf, type StudyContent } from './imaging-study.ts';
import { imagingStudyId, readImagingStudyId } from './imaging-study-id.ts';
import { dateTimeOf } from './local-moment.ts';

const json = (attributes: Record<string, NewValue>): string => jsonText(item(attributes));

const item = (attributes: Record<string, NewValue>): DataSet => {
  const dataset = new DataSet();
  for (const [keyword, value] of Object.entries(attributes)) dataset.set(keyword, value);
  return dataset;
};

const content = (more: Partial<StudyContent> = {}): StudyContent => ({
  id: '1-abc',
  versionId: 'v1',
  lastUpdated: '2026-11-23T10:00:00.000Z',
  studyInstanceUid: '1.2.3',
  attributes: json({ StudyDate: '20260115', StudyTime: '101112' }),
  facts: [],
  subject: { reference: 'Patient/P1' },
  endpoint: [{ reference: 'Endpoint/wado-rs' }],
  series: [],
  systemOf: (issuer) => `urn:fascia:namespace:${issuer}`,
  ...more,
});

const isValid = (study: object): void => assert.deepEqual(validate(study as JsonObject), []);

test('an id is made of tenant and Study Instance UID, is one that R4 allows, and is read back', () => {
  const component = fc.stringMatching(/^(0|[1-9]\d{0,11})$/);
  const uid = fc
    .array(component, { minLength: 1, maxLength: 12 })
    .map((parts) => parts.join('.'))
    .filter((text) => text.length <= 64);
  const patient = fc.option(fc.stringMatching(/^[0-9a-f]{12}$/), { nil: undefined });
  fc.assert(
    fc.property(uid, fc.integer({ min: 1, max: 32_767 }), patient, (studyInstanceUid, tenant, whose) => {
      const key = { tenant, studyInstanceUid, patient: whose };
      const id = imagingStudyId(key);
      assert.match(id, /^[A-Za-z0-9\-.]{1,64}$/);
      assert.deepEqual(readImagingStudyId(id), key);
    }),
  );
  for (const strange of ['', '1', '1-', '1-0', '1-1', 'zzzzz-1', '1-AB', '01-1b', '1-66-XYZ']) {
    assert.equal(readImagingStudyId(strange), undefined, strange);
  }
});

test('R4 dateTime: a time is told with the zone that (0008,0201) or the source gives, and without one not at all', () => {
  assert.equal(dateTimeOf('20260115', '101112.5', { offset: '+0530' }), '2026-01-15T10:11:12.5+05:30');
  assert.equal(dateTimeOf('20260115', '1011', { name: 'Europe/Berlin' }), '2026-01-15T10:11:00+01:00');
  assert.equal(dateTimeOf('20260715', '101112', { name: 'Europe/Berlin' }), '2026-07-15T10:11:12+02:00');
  assert.equal(dateTimeOf('20260115', '101112', undefined), '2026-01-15');
  assert.equal(dateTimeOf('20260115', '10', { offset: '+0000' }), '2026-01-15', 'R4 has no hour alone');
  assert.equal(dateTimeOf('20260115', '101112', { offset: '+2500' }), '2026-01-15', 'no offset');
  assert.equal(dateTimeOf('2026.01.15', '10:11:12', { offset: '-0800' }), '2026-01-15T10:11:12-08:00', 'ACR-NEMA');
  assert.equal(dateTimeOf('20260229', '101112', { offset: '+0000' }), undefined, 'no such day');
  assert.equal(dateTimeOf(undefined, '101112', { offset: '+0000' }), undefined);
});

test('an hour that a clock shows twice is the first of them, and one that it leaves out is counted from before', () => {
  assert.equal(dateTimeOf('20261025', '023000', { name: 'Europe/Berlin' }), '2026-10-25T02:30:00+02:00');
  assert.equal(dateTimeOf('20260329', '023000', { name: 'Europe/Berlin' }), '2026-03-29T02:30:00+01:00');
  assert.equal(dateTimeOf('20261101', '013000', { name: 'America/New_York' }), '2026-11-01T01:30:00-04:00');
});

test('a dateTime of a zone names the moment that the wall clock of that zone shows then', () => {
  const zones = ['Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Chatham', 'UTC', 'America/Sao_Paulo'];
  const moments = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2035, 0) });
  fc.assert(
    fc.property(moments, fc.constantFrom(...zones), (at, name) => {
      const shown = new Intl.DateTimeFormat('sv-SE', {
        timeZone: name,
        dateStyle: 'short',
        timeStyle: 'medium',
      }).format(at);
      const [day = '', clock = ''] = shown.split(' ');
      const told = dateTimeOf(day.replaceAll('-', ''), clock.replaceAll(':', ''), { name })!;
      const back = new Intl.DateTimeFormat('sv-SE', { timeZone: name, dateStyle: 'short', timeStyle: 'medium' });
      assert.equal(back.format(Date.parse(told)), shown, told);
    }),
  );
});

test('an ImagingStudy has what its mapping to DICOM says, and is valid', () => {
  const study = imagingStudyOf(
    content({
      attributes: json({
        SpecificCharacterSet: 'ISO_IR 192',
        StudyDate: '20260115',
        StudyTime: '101112',
        TimezoneOffsetFromUTC: '+0100',
        AccessionNumber: 'A1',
        IssuerOfAccessionNumberSequence: [item({ LocalNamespaceEntityID: 'RIS' })],
        ReferringPhysicianName: 'Müller^Eva^^Dr.',
        NameOfPhysiciansReadingStudy: ['Reader^Rosa', 'Other^Otto'],
        StudyDescription: 'CT des Schädels',
        ProcedureCodeSequence: [item({ CodeValue: 'CTH', CodingSchemeDesignator: '99X', CodeMeaning: 'Schädel' })],
      }),
      series: [
        {
          seriesInstanceUid: '1.2.3.1',
          attributes: json({
            Modality: 'CT',
            SeriesNumber: '2',
            SeriesDescription: 'axial',
            BodyPartExamined: 'HEAD',
            Laterality: 'L',
            SeriesDate: '20260115',
            SeriesTime: '101500',
            OperatorsName: 'Op^Olga',
            InstitutionName: 'General',
            RequestAttributesSequence: [item({ ReasonForTheRequestedProcedure: 'trauma' })],
          }),
          instanceCount: 2,
          instances: [
            { uid: '1.2.3.1.1', sopClass: '1.2.840.10008.5.1.4.1.1.2', number: 1 },
            { uid: '1.2.3.1.2', sopClass: '1.2.840.10008.5.1.4.1.1.2', number: -3 },
          ],
        },
        {
          seriesInstanceUid: '1.2.3.2',
          attributes: json({ Modality: 'SR' }),
          instanceCount: 1,
          instances: [{ uid: '1.2.3.2.1', sopClass: '1.2.840.10008.5.1.4.1.1.88.11', title: 'Report' }],
        },
      ],
    }),
  );
  isValid(study);
  assert.deepEqual(
    study.identifier!.map(({ system, value, assigner }) => [system, value, assigner?.display]),
    [
      ['urn:dicom:uid', 'urn:oid:1.2.3', undefined],
      ['urn:fascia:namespace:RIS', 'A1', 'RIS'],
    ],
  );
  assert.equal(study.started, '2026-01-15T10:11:12+01:00');
  assert.deepEqual(
    study.modality!.map(({ code }) => code),
    ['CT'],
    'of those that acquire',
  );
  assert.deepEqual([study.numberOfSeries, study.numberOfInstances], [2, 3]);
  assert.equal(study.referrer!.display, 'Dr. Eva Müller');
  assert.deepEqual(
    study.interpreter!.map(({ display }) => display),
    ['Rosa Reader', 'Otto Other'],
  );
  assert.deepEqual(study.reasonCode, [{ text: 'trauma' }]);
  assert.deepEqual(study.procedureCode, [{ coding: [{ code: 'CTH', display: 'Schädel' }] }], '99X is nobody’s system');
  const [ct, sr] = study.series!;
  assert.deepEqual([ct!.number, ct!.bodySite!.code, ct!.laterality!.code], [2, '69536005', '7771000']);
  assert.equal(ct!.started, '2026-01-15', 'the series says no zone, and nobody knows one');
  assert.equal(ct!.performer![0]!.actor.display, 'Olga Op');
  assert.deepEqual(
    ct!.instance!.map(({ number }) => number),
    [1, undefined],
    'R4 unsignedInt',
  );
  assert.equal(ct!.instance![0]!.sopClass.code, 'urn:oid:1.2.840.10008.5.1.4.1.1.2');
  assert.equal(sr!.instance![0]!.title, 'Report');
});

test('a zone that is configured of the source is told beside the time', () => {
  const study = imagingStudyOf(content({ zone: { name: 'Asia/Tokyo' } }));
  isValid(study);
  assert.equal(study.started, '2026-01-15T10:11:12+09:00');
  const { _started } = study as { _started?: { extension: { valueCode: string }[] } };
  assert.equal(_started!.extension[0]!.valueCode, 'Asia/Tokyo');
});

test('what normalisation found stands where the headers are silent, and its codes beside theirs', () => {
  const facts = [
    { attribute: 'ProcedureCodeSequence', value: '24725-4^LN^CT Head' },
    { attribute: 'AnatomicRegionSequence', value: '12738006^SCT^Brain' },
    { attribute: 'Laterality', value: 'B' },
  ];
  const headers: Record<string, NewValue>[] = [
    { Modality: 'CT' },
    { Modality: 'CT', BodyPartExamined: 'NECK' },
    { Modality: 'SR' },
  ];
  const series = headers.map((attributes, n) => ({
    seriesInstanceUid: `1.2.3.${n}`,
    attributes: json(attributes),
    instanceCount: 1,
  }));
  const study = imagingStudyOf(content({ facts, series }));
  isValid(study);
  assert.deepEqual(study.procedureCode, [
    { coding: [{ system: 'http://loinc.org', code: '24725-4', display: 'CT Head' }] },
  ]);
  assert.deepEqual(
    study.series!.map(({ bodySite, laterality }) => [bodySite?.code, laterality?.code]),
    [
      ['12738006', '51440002'],
      ['45048000', '51440002'],
      [undefined, undefined],
    ],
  );
});

test('PS3.16 Annex L: terms and codes of the body are read both ways', () => {
  assert.equal(bodySiteOf(' chest ')?.code, '816094009');
  assert.deepEqual(bodyPartsOf('816094009'), ['CHEST']);
  assert.equal(bodySiteOf('SOMETHING'), undefined);
});

test('a document is called by its own title before the name of its concept', () => {
  const concept = { Value: [{ '00080104': { Value: ['Radiology Report'] } }] };
  assert.equal(documentTitle({ '0040A043': concept }), 'Radiology Report');
  assert.equal(documentTitle({ '0040A043': concept, '00420010': { Value: ['Letter'] } }), 'Letter');
  assert.equal(documentTitle({ '00420010': {} }), undefined);
});
