// The facts of a study as rules ask about them, from what the catalogue keeps. What is not known is left out.

import type { SeriesFacts, StudyFacts } from '../routing/facts.ts';
import type { SeriesForRules, StudyForRules } from '../storage/study-for-rules.ts';

export type PersonFacts = NonNullable<StudyFacts['person']>;

type Json = Record<string, { Value?: unknown[] } | undefined>;

/** `tenant`: its name. `person`: what identity knows. */
export function studyFacts(study: StudyForRules, tenant: string, person: PersonFacts = {}): StudyFacts {
  const attributes = JSON.parse(study.attributes) as Json;
  const series = study.series.map((one) => ({ one, attributes: JSON.parse(one.attributes) as Json }));
  const equipment = series[0]?.attributes ?? {};
  const date = day(text(attributes, '00080020'));
  return {
    tenant,
    study: known({
      uid: study.studyInstanceUid,
      accessionNumber: text(attributes, '00080050'),
      date,
      description: text(attributes, '00081030'),
      modalities: study.modalities,
      sopClasses: study.sopClasses,
      bodyParts: [...new Set(series.flatMap(({ attributes: own }) => text(own, '00180015') ?? []))],
      institution: text(equipment, '00080080'),
      department: text(equipment, '00081040'),
      referringPhysician: name(attributes, '00080090'),
      instances: study.instanceCount,
      receivedAt: study.createdAt,
      series: series.map(({ one, attributes: own }) => seriesFacts(one, own)),
    }),
    person: known({
      patientId: text(attributes, '00100020'),
      issuer: text(attributes, '00100021'),
      sex: text(attributes, '00100040'),
      ...ages(day(text(attributes, '00100030')), date),
      ...person,
    }),
    order: { known: false },
    source: known({
      aeTitle: study.source ?? undefined,
      station: text(equipment, '00081010'),
      manufacturer: text(equipment, '00080070'),
      model: text(equipment, '00081090'),
    }),
  };
}

function seriesFacts({ seriesInstanceUid, instanceCount, sopClassUid }: SeriesForRules, attributes: Json): SeriesFacts {
  return known({
    uid: seriesInstanceUid,
    number: integer(text(attributes, '00200011')),
    modality: text(attributes, '00080060'),
    description: text(attributes, '0008103E'),
    protocol: text(attributes, '00181030'),
    bodyPart: text(attributes, '00180015'),
    laterality: text(attributes, '00200060'),
    station: text(attributes, '00081010'),
    sopClasses: [sopClassUid],
    instances: instanceCount,
  });
}

/** Age at the study; undefined members where a date is missing. */
function ages(birth: string | undefined, study: string | undefined) {
  if (birth === undefined || study === undefined) return {};
  const ageDays = Math.floor((Date.parse(study) - Date.parse(birth)) / 86_400_000);
  if (!Number.isFinite(ageDays) || ageDays < 0) return {};
  const years = Number(study.slice(0, 4)) - Number(birth.slice(0, 4));
  return { ageDays, ageYears: study.slice(5) < birth.slice(5) ? years - 1 : years };
}

function known<T extends object>(facts: T): { [name in keyof T]: Exclude<T[name], undefined> } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as never;
}

function text(json: Json, tag: string): string | undefined {
  const value = json[tag]?.Value?.[0];
  return value === undefined || value === null || typeof value === 'object' ? undefined : String(value);
}

/** Family name first, carets as they came. */
function name(json: Json, tag: string): string | undefined {
  const value = json[tag]?.Value?.[0] as { Alphabetic?: string } | undefined;
  return value?.Alphabetic;
}

function integer(value: string | undefined): number | undefined {
  return value !== undefined && /^[+-]?\d{1,12}$/.test(value.trim()) ? Number(value) : undefined;
}

/** PS3.5 6.2, VR DA: 20261123 as 2026-11-23. */
function day(value: string | undefined): string | undefined {
  return value !== undefined && /^\d{8}$/.test(value)
    ? `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6)}`
    : undefined;
}
