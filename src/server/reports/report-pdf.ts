// A report as PDF, for receivers that take nothing else: who it is about, what was done, who answers for it, and its text.

import { nameText } from '../../translate/name-text.ts';
import type { Report } from '../../translate/report/report.ts';
import { titleOf } from '../../translate/report/report-text.ts';

/** The same report is the same bytes. Rejects with delivery/not-carried where it has a character that no font has. */
export async function reportPdf(report: Report): Promise<Uint8Array> {
  const { code, language = 'en', issuedAt, status, sections, observations, patient, filler, accession } = report;
  const number = accession?.number ?? filler?.number ?? '';
  const at = new Date(issuedAt ?? 0);
  // What sets type takes 30 MB: it comes with the first page.
  const { PdfPages } = await import('./pdf-page.ts');
  const pages = new PdfPages({
    title: code.meaning,
    language,
    at: Number.isNaN(at.getTime()) ? new Date(0) : at,
    footer: [number, statusWords[status]].filter(Boolean).join(' · '),
  });
  pages.write(code.meaning, { size: 15, bold: true });
  pages.write([nameText(patient.name), patient.birthDate, patient.sex, patient.patientId].filter(Boolean).join(' · '), {
    above: 6,
  });
  pages.write(linesOf(report).join('\n'), { size: 8.5, above: 2 });
  for (const section of sections) {
    pages.write(titleOf(section), { bold: true, above: 12 });
    pages.write(section.text);
  }
  if (observations.length > 0) {
    pages.write('Measurements', { bold: true, above: 12 });
    pages.write(observations.map(({ code: what, value }) => `${what.meaning}: ${valueWords(value)}`).join('\n'));
  }
  return pages.end();
}

const statusWords: Readonly<Record<Report['status'], string>> = {
  registered: 'announced',
  partial: 'partial, not verified',
  preliminary: 'preliminary',
  final: 'final',
  corrected: 'corrected',
  appended: 'with addendum',
  cancelled: 'CANCELLED',
  'entered-in-error': 'ENTERED IN ERROR: NOT TO BE USED',
};

function linesOf({ status, accession, observedAt, issuedAt, people, organization }: Report): string[] {
  const readers = people.map(({ name }) => nameText(name)).filter(Boolean);
  return [
    `Status: ${statusWords[status]}`,
    accession && `Accession number: ${accession.number}`,
    observedAt && `Examined: ${observedAt.replace('T', ' ')}`,
    issuedAt && `Reported: ${issuedAt.replace('T', ' ')}`,
    readers.length > 0 && `By: ${readers.join(', ')}`,
    organization && `Of: ${organization}`,
  ].filter((line) => typeof line === 'string');
}

function valueWords(value: Report['observations'][number]['value']): string {
  if ('number' in value) return [value.number, value.unit?.meaning].filter(Boolean).join(' ');
  return 'code' in value ? value.code.meaning : value.text;
}
