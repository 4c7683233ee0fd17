import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bundle, CodeableConcept, Resource } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { systems } from '../../../test/support/report-ways.ts';
import { longReports, reports } from '../../../test/support/reports.ts';
import { readResource, writeResource } from '../../fhir/resource.ts';
import { cdaSections } from './cda-sections.ts';
import { diagnosticReportOf } from './diagnostic-report.ts';
import { documentBundle } from './document-bundle.ts';
import { narrativeText } from './narrative-text.ts';
import type { Report } from './report.ts';
import { reportOfDocument } from './report-of-document.ts';

const NOW = '2026-11-23T12:00:00.000Z';

/** The document of a report; `isBare`: without its DiagnosticReport, so that the Composition alone says it. */
function documentOf(report: Report, isBare = false): Bundle {
  const { issuer, patientId, name } = report.patient;
  const system = systems.systemOf(issuer);
  const resource = { ...diagnosticReportOf(report, { systems }), id: 'r', meta: { versionId: '3' } };
  const patient = {
    resourceType: 'Patient',
    id: 'p',
    identifier: [{ system, value: patientId }],
    name: [{ text: name }],
  };
  const bundle = documentBundle(report, {
    resource: { ...resource, subject: { reference: 'Patient/p' } } as never,
    patient: patient as never,
    baseUrl: 'https://one.example.org/fhir/R4',
    now: NOW,
  });
  const entry = bundle.entry!.filter(({ resource: each }) => !isBare || each!.resourceType !== 'DiagnosticReport');
  return { ...bundle, entry };
}

const numbered = (report: Report): Report => ({
  ...report,
  patient: { ...report.patient, issuer: 'NORTH', patientId: 'P-1' },
});

test('R4 documents: a document of ours is the same report again, through JSON and through XML', () => {
  const law = fc.property(reports(), fc.constantFrom('json' as const, 'xml' as const), (report, format) => {
    const written = writeResource(documentOf(numbered(report)), format);
    const read = reportOfDocument(readResource(written, format) as Bundle, systems)!.report;
    const { patient: _, ...content } = read;
    const { patient: _patient, ...expected } = numbered(report);
    assert.deepEqual({ ...content, issuedAt: undefined }, { ...expected, issuedAt: undefined });
  });
  fc.assert(law, { numRuns: 50 });
});

test('a Composition alone says every section, character by character, and its state as far as it has words', () => {
  const law = fc.property(fc.oneof(reports(), longReports()), (report) => {
    const { sections, status } = reportOfDocument(documentOf(numbered(report), true), systems)!.report;
    const said = (all: Report['sections']) => all.map(({ kind, text }) => [kind, text]);
    // An addendum's time and what is critical are the DiagnosticReport's to say; neighbours of one name are one section.
    const joined = new Map<string, string>();
    for (const [kind, text] of said(report.sections))
      joined.set(kind!, `${joined.get(kind!) ?? ''}${text}`.replace(/\n/g, ''));
    const found = new Map<string, string>();
    for (const [kind, text] of said(sections)) found.set(kind!, `${found.get(kind!) ?? ''}${text}`.replace(/\n/g, ''));
    assert.deepEqual(found, joined);
    if (['final', 'preliminary', 'entered-in-error'].includes(report.status)) assert.equal(status, report.status);
  });
  fc.assert(law, { numRuns: 20 });
});

const loinc = (code: string): CodeableConcept => ({ coding: [{ system: 'http://loinc.org', code }] });
const div = (html: string) => ({
  status: 'generated' as const,
  div: `<div xmlns="http://www.w3.org/1999/xhtml">${html}</div>`,
});

/** As a system in another country writes it: everybody is a resource, sections lie within sections. */
const european: Bundle = {
  resourceType: 'Bundle',
  type: 'document',
  identifier: { system: 'urn:ietf:rfc:3986', value: 'urn:uuid:aa' },
  timestamp: NOW,
  entry: [
    {
      fullUrl: 'urn:uuid:c',
      resource: {
        resourceType: 'Composition',
        status: 'final',
        language: 'nl',
        identifier: { system: 'urn:oid:2.999.1', value: 'R-9' },
        type: loinc('85430-7'),
        subject: { reference: 'urn:uuid:p' },
        date: '2026-11-22T10:00:00+01:00',
        title: 'CT thorax',
        author: [{ reference: 'urn:uuid:role' }, { reference: 'urn:uuid:o' }],
        section: [
          { title: 'Onderzoek', code: loinc('18726-0'), entry: [{ reference: 'urn:uuid:s' }] },
          { title: 'Voorgeschiedenis', code: loinc('11329-0'), emptyReason: { text: 'n.v.t.' } },
          {
            title: 'Bevindingen',
            code: loinc('59776-5'),
            text: div(
              '<p>Geen  infiltraat &amp;\n geen vocht.</p><ul><li>Hart: normaal</li><li>Klier 9&#160;mm</li></ul>',
            ),
            section: [
              { title: 'Conclusie', code: loinc('19005-8'), text: div('<b>Normaal</b> beeld.<br/>Geen controle.') },
            ],
          },
        ],
      } as Resource,
    },
    {
      fullUrl: 'urn:uuid:p',
      resource: {
        resourceType: 'Patient',
        identifier: [{ value: 'unnamed' }, { system: 'urn:oid:2.999.7', value: '900' }],
        name: [{ family: 'Quimbley', given: ['Hermione'] }],
        birthDate: '1961-03-07',
      },
    },
    {
      fullUrl: 'urn:uuid:role',
      resource: { resourceType: 'PractitionerRole', practitioner: { reference: 'urn:uuid:d' } },
    },
    { fullUrl: 'urn:uuid:d', resource: { resourceType: 'Practitioner', name: [{ family: 'Bos', given: ['Anna'] }] } },
    { fullUrl: 'urn:uuid:o', resource: { resourceType: 'Organization', name: 'Radiologie Zuid' } },
    {
      fullUrl: 'urn:uuid:s',
      resource: {
        resourceType: 'ImagingStudy',
        status: 'available',
        subject: { reference: 'urn:uuid:p' },
        identifier: [{ system: 'urn:dicom:uid', value: 'urn:oid:2.999.40.1' }],
        started: '2026-11-22T08:00:00+01:00',
      },
    },
    {
      fullUrl: 'urn:uuid:r',
      resource: {
        resourceType: 'ServiceRequest',
        status: 'completed',
        intent: 'order',
        subject: { reference: 'urn:uuid:p' },
        identifier: [{ type: { coding: [{ code: 'ACSN' }] }, system: 'urn:oid:2.999.8', value: 'A-77' }],
      },
    },
  ],
};

test('HL7 Europe imaging report: sections, study, order, author and patient are found by what refers to them', () => {
  const { report, patient } = reportOfDocument(european, systems)!;
  assert.deepEqual(report.sections, [
    { kind: 'findings', text: 'Geen infiltraat & geen vocht.\nHart: normaal\nKlier 9 mm' },
    { kind: 'impression', text: 'Normaal beeld.\nGeen controle.' },
  ]);
  const { filler, accession, studyInstanceUid, status, language, organization, people, issuedAt, observedAt } = report;
  assert.deepEqual(
    { filler, accession, studyInstanceUid, status, language, organization, people, issuedAt, observedAt },
    {
      filler: { number: 'R-9', issuer: 'urn:oid:2.999.1' },
      accession: { number: 'A-77', issuer: 'urn:oid:2.999.8' },
      studyInstanceUid: '2.999.40.1',
      status: 'final',
      language: 'nl',
      organization: 'Radiologie Zuid',
      people: [{ role: 'interpreter', name: 'Bos^Anna' }],
      issuedAt: '2026-11-22T10:00:00+01:00',
      observedAt: '2026-11-22T08:00:00+01:00',
    },
  );
  assert.deepEqual([report.patient.patientId, report.patient.name], ['900', 'Quimbley^Hermione']);
  assert.equal(patient.birthDate, '1961-03-07');
});

test('a Bundle without a Composition, or about nobody who has a number, is no report', () => {
  const [composition, patient, ...others] = european.entry!;
  const nobody = { ...patient!, resource: { resourceType: 'Patient' } as Resource };
  assert.equal(reportOfDocument({ ...european, entry: [patient!, ...others] }, systems), undefined);
  assert.equal(reportOfDocument({ ...european, entry: [composition!, nobody, ...others] }, systems), undefined);
  assert.equal(reportOfDocument({ ...european, type: 'collection' }, systems), undefined);
});

const cda = (body: string): string =>
  `<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3">${body}</ClinicalDocument>`;
const section = (code: string, title: string, text: string, more = ''): string =>
  `<component><section><code code="${code}" codeSystem="2.16.840.1.113883.6.1"/><title>${title}</title><text>${text}</text>${more}</section></component>`;

test('PS3.20, C-CDA Diagnostic Imaging Report: sections and those within, in lines as the narrative has them', () => {
  const table =
    '<table><tbody><tr><th>Node</th><td>9 mm</td></tr><tr><td>Liver</td><td>normal</td></tr></tbody></table>';
  const inner = section(
    '55113-5',
    'Key Images',
    '<renderMultiMedia referencedObject="a"><caption>x</caption></renderMultiMedia>Series 2, image 4',
  );
  const catalog =
    '<component><section><code code="121181" codeSystem="1.2.840.10008.2.16.4"/><text>1.2.3</text></section></component>';
  const body = [
    section('55115-0', 'Request', '<paragraph>Rule out  PE.</paragraph>'),
    section(
      '59776-5',
      'Findings',
      `<paragraph>No <content styleCode="Bold">embolus</content>.</paragraph><list><item>Heart &lt; 50%</item></list>${table}`,
      inner,
    ),
    section('99999-9', 'Conclusions', 'No pulmonary embolism.<br/>Follow up: none.'),
    catalog,
  ].join('');
  const found = cdaSections(cda(`<component><structuredBody>${body}</structuredBody></component>`));
  assert.deepEqual(
    found.map(({ kind, text }) => [kind, text]),
    [
      ['request', 'Rule out PE.'],
      ['findings', 'No embolus.\nHeart < 50%\nNode    9 mm\nLiver    normal'],
      ['report', 'Series 2, image 4'],
      ['impression', 'No pulmonary embolism.\nFollow up: none.'],
    ],
  );
  assert.equal(found[2]!.code!.value, '55113-5');
});

test('CDA of level 1, other XML and what is none has no sections', () => {
  const level1 = cda(
    '<component><nonXMLBody><text mediaType="application/pdf">JVBERi0=</text></nonXMLBody></component>',
  );
  for (const source of [level1, '<html/>', '<broken', '', cda('')]) assert.deepEqual(cdaSections(source), [], source);
});

test('white space of a narrative is one blank, unless it says that it is kept', () => {
  assert.equal(narrativeText('<text>  a\n   b <b> c</b></text>'), 'a b c');
  assert.equal(narrativeText('<div style="white-space: pre-wrap">a  b<br/><br/>  c</div>'), 'a  b\n\n  c');
  assert.equal(narrativeText('<div><pre>a\n b</pre><!-- no --><p>c<![CDATA[<d>]]></p></div>'), 'a\n b\nc<d>');
});

test('fuzz: whatever comes as a CDA has sections or has none, soon', () => {
  const whole = cda(
    `<component><structuredBody>${section('59776-5', 'Findings', '<list><item>a &amp; b</item></list>')}</structuredBody></component>`,
  );
  const cut = fc.tuple(fc.nat(whole.length), fc.nat(whole.length), fc.string({ maxLength: 8 }));
  const law = fc.property(cut, ([from, to, between]) => {
    assert.ok(Array.isArray(cdaSections(whole.slice(0, from) + between + whole.slice(to))));
  });
  fc.assert(law, { numRuns: 2_000 });
  // A million characters in as many pieces as they have room for.
  const many = section('59776-5', 'Findings', `<paragraph>${'<b>x</b> <br/>'.repeat(70_000)}</paragraph>`);
  const begun = performance.now();
  const [found] = cdaSections(cda(`<component><structuredBody>${many}</structuredBody></component>`));
  assert.equal(found!.text.length, 2 * 70_000 - 1);
  assert.ok(performance.now() - begun < 10_000);
});
