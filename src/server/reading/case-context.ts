// What a reader is told besides the images: why the study was ordered, and what was reported of the priors, cleaned with what is
// known of the patient, each thing that identifies a token that the vault can turn back.

import { createHash } from 'node:crypto';
import type { DiagnosticReport } from '@medplum/fhirtypes';
import { knownValues } from '../../deidentify/known-values.ts';
import { shiftedDate } from '../../deidentify/shift-dates.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import { ReversibleText } from '../../reading/privacy/reversible-text.ts';
import { recordEgress } from '../../reading/store/egress.ts';
import type { VaultEntry } from '../../reading/store/vault.ts';
import type { KeptInstance } from '../../storage/catalogue.ts';
import { currentVersion, resourceOf } from '../../storage/fhir-resources.ts';
import { reportsOfStudies } from '../../storage/report-documents.ts';
import type { Report } from '../../translate/report/report.ts';
import { ReportReader } from '../reports/report-reader.ts';
import { type Copying, expiry } from './copy-instance.ts';
import { patientInRoom } from './copy-plan.ts';
import { attributesOf } from './known-of-patient.ts';

/** Name of the document in the ledger. */
export const CONTEXT = 'context';

export const limits = {
  /** Reports of priors that go along, the newest. */
  priorReports: 10,
} as const;

export interface CaseContext {
  /** Why it was asked for, and what else the ward wrote. */
  indication?: string;
  comments?: string;
  /** What was asked for. */
  requestedProcedure?: string;
  priorReports: {
    /** As the room knows it. */
    studyUid: string;
    /** YYYYMMDD, moved as all dates of the copies are; absent where dates do not leave. */
    studyDate?: string;
    title?: string;
    status: string;
    sections: { kind: string; text: string }[];
  }[];
}

/** Written anew where it says something else than it did. */
export async function sendContext(copying: Copying, originals: readonly KeptInstance[]): Promise<void> {
  const { core, vault, one, room, plan } = copying;
  const { database } = core;
  const { order, said } = plan.known;
  const priors = await priorReports(copying, originals);
  const uids: VaultEntry[] = [];
  const texts = new ReversibleText(
    {
      known: knownValues(plan.study, plan.profile, [...said, ...priors.map(peopleOf)]),
      pseudonyms: plan.pseudonyms.telling((kind, original, pseudonym) => uids.push({ kind, original, pseudonym })),
      studyDate: plan.study.text('StudyDate'),
    },
    (await vault.mapOf(one.id)).tokens,
  );
  const clean = (text: string): string => (plan.profile.identified ? text : texts.cleaned(text));
  const cleaned = (text: string | undefined) => (text === undefined || text === '' ? undefined : clean(text));
  const context: CaseContext = {
    ...present({
      indication: cleaned(order?.reason ?? order?.reasonCode?.meaning),
      comments: cleaned(order?.comments),
      requestedProcedure: cleaned(order?.procedureDescription ?? order?.procedureCode?.meaning),
    }),
    priorReports: priors.map(({ report, studyDate }) => ({
      studyUid: plan.profile.identified ? report.studyInstanceUid! : plan.pseudonyms.uid(report.studyInstanceUid!),
      ...present({ studyDate: movedDate(copying, studyDate), title: cleaned(report.code.meaning) }),
      status: report.status,
      sections: report.sections.map(({ kind, text }) => ({ kind, text: clean(text) })),
    })),
  };
  const bytes = Buffer.from(JSON.stringify(context));
  const tokens = [...texts.tokens].map(([pseudonym, original]) => ({ kind: 'token' as const, pseudonym, original }));
  await vault.write(one.id, [...tokens, ...uids]);
  await recordEgress(database, {
    case: one.id,
    name: CONTEXT,
    kind: 'document',
    tenant: one.tenant,
    recipient: one.provider,
    room: room.tenant,
    studyUid: '',
    patient: patientInRoom(plan),
    profile: plan.profile.name,
    sha256: createHash('sha256').update(bytes).digest(),
    sizeBytes: bytes.length,
    content: context,
    ...expiry(one),
  });
}

interface PriorReport {
  report: Report;
  studyDate: string | undefined;
}

async function priorReports({ core, one }: Copying, originals: readonly KeptInstance[]): Promise<PriorReport[]> {
  const { database } = core;
  const priors = new Set(originals.filter(({ studyId }) => studyId !== one.study).map((each) => each.studyInstanceUid));
  const found = await reportsOfStudies(database, one.tenant, [...priors]);
  const reader = new ReportReader(core);
  const reports: PriorReport[] = [];
  for (const { report: id, studyInstanceUid, studyDate } of found.slice(0, limits.priorReports)) {
    const version = await currentVersion(database, { tenant: one.tenant, type: 'DiagnosticReport', id });
    const resource = version === undefined ? undefined : (resourceOf(version) as DiagnosticReport);
    const report = resource && (await reader.read(one.tenant, resource));
    if (report) reports.push({ report: { ...report, studyInstanceUid }, studyDate: studyDate ?? undefined });
  }
  return reports;
}

const peopleOf = ({ report: { people, patient } }: PriorReport): DataSet =>
  attributesOf([patient.name, ...people.map(({ name }) => name)], [patient.patientId]);

function movedDate({ plan }: Copying, date: string | undefined): string | undefined {
  if (date === undefined || plan.profile.identified) return date;
  return plan.entry.shiftDays === 0 ? undefined : shiftedDate(date, plan.entry.shiftDays);
}

function present<T extends object>(value: T): Partial<{ [K in keyof T]: NonNullable<T[K]> }> {
  const kept = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(kept) as Partial<{ [K in keyof T]: NonNullable<T[K]> }>;
}
