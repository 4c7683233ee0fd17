// A case as a worklist shows it: what its log comes to, how its clock stands, and the patient as whoever asks may see them.

import { dateInterval } from '../../dicom/date-time.ts';
import { fromJson } from '../../dicom/json-reader.ts';
import { clockOf, levelOf, minutesLeft } from '../../reading/case/clocks.ts';
import { projectionOf } from '../../reading/case/projections.ts';
import type { SeenCase } from '../../reading/store/worklist.ts';
import type { ServiceTerm } from '../../reading/terms/service-term.ts';

export interface ShownPatient {
  name: string | null;
  id: string | null;
  sex: string | null;
  /** In years. */
  age: number | null;
}

/** `term`: the version that the case was taken in under. Times in ISO 8601. */
export function shownCase(seen: SeenCase, term: ServiceTerm | undefined, now: number) {
  const { reading, side, studyUid, roomStudyUid, accession } = seen;
  const { facts, claim, offer, clocks, pauses } = reading;
  const level = term && levelOf(term, facts.priority);
  const clock = level && clockOf(reading, level, now);
  return {
    id: reading.id,
    state: reading.state,
    sequence: reading.sequence,
    businessStatus: projectionOf(reading).task.businessStatus,
    priority: facts.priority,
    client: facts.client,
    site: facts.site,
    provider: facts.provider,
    modality: facts.modality,
    bodyRegion: facts.bodyRegion ?? null,
    procedure: facts.procedure ?? null,
    subspecialty: facts.subspecialty ?? null,
    readType: facts.readType,
    studyUid: (side === 'client' ? studyUid : roomStudyUid) ?? null,
    accession: side === 'client' ? (accession ?? null) : null,
    patient: patientOf(seen, now),
    images: facts.instances,
    priors: facts.priors,
    readyAt: iso(clocks.ready),
    dueAt: iso(clock?.dueAt),
    minutesLeft: (clock && minutesLeft(clock, level!)) ?? null,
    late: clock?.isLate ?? false,
    paused: clock?.isPaused ?? false,
    held: pauses.filter(({ to }) => to === undefined).map(({ reason, cause }) => ({ reason, cause })),
    claimedBy: claim?.reader ?? null,
    leaseUntil: iso(claim?.leaseUntil),
    offeredTo: offer?.reader ?? null,
    offerUntil: iso(offer?.expiresAt),
    critical: reading.critical.filter(({ state }) => state !== 'acknowledged').length,
    unseen: reading.unseen,
    versions: reading.reports.length,
    // Who reads it again, and is not to know what was found, is not told where the first reading is.
    partOf: side === 'client' || isOpenReview(seen, term) ? (seen.partOf ?? null) : null,
    blind: seen.isBlind,
    contract: term?.contract ?? null,
  };
}

const isOpenReview = ({ reading }: SeenCase, term: ServiceTerm | undefined): boolean =>
  reading.facts.readType === 'second' && term?.quality.blind === false;

export type ShownCase = ReturnType<typeof shownCase>;

function patientOf({ attributes, ordered }: SeenCase, now: number): ShownPatient {
  if (attributes === undefined) {
    const { name = null, patientId = null, sex = null, birthDate } = ordered ?? {};
    return { name, id: patientId, sex, age: yearsSince(birthDate, now) };
  }
  const said = fromJson(JSON.parse(attributes));
  const text = (keyword: string) => said.text(keyword) ?? null;
  // 034Y: a copy may say how old somebody was, and not when they were born.
  const age = /^(\d{3})([YMWD])$/.exec(said.text('PatientAge') ?? '');
  return {
    name: text('PatientName'),
    id: text('PatientID'),
    sex: text('PatientSex'),
    age: age ? (age[2] === 'Y' ? Number(age[1]) : 0) : yearsSince(said.text('PatientBirthDate'), now),
  };
}

function yearsSince(date: string | undefined, now: number): number | null {
  const born = date && dateInterval(date.replaceAll('-', ''))?.from;
  return typeof born === 'number' ? Math.floor((now * 1000 - born) / 31_556_952_000_000) : null;
}

const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());
