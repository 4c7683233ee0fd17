// AuditEvent (R4 auditevent.html), read and searched: what was done here, made of the audit's rows.

import { onlyValueOf, type QueryParameter, valuesOf } from '../../../base/http/query-string.ts';
import { Problem } from '../../../base/problem.ts';
import { dateRangeOf } from '../../date-range.ts';
import type { AuditQuery } from '../audit-handlers.ts';
import type { Answer, Exchange } from '../exchange.ts';
import { countOf, pageLink } from './history.ts';
import { answerOf, nameOf } from './read.ts';

export async function readAuditEvent(exchange: Exchange): Promise<Answer> {
  const { handlers, request } = exchange;
  return answerOf(exchange, await handlers.audit.read(request, nameOf(exchange).id));
}

/** The search parameters that there are; all of `date` are met. */
export const auditParameters = { date: { type: 'date' }, entity: { type: 'reference' } } as const;

export async function searchAuditEvents({ handlers, request, query, headers }: Exchange): Promise<Answer> {
  const known = ['date', 'entity', '_count', '_cursor', '_format', '_pretty'];
  const other = query.find(({ name }) => !known.includes(name));
  if (other !== undefined && /\bhandling\s*=\s*strict\b/.test(String(headers.prefer ?? ''))) {
    throw new Problem('fhir/unknown-parameter', { parameter: 'of AuditEvent' });
  }
  const { events, next } = await handlers.audit.search(request, auditQueryOf(query));
  const self = `${request.baseUrl}/AuditEvent`;
  const understood = query.filter(({ name }) => known.includes(name));
  const entry = events.map((resource) => ({
    fullUrl: `${self}/${resource.id}`,
    resource,
    search: { mode: 'match' as const },
  }));
  return {
    status: 200,
    resource: {
      resourceType: 'Bundle',
      type: 'searchset',
      link: [
        { relation: 'self', url: pageLink(self, understood, undefined) },
        ...(next === undefined ? [] : [{ relation: 'next' as const, url: pageLink(self, understood, next) }]),
      ],
      ...(entry.length > 0 ? { entry } : {}),
    },
  };
}

function auditQueryOf(query: readonly QueryParameter[]): AuditQuery {
  const [entity, cursor] = [onlyValueOf(query, 'entity'), onlyValueOf(query, '_cursor')];
  if (cursor !== undefined && !/^\d{1,15}\.\d{1,19}$/.test(cursor)) throw malformed('_cursor is none of ours');
  return {
    ...valuesOf(query, 'date').reduce(narrowed, {}),
    ...(entity !== undefined && { entity }),
    ...(cursor !== undefined && { cursor }),
    count: countOf(query),
  };
}

/** What `date` leaves of a span of time; from its start, up to and without its end. */
function narrowed(span: Pick<AuditQuery, 'since' | 'until'>, date: string): Pick<AuditQuery, 'since' | 'until'> {
  const [, prefix = 'eq', text = ''] = /^(eq|ge|gt|le|lt)?(.*)$/s.exec(date)!;
  const range = dateRangeOf(text.replace(' ', '+'));
  if (range === undefined) throw malformed('date is no date');
  const [start, end] = [new Date(range.start), new Date(range.end)];
  const since = { eq: start, ge: start, gt: end }[prefix];
  const until = { eq: end, le: end, lt: start }[prefix];
  return {
    ...span,
    ...(since && { since: span.since && span.since > since ? span.since : since }),
    ...(until && { until: span.until && span.until < until ? span.until : until }),
  };
}

const malformed = (reason: string): Problem => new Problem('request/malformed', { reason });
