// What a study, what normalisation found in it and its order say, as the facts that contracts, gates and dispatch go by.

import { dateInterval } from '../../dicom/date-time.ts';
import type { StudyFacts } from '../../routing/facts.ts';
import type { Order, OrderPriority } from '../../translate/order.ts';
import type { UnassignedFacts } from '../terms/match-term.ts';
import type { RequestPriority } from '../terms/service-term.ts';
import { type Site, siteOf } from './site.ts';
import { limits, subspecialtyOf } from './subspecialty.ts';

export interface Told {
  /** Tenant. */
  client: string;
  sites: readonly Site[];
  /** As rules ask about it: of instances, or of an order of which nothing came yet. */
  study: StudyFacts;
  order?: Order | undefined;
  payer?: string | undefined;
  /** That are here. */
  priors: number;
  readBy?: readonly string[];
}

/** Without a place of the patient nobody can be asked: then `missing` says that no site is meant. */
export type FoundFacts = { facts: UnassignedFacts } | { missing: 'site' };

export function factsOfStudy(told: Told): FoundFacts {
  const { client, study, order, payer } = told;
  const { procedure = {}, source = {} } = study;
  const site = siteOf(told.sites, {
    station: source.station,
    aeTitle: source.aeTitle,
    facility: source.facility ?? study.order?.facility,
    institution: study.study.institution,
  });
  if (site === undefined) return { missing: 'site' };
  const modality = modalityOf(study);
  const isPaediatric = isChild(study, order);
  const known = present({
    bodyRegion: procedure.bodyRegion,
    procedure: procedureOf(study, order),
    subspecialty: subspecialtyOf({
      modality,
      bodyRegion: procedure.bodyRegion,
      focus: procedure.focus,
      isPaediatric,
      isInterventional: procedure.intervention !== undefined,
    }),
    payer,
    referrer: order?.requestingPhysicianId,
    language: site.language,
    isPaediatric,
  });
  return {
    facts: {
      ...{ client, site: site.id, patientAt: site.at, modality, ...known },
      priority: priorities[(order?.priority ?? study.order?.priority ?? 'ROUTINE') as OrderPriority] ?? 'routine',
      ...{ instances: study.study.instances ?? 0, priors: told.priors, readBy: told.readBy ?? [] },
    },
  };
}

/** Requested Procedure Priority (0040,1003) has fewer words than R4: HIGH is what HL7 v2 and FHIR call ASAP. */
const priorities: Readonly<Record<OrderPriority, RequestPriority>> = {
  STAT: 'stat',
  HIGH: 'asap',
  MEDIUM: 'urgent',
  ROUTINE: 'routine',
  LOW: 'routine',
};

/** Series that are no pictures of the patient say nothing of who can read it. */
const beside = new Set(['SR', 'KO', 'PR', 'DOC', 'SEG', 'REG', 'OT', 'RTSTRUCT', 'RTPLAN', 'RTDOSE']);

/** DICOM's own word where a series has it, what was injected before what was made beside; else the normalised one. */
function modalityOf({ study, procedure }: StudyFacts): string {
  const shown = (study.modalities ?? []).filter((each) => !beside.has(each));
  const first = ['PT', 'NM', procedure?.modality].find((each) => each !== undefined && shown.includes(each));
  return first ?? shown[0] ?? procedure?.modality ?? 'OT';
}

/** The Playbook's code where normalisation found one; else what was ordered. */
function procedureOf({ procedure }: StudyFacts, order: Order | undefined): string | undefined {
  if (procedure?.playbookId !== undefined) return `${procedure.playbookId}^RADLEX`;
  const { value, scheme } = order?.procedureCode ?? {};
  return value && scheme && `${value}^${scheme}`;
}

/** undefined where no age is known. */
function isChild({ person, study }: StudyFacts, order: Order | undefined): boolean | undefined {
  const years = person?.ageYears ?? yearsBetween(order?.patient.birthDate, study.date ?? order?.steps[0]?.startDate);
  return years === undefined ? undefined : years < limits.paediatricYears;
}

const YEAR = 365.2425 * 86_400_000_000;

/** Of an order, before there are images. Dates as DICOM or ISO 8601 has them. */
function yearsBetween(birth: string | undefined, day: string | undefined): number | undefined {
  const [from, to] = [birth, day].map((date) => date && dateInterval(date.replaceAll('-', ''))?.from);
  return typeof from !== 'number' || typeof to !== 'number' ? undefined : (to - from) / YEAR;
}

/** Without what is not known. */
function present<T extends object>(facts: T): { [name in keyof T]?: Exclude<T[name], undefined> } {
  return Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value !== undefined && value !== ''),
  ) as ReturnType<typeof present<T>>;
}
