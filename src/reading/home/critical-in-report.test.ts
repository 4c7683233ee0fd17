import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DiagnosticReport, Observation } from '@medplum/fhirtypes';
import { systems } from '../../../test/support/report-ways.ts';
import { readMessage } from '../../hl7v2/reader.ts';
import type { Report, Section } from '../../translate/report/report.ts';
import { reportOfDiagnosticReport } from '../../translate/report/report-of-diagnostic-report.ts';
import { reportsOfMessage } from '../../translate/report/report-of-message.ts';
import type { CaseEvent } from '../case/case-event.ts';
import { criticalOfReported, FLAGGED_IN_REPORT } from './critical-in-report.ts';

const reading = { id: '4KTM-9QX2', critical: [] };
const said = (text: string, interpretation?: string): Section => ({
  kind: 'impression',
  text,
  ...(interpretation && { interpretation }),
});
const loop = (
  report: Partial<Pick<Report, 'sections' | 'observations'>>,
  texts?: string[],
  events: readonly CaseEvent[] = [],
) => criticalOfReported(reading, { sections: [], observations: [], ...report }, { events, texts });
const begun = (category: 1 | 2 | 3, finding: string = FLAGGED_IN_REPORT): CaseEvent => ({
  ...{ sequence: 9, at: 0, by: { kind: 'reader', id: 'ada' } },
  ...{ kind: 'critical-flagged', loop: '4KTM-9QX2.1', category, finding },
});

test('HL7 table 0078: AA, HH and LL are told within minutes, HU and LU within hours, RadLex says it itself, others nobody', () => {
  const categories = [
    'AA',
    'HH',
    'LL',
    'HU',
    'LU',
    'RID49480',
    'RID49481',
    'RID49482',
    'RID50261',
    'A',
    'H',
    'N',
    '',
  ].map((flag) => loop({ sections: [said('Bleeding.', flag)] })?.category);
  assert.deepEqual(categories, [1, 1, 1, 2, 2, 1, 2, 3, ...Array.from({ length: 5 }, () => undefined)]);
});

test('what was found is named by a code of a public vocabulary, and never by words or a code of one’s own', () => {
  const of = (scheme: string, value: string) =>
    loop({
      observations: [
        {
          code: { value: '59776-5', scheme: 'LN', meaning: '' },
          value: { code: { value, scheme, meaning: '' } },
          interpretation: 'AA',
        },
      ],
    })?.finding;
  assert.equal(of('SCT', '95453001'), '95453001^SCT');
  assert.equal(of('L', 'DOE'), FLAGGED_IN_REPORT);
  assert.equal(of('SCT', 'Doe Jane'), FLAGGED_IN_REPORT);
  assert.equal(loop({ sections: [said('Doe bleeds.', 'AA')] })?.finding, FLAGGED_IN_REPORT);
});

test('a report that comes again begins no second loop; other words at a flag do, and so does what is more urgent', () => {
  const flagged = { sections: [said('Bleeding on the left.', 'AA')] };
  assert.equal(loop(flagged, undefined, [begun(1)]), undefined, 'its reader had said so already');
  assert.equal(loop(flagged, ['Bleeding on the left.'], [begun(1)]), undefined);
  assert.equal(loop(flagged, ['Bleeding on the left.'], [begun(2)])?.category, 1);
  assert.equal(loop(flagged, ['Bleeding on the right.'], [begun(1)])?.category, 1, 'whoever was told was told wrong');
  assert.equal(loop(flagged, ['Bleeding on the left.'])?.category, 1, 'only now a flag');
});

test('the most urgent flag tells: of a result with several, and of lines that are one text', () => {
  const orders = ['A~AA', 'AA~A', 'AA^Critical abnormal^HL70078'];
  for (const flags of orders) {
    const lines = [
      'MSH|^~\\&|RIS|FAR|PACS|HOSP|20261123||ORU^R01^ORU_R01|1|P|2.5.1',
      'PID|1||1||A',
      'OBR|1||F^RIS|24725-4^CT Head^LN|||||||||||||||||||||F',
      `OBX|1|TX|19005-8^Impression^LN|1|Bleeding.|||${flags}|||F`,
      'OBX|2|TX|19005-8^Impression^LN|1|Bones are whole.|||N|||F',
    ];
    const [report] = reportsOfMessage(readMessage(new TextEncoder().encode(lines.join('\r'))), {});
    assert.deepEqual(
      report!.sections.map(({ text, interpretation }) => [text, interpretation]),
      [['Bleeding.\nBones are whole.', 'AA']],
      flags,
    );
  }
  const contained: Observation = {
    ...{ resourceType: 'Observation', id: 'o', status: 'final', valueString: 'Bleeding.' },
    code: { coding: [{ system: 'http://loinc.org', code: '19005-8' }] },
    interpretation: [{ coding: [{ code: 'A' }] }, { coding: [{ code: 'LOCAL' }, { code: 'HH' }] }],
  };
  const resource: DiagnosticReport = {
    ...{ resourceType: 'DiagnosticReport', status: 'final', code: { text: 'CT' } },
    ...{ contained: [contained], result: [{ reference: '#o' }] },
  };
  assert.equal(
    loop(reportOfDiagnosticReport(resource, { patient: { issuer: '', patientId: '1', name: 'A' }, systems }))?.category,
    1,
  );
});
