// A row of the table of interactions (routes.ts), and the rows that a path is of.

import { Problem } from '../../base/problem.ts';
import type { Action } from './exchange.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** http://hl7.org/fhir/ValueSet/type-restful-interaction and system-restful-interaction */
export type Interaction =
  | 'read'
  | 'vread'
  | 'update'
  | 'patch'
  | 'delete'
  | 'history-instance'
  | 'history-type'
  | 'history-system'
  | 'create'
  | 'search-type'
  | 'search-system'
  | 'transaction'
  | 'batch';

export interface Route {
  method: Method;
  path: string;
  action: Action;
  /** The resource type in its path. */
  type?: string;
  /** What the CapabilityStatement says of it. */
  interaction?: Interaction | readonly Interaction[];
  conditional?: 'create' | 'update' | 'delete' | 'read';
  operation?: { name: string; definition: string };
  /** Known to everybody: nobody is asked who he is. */
  isPublic?: true;
  /** Answers in whatever media type it has, where no form of FHIR was asked for by name. */
  isNative?: true;
}

export interface Match {
  /** The rows of this path, whatever their method. */
  routes: readonly Route[];
  path: Record<string, string>;
}

/** For Allow (RFC 9110 10.2.1): HEAD goes with GET, OPTIONS with everything. */
export function allowOf(match: Match): string {
  const methods = match.routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  return [...new Set([...methods, 'OPTIONS'])].join(', ');
}

/** The row of a method. Throws Problem request/method-not-allowed. */
export function routeOf({ routes: rows }: Match, method: string): Route {
  const row = rows.find((each) => each.method === (method === 'HEAD' ? 'GET' : method));
  if (row === undefined) throw new Problem('request/method-not-allowed', { method });
  return row;
}
