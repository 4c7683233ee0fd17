// Reading what became of priors: for whoever looks after routing, and for explain.

import type { Database } from './database.ts';

export const limits = {
  /** Priors that are told of one study. */
  ofStudy: 200,
} as const;

export interface PriorRow {
  /** `study` and its row, or `order` and its number. */
  subject: string;
  rule: string;
  ruleSet: number;
  /** Whether every archive has answered: queued, asked or failed. */
  asked: string;
  askedProblem: string | null;
  plannedAt: Date;
  /** Study Instance UID of one that was found; null where none was. */
  prior: string | null;
  archive: string | null;
  /** queued, here or failed. */
  state: string | null;
  instances: number | null;
  attempts: number | null;
  problem: string | null;
  settledAt: Date | null;
}

const COLUMNS = `f.id, f.subject, f.rule, f.rule_set as "ruleSet", f.state as asked, f.problem as "askedProblem",
  f.planned_at as "plannedAt", p.study_uid as prior, p.archive, p.state, p.instances, p.attempts, p.problem,
  p.settled_at as "settledAt"`;
const JOINED = `prefetch f left join prefetch_prior w on w.prefetch = f.id
  left join pull p on p.tenant = f.tenant and p.study_uid = w.study_uid and p.part = ''`;

/** Those that were wanted because of a study, by its row. */
export function priorsOfStudy(database: Database, study: string): Promise<PriorRow[]> {
  return database.query<PriorRow & Record<string, unknown>>(
    `select ${COLUMNS} from ${JOINED} where f.study = $1 order by f.id, p.study_uid limit $2`,
    [study, limits.ofStudy],
  );
}

/** Because of whom a study was wanted, by its row. */
export function wantedBecauseOf(database: Database, study: string): Promise<PriorRow[]> {
  return database.query<PriorRow & Record<string, unknown>>(
    `select ${COLUMNS} from study s join prefetch_prior w on w.study_uid = s.study_uid
       join prefetch f on f.id = w.prefetch and f.tenant = s.tenant
       join pull p on p.tenant = s.tenant and p.study_uid = s.study_uid and p.part = ''
     where s.id = $1 order by f.id limit $2`,
    [study, limits.ofStudy],
  );
}

export interface PrefetchQuery {
  /** Study Instance UID of the study that wants priors. */
  studyInstanceUid?: string;
  state?: string;
  limit: number;
}

/** Newest first. */
export function prefetchPage(database: Database, tenant: number, query: PrefetchQuery): Promise<PriorRow[]> {
  return database.query<PriorRow & Record<string, unknown>>(
    `select ${COLUMNS} from ${JOINED} where f.tenant = $1
       and ($2::text is null or f.study in (select id from study where tenant = $1 and study_uid = $2))
       and ($3::text is null or coalesce(p.state, f.state) = $3)
     order by f.id desc, p.study_uid limit $4`,
    [tenant, query.studyInstanceUid ?? null, query.state ?? null, query.limit],
  );
}
