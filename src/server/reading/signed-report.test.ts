import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { throughFhir, throughMessage, throughSr } from '../../../test/support/report-ways.ts';
import type { ReportContent, SignedContent } from '../../reading/content/report-content.ts';
import { type AboutReport, reportOfSigned } from '../../reading/home/report-of-signed.ts';
import { away, original, wayHome } from '../../reading/privacy/testing/case-away.ts';
import { reportText } from '../../translate/report/report-text.ts';
import { reportPdf } from '../reports/report-pdf.ts';
import { textOfPdf } from './document-text.ts';

const about: AboutReport = {
  filler: { number: 'K7-F4-9T', issuer: 'FASCIA' },
  placer: { number: 'PL-1', issuer: 'RIS' },
  code: { value: '24725-4', scheme: 'LN', meaning: 'CT Head' },
  observedAt: '2026-01-31',
  signer: { role: 'interpreter', name: 'READER^ROBIN', id: { number: 'r1', issuer: 'nightowl' } },
  organization: 'nightowl',
  isCritical: true,
};

const signed = (content: Partial<ReportContent>, more: Partial<SignedContent> = {}): SignedContent => ({
  case: 'K7-F4-9T',
  status: 'final',
  report: {
    version: 1,
    reader: 'r1',
    textHash: '',
    entitlement: { licences: ['l'], privilege: 'p', checkedAt: 0 },
    overridden: [],
  },
  signedAt: '2026-02-02T03:15:00.000Z',
  subject: { studyUid: away.study },
  content: { language: 'en', sections: [], ...content },
  overrides: [],
  ...more,
});

const impression = (text: string, fields: ReportContent['sections'][number]['fields'] = []) => ({
  sections: [{ kind: 'impression' as const, text, fields }],
});

test('fields and typed dates of a signed report are true dates at home, a prior is called by its own name', () => {
  const content = impression('Compared with {{prior}} ({{on}}), CT of 23 October 2025 and [P1].', [
    {
      name: 'prior',
      label: 'Prior',
      value: { prior: { studyUid: away.study, date: '2025-10-23', description: 'CT' } },
    },
    { name: 'on', label: 'On', value: { date: '2025-10-01' } },
  ]);
  const { report, findings } = reportOfSigned(signed(content), wayHome(), about);
  assert.deepEqual(findings, []);
  assert.equal(
    report.sections[0]!.text,
    'Compared with CT 2026-01-31 (2026-01-09), CT of 31 January 2026 and Dr. Quittenbaum.',
  );
  assert.equal(report.patient.patientId, original.id);
  assert.equal(report.studyInstanceUid, original.study);
  assert.equal(report.sections[0]!.interpretation, 'AA');
});

test('what the reader confirmed goes as it stands, anything else that is doubtful stays away', () => {
  const content = impression('Operated in 2019.');
  assert.deepEqual(
    reportOfSigned(signed(content), wayHome(), about).findings.map(({ code }) => code),
    ['date-not-reversible'],
  );
  const confirmed = reportOfSigned(signed(content, { confirmed: ['2019'] }), wayHome(), about);
  assert.deepEqual(confirmed.findings, []);
  assert.equal(confirmed.report.sections[0]!.text, 'Operated in 2019.');
});

test('each state is what every format calls so: preliminary, final, appended, corrected, withdrawn', () => {
  const of = (status: SignedContent['status'], withdrawn?: AboutReport['withdrawn']) =>
    reportOfSigned(signed(impression('x'), { status }), wayHome(), { ...about, ...(withdrawn && { withdrawn }) })
      .report;
  for (const [report, status] of [
    [of('preliminary'), 'preliminary'],
    [of('final'), 'final'],
    [of('corrected'), 'corrected'],
    [of('final', 'cancelled'), 'cancelled'],
    [of('final', 'entered-in-error'), 'entered-in-error'],
  ] as const) {
    for (const through of [throughMessage, throughFhir, throughSr]) assert.equal(through(report).status, status);
  }
});

const words = fc.array(
  fc.constantFrom('Haemorrhage', 'no', '9', 'mm,', 'Größe', '{{on}}', '&', '|', '~', '\\', '\n', '[P1]'),
  {
    minLength: 1,
    maxLength: 40,
  },
);

test('the text of a report that came home is the same to the byte in HL7 v2, FHIR and SR, and on paper', async () => {
  const on = { name: 'on', label: 'On', value: { date: '2025-10-23' } };
  await fc.assert(
    fc.asyncProperty(fc.array(words, { minLength: 1, maxLength: 3 }), async (texts) => {
      const kinds = ['findings', 'impression', 'recommendation'] as const;
      const sections = texts.map((each, at) => ({ kind: kinds[at]!, text: each.join(' '), fields: [on] }));
      const { report, findings } = reportOfSigned(signed({ sections }), wayHome(), about);
      assert.deepEqual(findings, []);
      if (report.sections.length === 0) return;
      const text = reportText(report);
      for (const through of [throughMessage, throughFhir, throughSr]) assert.equal(reportText(through(report)), text);
      const paper = await textOfPdf(await reportPdf(report));
      const bare = (said: string) => said.replace(/\s+/g, '');
      for (const section of report.sections) assert.ok(bare(paper!.text).includes(bare(section.text)), section.text);
    }),
    { numRuns: 20 },
  );
});
