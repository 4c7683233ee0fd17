// QIDO-RS answers from the catalogue: DICOM JSON, ready to send (PS3.18 10.6.3, F.2).

import { Problem } from '../../base/problem.ts';
import type { Query } from '../../dicom/query.ts';
import type { Database } from '../database.ts';
import type { ServedDemographics } from '../served-demographics.ts';
import { filteredRows } from './filter.ts';
import { limits } from './limits.ts';
import { objectsOf } from './objects.ts';
import type { OfPerson } from './of-person.ts';
import { planOf, type ServedAs } from './plan.ts';
import { answerSelection, type Wanted } from './selection.ts';
import { Serving } from './serving.ts';
import { run } from './statement.ts';

export interface SearchRequest {
  tenant: number;
  query: Query;
  /** What URLs in the answer begin with: `https://host/dicomweb`. */
  baseUrl: string;
  maxResults?: number;
  /** Only what is this person's. */
  person?: OfPerson;
  served?: ServedDemographics | undefined;
  /** Studies that meet the query by what is served of them. */
  servedAs?: readonly ServedAs[] | undefined;
}

export interface SearchAnswer {
  /** The DICOM JSON array as UTF-8. */
  body: Uint8Array;
  /** How many objects `body` holds. */
  count: number;
  /** How many more match beyond `maxResults`; 0 where all that the client asked for were given. */
  remaining: number;
}

/** Throws request/malformed where an order is asked for that cannot be given without reading everything. */
export async function search(database: Database, request: SearchRequest): Promise<SearchAnswer> {
  const { tenant, baseUrl, maxResults = limits.results, person } = request;
  // PS3.18 8.3.4.1: combined datetime matching needs no agreement here.
  const query = { ...request.query, combinedDateTime: request.query.combinedDateTime ?? true };
  const selection = answerSelection(query, person);
  const serving = Serving.of(request.served, tenant, selection);
  const wanted: Wanted = {
    tenant,
    query,
    plan: planOf(tenant, query, { of: person?.studyIds, or: request.servedAs }),
    selection: serving?.selection ?? selection,
    root: JSON.stringify(baseUrl).slice(1, -1),
    person,
    serving,
  };
  if (query.newestFirst && wanted.plan.residual.length > 0) {
    throw new Problem('request/malformed', { reason: 'orderby does not go with attributes that have no index' });
  }
  const { offset = 0, limit: asked = Number.POSITIVE_INFINITY } = query;
  const limit = Math.min(asked, maxResults);
  const objects = await objectsOf(database, wanted, offset, limit);
  const count = objects.length;
  const isCut = count === maxResults && asked > maxResults;
  const remaining = isCut ? Math.min(await countAfter(database, wanted, offset + count), asked - count) : 0;
  return { body: arrayOf(objects), count, remaining };
}

/** A JSON array. Megabytes are copied once, as bytes. */
function arrayOf(objects: readonly Uint8Array[]): Uint8Array {
  if (objects.length === 0) return Buffer.from('[]');
  const body = Buffer.allocUnsafe(objects.reduce((length, object) => length + object.length + 1, 1));
  let at = 0;
  for (const object of objects) {
    body[at] = at === 0 ? OPENING_BRACKET : COMMA;
    body.set(object, at + 1);
    at += object.length + 1;
  }
  body[at] = CLOSING_BRACKET;
  return body;
}

const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const COMMA = 0x2c;

/** How many rows match after the first `passed`. */
async function countAfter(database: Database, wanted: Wanted, passed: number): Promise<number> {
  const { plan } = wanted;
  let count = 0;
  if (plan.residual.length > 0) {
    for await (const rows of filteredRows(database, wanted, passed)) count += rows.length;
    return count;
  }
  const text = `select count(*)::int from ${plan.from} where ${plan.where}`;
  const [row] = await run<[number]>(database, { text, values: plan.parameters.values, steady: plan.steady });
  return Math.max(row![0] - passed, 0);
}
