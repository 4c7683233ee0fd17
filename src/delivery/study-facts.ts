// The facts of a study as rules ask about them, from what the catalogue keeps: what its instances say, counted.

import { fromJson } from '../dicom/json-reader.ts';
import type { NormalisedStudy } from '../normalize/normalise-study.ts';
import type { StudyFacts } from '../routing/facts.ts';
import { factsOfInstances } from '../routing/study-facts.ts';
import type { NextAppointment } from '../storage/next-appointments.ts';
import type { OrderOfStudy } from '../storage/orders-of-studies.ts';
import type { StudyForRules } from '../storage/study-for-rules.ts';
import { procedureForRules, seriesForRules } from './normalised-facts.ts';
import { orderAndAppointment } from './order-facts.ts';

export type PersonFacts = NonNullable<StudyFacts['person']>;

/** What was found of a study, each where rules ask. */
export interface FoundOfStudy {
  /** What identity knows. */
  person?: PersonFacts | undefined;
  normalised?: Omit<NormalisedStudy, 'input'> | undefined;
  order?: OrderOfStudy | undefined;
  appointment?: NextAppointment | undefined;
}

/** `tenant`: its name. */
export function studyFacts(
  stored: StudyForRules,
  tenant: string,
  { person, normalised, order, appointment }: FoundOfStudy = {},
): StudyFacts {
  const ofPatientAndStudy = JSON.parse(stored.attributes);
  const firsts = stored.series.map(({ seriesInstanceUid, attributes, sopClassUid }) =>
    fromJson({ ...ofPatientAndStudy, ...JSON.parse(attributes) })
      .set('StudyInstanceUID', stored.studyInstanceUid)
      .set('SeriesInstanceUID', seriesInstanceUid)
      .set('SOPClassUID', sopClassUid),
  );
  const source = stored.source === null ? {} : { aeTitle: stored.source };
  const facts = factsOfInstances(firsts, { tenant, source });
  const counts = new Map(stored.series.map((series) => [series.seriesInstanceUid, series.instanceCount]));
  return {
    ...facts,
    study: {
      ...facts.study,
      modalities: stored.modalities,
      sopClasses: stored.sopClasses,
      instances: stored.instanceCount,
      receivedAt: stored.createdAt,
      series: facts.study.series.map((series) => ({
        ...series,
        ...seriesForRules(normalised?.series.get(series.uid) ?? []),
        instances: counts.get(series.uid)!,
      })),
    },
    procedure: procedureForRules(normalised?.procedure ?? []),
    person: { ...facts.person, ...person },
    ...orderAndAppointment(order, appointment),
  };
}
