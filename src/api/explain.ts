// GET /explain/{uid}: what became of a study, told by the catalogue: who sent what and when, how versions relate, what
// readers had to assume, what was found of it, whose it is and what that rests on, where the rules send it and why, what
// became of that, what happened since and who asked for it. Ids, counts, what was examined, and the facts that conditions of
// rules saw.

import { Type } from '@sinclair/typebox';
import { Problem } from '../base/problem.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

const limits = {
  series: 200,
  versions: 200,
  findings: 200,
  facts: 1000,
  events: 200,
  accesses: 100,
};

export const explainRoute: ApiRoute = {
  method: 'GET',
  path: '/explain/{uid}',
  summary: 'What became of a study; the UID may also be that of a series or instance in it',
  action: 'administer',
  params: Type.Object({ uid: Type.String({ pattern: '^[0-9.]{1,64}$' }) }),
  answer: Type.Object({
    studyInstanceUid: Type.String(),
    studies: Type.Array(Type.Unknown(), { description: 'one for each patient the sources give to this study' }),
    accesses: Type.Array(Type.Unknown(), { description: 'audit rows, newest first' }),
  }),
  handle: explain,
};

async function explain({ context, principal, params }: ApiRequest<{ uid: string }, unknown, unknown>) {
  const { database } = context;
  const found = await database.query<{ study_uid: string; ids: string[] }>(
    `select study_uid, array_agg(id order by id) as ids from study
     where tenant = $1 and (study_uid = $2
       or id in (select study from series where tenant = $1 and series_uid = $2)
       or id in (select study from instance where tenant = $1 and sop_uid = $2))
     group by study_uid order by min(id) limit 1`,
    [principal.tenant, params.uid],
  );
  const [study] = found;
  if (!study) throw new Problem('catalogue/not-found', { what: 'study' });
  const identity = await context.identity(principal);
  const studies = await Promise.all(
    study.ids.map(async (id) => ({
      ...(await explainStudy(context, id)),
      identifiedAs: (await identity.ofStudy(id)) ?? null,
      routing: await context.routing(principal).explain(id),
    })),
  );
  const accesses = await database.query(
    `select at, principal, door, action, outcome, instance_count as "instances", remote_address as "remoteAddress"
     from audit where tenant = $1 and study_uid = $2 order by id desc limit $3`,
    [principal.tenant, study.study_uid, limits.accesses],
  );
  return { studyInstanceUid: study.study_uid, studies, accesses };
}

async function explainStudy({ database }: ApiRequest<unknown, unknown, unknown>['context'], id: string) {
  const ask = (text: string, ...more: unknown[]) => database.query(text, [id, ...more]);
  const [[study], arrivals, series, versions, findings, facts, events] = await Promise.all([
    ask(
      `select id, modalities, series_count as "seriesCount", instance_count as "instanceCount", hidden_at as "hiddenAt",
         hidden_reason as "hiddenReason", created_at as "createdAt", updated_at as "updatedAt" from study where id = $1`,
    ),
    ask(
      `select source, class, count(*)::int as instances, sum(size_bytes)::float8 as "sizeBytes", min(created_at) as first,
         max(created_at) as last from instance where study = $1 and ${ofStudy} group by source, class order by min(id)`,
    ),
    ask(
      `select series_uid as "seriesInstanceUid", modality, instance_count as "instanceCount", hidden_at as "hiddenAt",
         hidden_reason as "hiddenReason" from series where study = $1 order by id limit $2`,
      limits.series,
    ),
    ask(
      `select sop_uid as "sopInstanceUid", version, class, served, source, created_at as at from instance
       where study = $1 and ${ofStudy} and class <> 'first' order by id desc limit $2`,
      limits.versions,
    ),
    ask(
      `select finding->>'code' as code, finding->>'path' as path, finding->>'assumed' as assumed, count(*)::int as instances
       from instance, jsonb_array_elements(findings) as finding where study = $1 and ${ofStudy} and findings is not null
       group by 1, 2, 3 order by 4 desc, 1, 2 limit $2`,
      limits.findings,
    ),
    ask(
      `select kind, series_uid as "seriesInstanceUid", attribute, value, confidence, reason, sources, found_by as "foundBy",
         found_at as "foundAt" from fact
       where tenant = (select tenant from study where id = $1) and study = $1
       order by series_uid nulls first, kind, attribute, value limit $2`,
      limits.facts,
    ),
    ask(
      `select id, kind, coalesce(cardinality(instances), 0) as instances, detail, at from event where study = $1
       order by xid desc, id desc limit $2`,
      limits.events,
    ),
  ]);
  return { ...study, arrivals, series, versions, findings, facts, events };
}

/** Instances are indexed by their series. */
const ofStudy = 'series in (select id from series where study = $1)';
