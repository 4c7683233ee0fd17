import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sending, systems, throughFhir, throughMessage, throughSr } from '../../../test/support/report-ways.ts';
import { longReports, reports } from '../../../test/support/reports.ts';
import type { JsonObject } from '../../fhir/json.ts';
import { validate } from '../../fhir/validate.ts';
import { diagnosticReportOf } from './diagnostic-report.ts';
import { isCarried, messageOfReport } from './message-of-report.ts';
import type { Report } from './report.ts';

const runs = { numRuns: 50 };

/** What an SR says of a report that says who reads under which number, too. */
const essence = ({ filler, placer, accession, code, status, language, people, sections, observations }: Report) => ({
  numbers: [filler, placer, accession],
  code,
  status,
  language,
  people: people.map(({ role, name }) => ({ role, name })),
  sections,
  observations,
});

test('RAD-128: a report that goes as ORU^R01 is read as the same report, in one OBX a section or one a line', () => {
  const law = fc.property(reports(), fc.constantFrom('FT' as const, 'TX' as const), (report, text) => {
    assert.deepEqual(throughMessage(report, { text }), report);
  });
  fc.assert(law, runs);
});

test('HL7 v2.3 to v2.5.1 carry a report alike', () => {
  const versions = fc.constantFrom('2.3' as const, '2.3.1' as const, '2.4' as const, '2.5' as const);
  const law = fc.property(reports(), versions, (report, version) => {
    assert.deepEqual(throughMessage(report, { version }), report);
  });
  fc.assert(law, runs);
});

test('R4 DiagnosticReport: a report is the same again, and valid', () => {
  const law = fc.property(reports(), (report) => {
    assert.deepEqual(throughFhir(report), report);
    assert.deepEqual(validate(diagnosticReportOf(report, { systems }) as unknown as JsonObject), []);
  });
  fc.assert(law, runs);
});

test('PS3.3 A.35.1: a report is the same again as SR', () => {
  const law = fc.property(reports(), (report) => assert.deepEqual(essence(throughSr(report)), essence(report)));
  fc.assert(law, runs);
});

test('text is the same in ORU, SR and FHIR, one after the other, and its state with it', () => {
  const law = fc.property(reports(), (report) => {
    const arrived = throughFhir(throughMessage(throughSr(throughMessage(report))));
    assert.deepEqual(essence(arrived), essence(report));
  });
  fc.assert(law, runs);
});

test('40,000 characters are carried by each', () => {
  const law = fc.property(longReports(), (report) => {
    const arrived = throughFhir(throughMessage(throughSr(throughMessage(report, { text: 'TX' }))));
    assert.deepEqual(essence(arrived), essence(report));
  });
  fc.assert(law, { numRuns: 3 });
});

const isLatin1 = (character: string): boolean =>
  character <= '\u007f' || (character >= '\u00a0' && character <= '\u00ff');

test('a character set carries every character of a report, or does not carry it', () => {
  const dialect = { characterSet: '8859/1' };
  const law = fc.property(reports(), (report) => {
    const message = messageOfReport(report, dialect, sending);
    assert.equal(isCarried(message), [...message.text].every(isLatin1));
    if (isCarried(message)) assert.deepEqual(throughMessage(report, dialect), report);
  });
  fc.assert(law, runs);
  const law2 = fc.property(reports({ of: ['german', 'escapes'] }), (report) => {
    const latin = { ...report, people: [] };
    assert.deepEqual(throughMessage(latin, dialect), latin);
  });
  fc.assert(law2, runs);
});
