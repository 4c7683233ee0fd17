// Why a study that is here may not be read yet: each reason with who caused it, because only what the client caused stops the
// clock. What may not leave the client's archive is outbound's to say.

import type { Cause, RequestPriority, ServiceTerm } from '../../reading/terms/service-term.ts';
import type { Completion } from '../../routing/completeness/study-arrival.ts';
import type { Core } from '../core.ts';
import type { Prior, ToldStudy } from './told-study.ts';

export interface Hold {
  reason: HoldReason;
  cause: Cause;
}

export const holdReasons = ['identity-unclear', 'count-differs', 'priors-missing'] as const;
export type HoldReason = (typeof holdReasons)[number];

export const isHoldReason = (reason: string): reason is HoldReason =>
  (holdReasons as readonly string[]).includes(reason);

/** What holds a study now. `completion`: how it came to count as complete. */
export async function holdsOf(core: Core, told: ToldStudy, term: ServiceTerm, completion: Completion): Promise<Hold[]> {
  const holds: Hold[] = [];
  const { study, person, taken } = told;
  if (await isIdentityUnclear(core, study.tenant, person, taken?.facts.priority))
    holds.push({ reason: 'identity-unclear', cause: 'client' });
  if (completion.missing > 0) holds.push({ reason: 'count-differs', cause: 'client' });
  if (term.priors.required && (await arePriorsAwaited(core, told))) {
    holds.push({ reason: 'priors-missing', cause: 'client' });
  }
  return holds;
}

/**
 * Somebody is to look at whose the study is. What contradicts itself holds everything; that two records may be one person, of
 * which only priors would be missing, holds nothing that is STAT.
 */
export async function isIdentityUnclear(
  core: Core,
  tenant: number,
  person: string | undefined,
  priority: RequestPriority | undefined,
): Promise<boolean> {
  if (person === undefined) return false;
  const { people } = await core.identity();
  return people
    .of(tenant)
    .reviews()
    .some(({ persons: [one, other] }) => {
      if (one === other) return one === person;
      return (one === person || other === person) && priority !== 'stat';
    });
}

/** Priors that rules asked for are still to come; those that no archive gives are waited for no longer. */
async function arePriorsAwaited({ database }: Core, { study, order }: ToldStudy): Promise<boolean> {
  const [row] = await database.query<{ isAwaited: boolean }>(
    `select exists (
       select from prefetch f left join prefetch_prior w on w.prefetch = f.id
         left join pull p on p.tenant = f.tenant and p.study_uid = w.study_uid
       where f.tenant = $1 and f.subject in ('study ' || $2, 'order ' || $3) and (f.state = 'queued' or p.state = 'queued')
     ) as "isAwaited"`,
    [study.tenant, study.id, order?.id ?? ''],
  );
  return row!.isAwaited;
}

/** Those that go with the case as the term says: the newest, no older than it looks back. `date`: of the study. */
export function priorsOf(priors: readonly Prior[], term: ServiceTerm, date: string | undefined, now: Date): string[] {
  const { lookbackMonths, maxStudies, modalities } = term.priors;
  const of = date !== undefined && /^\d{8}$/.test(date) ? date : now.toISOString().slice(0, 10).replaceAll('-', '');
  const oldest = new Date(Date.UTC(+of.slice(0, 4), +of.slice(4, 6) - 1 - lookbackMonths, +of.slice(6, 8)));
  const since = oldest.toISOString().slice(0, 10).replaceAll('-', '');
  return priors
    .filter((prior) => prior.date !== null && prior.date >= since && prior.date <= of)
    .filter((prior) => modalities.length === 0 || prior.modalities.some((each) => modalities.includes(each)))
    .slice(0, maxStudies)
    .map(({ study }) => study);
}
