// What checks and fields go by, read where the reader may look: the study and its priors as they lie in the reader's own
// tenant, what left for it by the ledger, and what the reader said to have looked at.

import { tagOf } from '../../dicom/dictionary.ts';
import { hexOf } from '../../dicom/tag.ts';
import type { PriorFacts, ReportFacts, SeriesFacts } from '../../reading/content/report-facts.ts';
import type { StoredCase } from '../../reading/store/case-row.ts';
import { lookedAt } from '../../reading/store/drafts.ts';
import type { ServiceTerm } from '../../reading/terms/service-term.ts';
import { ageInYears } from '../../routing/study-facts.ts';
import type { Database } from '../../storage/database.ts';
import { ordersOfStudies } from '../../storage/orders-of-studies.ts';
import { type OutlineSeries, studyOutline } from '../../storage/study-outline.ts';
import type { Order } from '../../translate/order.ts';
import { type JsonObject, textOf } from '../../viewer/dicom-json.ts';
import { type CaseContext, CONTEXT } from './case-context.ts';
import { isWrittenAlone } from './further-reading.ts';

/** The study as the case's reader knows it. */
export const studyUidOf = ({ room, roomStudyUid, studyUid }: StoredCase): string | undefined =>
  room === undefined ? studyUid : roomStudyUid;

/** Where the reader looks: the room, or the client's own archive where there is none. */
export const tenantOf = ({ room, client }: StoredCase): number => room ?? client;

/** Rejects with catalogue/not-found while no image is there. */
export async function reportFacts(
  database: Database,
  stored: StoredCase,
  reader: string,
  term: Pick<ServiceTerm, 'disclosure'> | undefined,
): Promise<ReportFacts> {
  const { reading } = stored;
  const tenant = tenantOf(stored);
  const outline = await studyOutline(database, tenant, studyUidOf(stored) ?? '');
  const { study } = outline[0]!;
  const attributes = JSON.parse(outline[0]!.studyAttributes) as JsonObject;
  const text = (keyword: string) => textOf(attributes, hexOf(tagOf(keyword)!)) || undefined;
  const [found, ledger, priors, { looked, proposed }] = await Promise.all([
    procedureOf(database, tenant, study),
    leftFor(database, stored, study),
    priorsOf(database, tenant, study),
    lookedAt(database, reading.id, { reader, isAlone: isWrittenAlone(stored) }),
  ]);
  const sex = text('PatientSex');
  const side = found.get('Laterality')?.[0];
  const known: { [K in keyof ReportFacts]?: ReportFacts[K] | undefined } = {
    sex: sex === 'M' || sex === 'F' || sex === 'O' ? sex : undefined,
    ageYears: ageInYears(text),
    bodyRegion: found.get('BodyRegion')?.[0] ?? reading.facts.bodyRegion,
    focus: found.get('AnatomicFocus')?.[0],
    laterality: side === 'R' || side === 'L' || side === 'B' ? side : undefined,
    description: ledger.context?.requestedProcedure ?? text('StudyDescription'),
    indication: ledger.context?.indication,
    contrast: told(found.get('Contrast')?.[0]),
    dose: doseOf(found.get('CTDIvol')),
    proposed: proposed && { by: proposed.by, text: proposed.text },
  };
  return {
    ...(Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) as Partial<ReportFacts>),
    case: reading.id,
    readType: reading.facts.readType,
    subject: {
      studyUid: text('StudyInstanceUID') ?? studyUidOf(stored)!,
      ...(text('AccessionNumber') !== undefined && { accession: text('AccessionNumber')! }),
      ...(text('PatientID') !== undefined && { patientId: text('PatientID')! }),
    },
    modality: reading.facts.modality,
    procedures: proceduresOf(reading.facts.procedure, found.get('ProcedureCodeSequence')),
    studyDate: isoDay(text('StudyDate')),
    priors: priors.map((prior) => ({ ...prior, isOpened: looked.priors.includes(prior.studyUid) })),
    priorsMissing: Math.max(0, ledger.priors - priors.length),
    series: outline.map((each) => seriesFacts(each, looked)),
    instances: outline.reduce((sum, each) => sum + each.instanceCount, 0),
    // Where nothing was copied, what is here is all there is.
    instancesSent: ledger.instances ?? outline.reduce((sum, each) => sum + each.instanceCount, 0),
    unseen: reading.unseen,
    // Of a blind reading, those that were not flagged with what it is not to know.
    criticalLoops: reading.critical.filter(
      ({ flaggedAt }) => !stored.isBlind || flaggedAt > (reading.clocks.preliminary ?? 0),
    ).length,
    isShifted: stored.room !== undefined && term?.disclosure.mode === 'pseudonymised',
  };
}

const told = (contrast: string | undefined): string | undefined =>
  contrast === undefined || contrast === 'unspecified' ? undefined : contrast;

/** The highest of all series, mGy. */
function doseOf(values: readonly string[] = []): ReportFacts['dose'] {
  const numbers = values.map(Number).filter(Number.isFinite);
  return numbers.length === 0 ? undefined : { ctdiVol: String(Number(Math.max(...numbers).toFixed(1))) };
}

/** `20250611` as `2025-06-11`; empty where there is none. */
const isoDay = (date: string | null | undefined): string =>
  date == null || !/^\d{8}$/.test(date) ? '' : `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;

function seriesFacts(
  { seriesInstanceUid: uid, seriesAttributes, instanceCount }: OutlineSeries,
  { series, waived }: { series: readonly string[]; waived: readonly string[] },
): SeriesFacts {
  const description = textOf(JSON.parse(seriesAttributes) as JsonObject, '0008103E');
  return { uid, description, instances: instanceCount, isOpened: series.includes(uid), isWaived: waived.includes(uid) };
}

/** `code^scheme`, of `code^scheme^meaning`. */
const proceduresOf = (ordered: string | undefined, found: readonly string[] = []): string[] => [
  ...(ordered === undefined ? [] : [ordered]),
  ...found.map((value) => value.split('^').slice(0, 2).join('^')),
];

/** What normalisation found of the procedure and the dose, by attribute. */
async function procedureOf(database: Database, tenant: number, study: string): Promise<Map<string, string[]>> {
  const rows = await database.query<{ attribute: string; value: unknown }>(
    `select attribute, value from fact where tenant = $1 and study = $2
     and (kind = 'procedure' or (kind = 'acquisition' and attribute = 'CTDIvol'))`,
    [tenant, study],
  );
  const byAttribute = Map.groupBy(rows, ({ attribute }) => attribute);
  return new Map([...byAttribute].map(([name, values]) => [name, values.map(({ value }) => String(value))]));
}

interface Left {
  /** Of the study itself; absent where nothing was copied. */
  instances?: number;
  priors: number;
  context?: CaseContext;
}

/** What the ledger says that left for the case. */
async function leftFor(database: Database, stored: StoredCase, study: string): Promise<Left> {
  if (stored.room === undefined) return { priors: 0, context: await orderedIn(database, study) };
  const [row] = await database.query<{ instances: string; context: CaseContext | null; priors: number | null }>(
    `select count(*) filter (where kind = 'instance' and study_uid = $2) as instances,
       (select content from reading_egress where case_id = $1 and name = $3 and removed_at is null) as context,
       (select cardinality(priors) from reading_outbound where case_id = $1) as priors
     from reading_egress where case_id = $1 and removed_at is null`,
    // A further reading is of the copies that left for the first.
    [stored.partOf ?? stored.reading.id, stored.roomStudyUid ?? '', CONTEXT],
  );
  const { instances, context, priors } = row!;
  return {
    ...(Number(instances) > 0 && { instances: Number(instances) }),
    priors: priors ?? 0,
    ...(context !== null && { context }),
  };
}

/** Of a study that is read where it lies. */
async function orderedIn(database: Database, study: string): Promise<CaseContext> {
  const [ordered] = await ordersOfStudies(database, [study]);
  const order = ordered?.document as Order | undefined;
  const indication = order?.reason ?? order?.reasonCode?.meaning;
  const requestedProcedure = order?.procedureDescription ?? order?.procedureCode?.meaning;
  return { ...(indication && { indication }), ...(requestedProcedure && { requestedProcedure }), priorReports: [] };
}

/** Other studies of the same patient in the same tenant, the newest first: in a room, those that came along. */
async function priorsOf(database: Database, tenant: number, study: string): Promise<Omit<PriorFacts, 'isOpened'>[]> {
  const rows = await database.query<{
    uid: string;
    date: string | null;
    description: string | null;
    modalities: string[];
  }>(
    `select p.study_uid as uid, p.study_date as date, p.study_description as description, p.modalities
     from study s join study p on p.tenant = s.tenant and p.patient_id = s.patient_id
       and p.issuer_of_patient_id is not distinct from s.issuer_of_patient_id and p.id <> s.id
     where s.tenant = $1 and s.id = $2 and p.hidden_at is null
       and (p.study_date is null or s.study_date is null or p.study_date <= s.study_date)
     order by p.study_date desc nulls last, p.id desc limit $3`,
    [tenant, study, limits.priors],
  );
  return rows.map(({ uid, date, description, modalities }) => ({
    studyUid: uid,
    date: isoDay(date),
    description: description ?? '',
    modality: modalities[0] ?? '',
  }));
}

export const limits = {
  /** Priors that are told of, the newest. */
  priors: 50,
} as const;
