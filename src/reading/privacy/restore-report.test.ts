import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Report } from '../../translate/report/report.ts';
import { restoreReport } from './restore-report.ts';
import { away, original, wayHome } from './testing/case-away.ts';
import { datedReport } from './testing/dated-reports.ts';

const report = (text: string, more: Partial<Report> = {}): Report => ({
  filler: { number: 'FN-1', issuer: 'READX' },
  accession: { number: away.accession, issuer: '' },
  code: { value: '24725-4', scheme: 'LN', meaning: 'CT Head' },
  patient: { issuer: '', patientId: away.id, name: away.id },
  studyInstanceUid: away.study,
  status: 'final',
  language: 'en',
  issuedAt: '2026-02-02T03:15:00Z',
  observedAt: '2025-10-23T10:15:00Z',
  people: [{ role: 'interpreter', name: 'READER^ROBIN' }],
  sections: [{ kind: 'impression', text }],
  observations: [],
  documents: [],
  ...more,
});

const codes = (one: Report) => restoreReport(one, wayHome()).findings.map(({ code }) => code);

test('a report in pseudonyms is about the patient, the number and the study of the case when it is home', () => {
  const { report: home, findings } = restoreReport(
    report(`${away.id} (${away.accession}): see ${away.image}; [P1] told. CT of 2025-10-23.`),
    wayHome(),
  );
  assert.deepEqual(findings, []);
  assert.deepEqual(home.patient, {
    issuer: 'NORTH',
    patientId: original.id,
    name: original.name,
    birthDate: original.birthDate,
  });
  assert.equal(home.accession?.number, original.accession);
  assert.equal(home.studyInstanceUid, original.study);
  assert.equal(home.observedAt, '2026-01-31T10:15:00Z');
  assert.equal(home.issuedAt, '2026-02-02T03:15:00Z');
  assert.equal(
    home.sections[0]!.text,
    `${original.id} (${original.accession}): see ${original.image}; Dr. Quittenbaum told. CT of 2026-01-31.`,
  );
});

test('a report about another patient, number or study is of no case', () => {
  assert.deepEqual(codes(report('x', { patient: { issuer: '', patientId: 'OTHER', name: '' } })), ['foreign-patient']);
  assert.deepEqual(codes(report('x', { patient: { issuer: '', patientId: away.id, name: 'DOE^JANE' } })), [
    'foreign-patient',
  ]);
  assert.deepEqual(codes(report('x', { studyInstanceUid: '1.2.3' })), ['not-of-case']);
  assert.deepEqual(codes(report('x', { accession: { number: '4711', issuer: '' } })), ['not-of-case']);
});

test('a UID of another case in the text, a token of nothing and a doubtful date stop it', () => {
  assert.deepEqual(codes(report('see 1.2.826.0.1.3680043.8.1055.1')), ['foreign-uid']);
  assert.deepEqual(codes(report('[P7] told')), ['token-left']);
  assert.deepEqual(codes(report('since March 2025')), ['date-not-reversible']);
});

test('of a thousand reports with dates in prose those that come home have none that was moved', () => {
  for (let seed = 1; seed <= 1_000; seed++) {
    const { text: typedText, shiftDays, studyDays, language, typed } = datedReport(seed);
    const way = wayHome({ map: { ...wayHome().map, shiftDays }, studyDays: new Set(studyDays) });
    const { report: home, findings } = restoreReport(report(typedText, { language }), way);
    if (findings.length > 0) continue;
    const text = home.sections[0]!.text;
    for (const { words, truths } of typed) {
      const isTrue = typed.some((other) => other.truths.includes(words)) || truths.includes(words);
      assert.ok(isTrue || !text.includes(`${words}.`), `seed ${seed}: ${words} in ${text}`);
    }
  }
});
