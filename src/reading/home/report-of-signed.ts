// A report that was signed here, as the client is told it: fields have their true dates, typed text is restored as any that
// comes home, and whoever signed is named. READING D4 for its states.

import type { Code, OrderNumber } from '../../translate/order.ts';
import type { Participant, Report, ReportStatus, Section } from '../../translate/report/report.ts';
import { sectionsOf } from '../content/content-text.ts';
import type { ContentField, ContentSection, ReportContent, SignedContent } from '../content/report-content.ts';
import { trueDay } from '../privacy/narrative-dates.ts';
import { remainsInText } from '../privacy/remains.ts';
import { restoreText } from '../privacy/restore-text.ts';
import type { ReturnFinding, WayHome } from '../privacy/way-home.ts';

/** What the client's own order and study say, and the case. */
export interface AboutReport {
  filler: OrderNumber;
  placer?: OrderNumber;
  code: Code;
  /** ISO 8601, of the study. */
  observedAt?: string;
  signer: Participant;
  organization: string;
  /** Whether a critical result was flagged in it. */
  isCritical: boolean;
  /** It was called off, or never true of this patient, after it was signed. */
  withdrawn?: 'cancelled' | 'entered-in-error';
}

export interface SignedReportAtHome {
  report: Report;
  findings: ReturnFinding[];
}

const statuses: Readonly<Record<SignedContent['status'], ReportStatus>> = {
  preliminary: 'preliminary',
  final: 'final',
  appended: 'appended',
  corrected: 'corrected',
  amended: 'corrected',
};

export function reportOfSigned(signed: SignedContent, wayHome: WayHome, about: AboutReport): SignedReportAtHome {
  const { content, confirmed } = signed;
  const way: WayHome = { ...wayHome, language: content.language, confirmed: new Set(confirmed) };
  const findings: ReturnFinding[] = [];
  const restored = contentAtHome(content, way, (code, path) => void findings.push({ code, path }));
  const { patient, accession, studyUid } = way.map;
  const { filler, placer, code, observedAt, signer, organization, isCritical, withdrawn } = about;
  const report: Report = {
    filler,
    ...(placer && { placer }),
    ...(accession && { accession: { number: accession.original, issuer: '' } }),
    code,
    patient: {
      issuer: patient.original.issuer ?? '',
      patientId: patient.original.id ?? '',
      name: patient.original.name ?? '',
      ...(patient.original.birthDate && { birthDate: patient.original.birthDate }),
    },
    studyInstanceUid: studyUid.original,
    status: withdrawn ?? statuses[signed.status],
    language: content.language,
    issuedAt: signed.signedAt,
    ...(observedAt && { observedAt }),
    people: [signer],
    organization,
    sections: sectionsOf(restored).map((section) => marked(section, isCritical)),
    observations: [],
    documents: [],
  };
  const remains = findings.length > 0 ? undefined : remainsInText(JSON.stringify(report), way.map);
  return { report, findings: remains === undefined ? findings : [{ code: remains, path: '' }] };
}

type Found = (code: ReturnFinding['code'], path: string) => void;

function contentAtHome(content: ReportContent, way: WayHome, found: Found): ReportContent {
  const prose = (text: string, path: string): string => {
    const { text: restored, codes } = restoreText(text, way);
    for (const code of codes) found(code, path);
    return restored;
  };
  const fieldAtHome = (field: ContentField, path: string): ContentField => {
    const { value } = field;
    if (value === undefined) return field;
    if ('text' in value) return { ...field, value: { text: prose(value.text, path) } };
    if ('date' in value) return { ...field, value: { date: dayAtHome(value.date, path) } };
    if ('prior' in value) {
      const { studyUid, date, description } = value.prior;
      const known = way.map.originalUid(studyUid);
      if (known === undefined) found('foreign-uid', path);
      const prior = { studyUid: known ?? studyUid, date: dayAtHome(date, path), description: prose(description, path) };
      return { ...field, value: { prior } };
    }
    return field;
  };
  const dayAtHome = (day: string, path: string): string => {
    if (way.map.shiftDays === 0 || day === '') return day;
    const restored = trueDay(day, way.map.shiftDays);
    if (restored === undefined) found('date-not-reversible', path);
    return restored ?? day;
  };
  const sectionAtHome = (section: ContentSection, at: number): ContentSection => ({
    ...section,
    text: prose(section.text, `section ${at + 1}`),
    fields: section.fields.map((field) => fieldAtHome(field, `section ${at + 1}, ${field.name}`)),
  });
  return { ...content, sections: content.sections.map(sectionAtHome) };
}

/** Table 0078: what is critical says so where it is concluded. */
const marked = (section: Section, isCritical: boolean): Section =>
  isCritical && section.kind === 'impression' ? { ...section, interpretation: 'AA' } : section;
