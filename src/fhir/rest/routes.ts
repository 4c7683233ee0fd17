// The interactions of R4's RESTful API that this door has, one row each. Requests are answered, and the
// CapabilityStatement is made, by this table.

import { decode } from '../../base/http/query-string.ts';
import { Problem } from '../../base/problem.ts';
import { resourceTypes } from '../definitions.ts';
import { capabilities } from './capability-statement.ts';
import { crossReference } from './cross-reference.ts';
import type { Action } from './exchange.ts';
import { WADO_RS_ENDPOINT } from './handlers.ts';
import { createPatient, removePatient, revisePatient } from './identity-feed.ts';
import {
  readImagingStudy,
  readWadoEndpoint,
  searchImagingStudies,
  searchImagingStudiesByForm,
} from './imaging-studies.ts';
import { matchPatient } from './match.ts';
import { searchPatients, searchPatientsByForm } from './patient-search.ts';
import { readPatient } from './read-patient.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface Route {
  method: Method;
  path: string;
  action: Action;
  /** What the CapabilityStatement says of it. */
  interaction?: 'read' | 'create' | 'search-type';
  conditional?: 'update' | 'delete';
  operation?: { name: string; definition: string };
  /** Known to everybody: nobody is asked who he is. */
  isPublic?: true;
}

const PIX = { name: 'ihe-pix', definition: 'https://profiles.ihe.net/ITI/PIXm/OperationDefinition/IHE.PIXm.pix' };
const MATCH = { name: 'match', definition: 'http://hl7.org/fhir/OperationDefinition/Patient-match' };

export const routes: readonly Route[] = [
  { method: 'GET', path: '/metadata', action: (exchange) => capabilities(exchange, routes), isPublic: true },
  // IHE PIXm: ITI-83, ITI-104
  { method: 'GET', path: '/Patient/$ihe-pix', action: crossReference, operation: PIX },
  { method: 'POST', path: '/Patient/$ihe-pix', action: crossReference, operation: PIX },
  { method: 'PUT', path: '/Patient', action: revisePatient, conditional: 'update' },
  { method: 'DELETE', path: '/Patient', action: removePatient, conditional: 'delete' },
  { method: 'POST', path: '/Patient', action: createPatient, interaction: 'create' },
  // IHE PDQm: ITI-119, ITI-78
  { method: 'POST', path: '/Patient/$match', action: matchPatient, operation: MATCH },
  { method: 'GET', path: '/Patient', action: searchPatients, interaction: 'search-type' },
  { method: 'POST', path: '/Patient/_search', action: searchPatientsByForm, interaction: 'search-type' },
  { method: 'GET', path: '/Patient/{id}', action: readPatient, interaction: 'read' },
  // Made of the catalogue: there is nothing to write.
  { method: 'GET', path: '/ImagingStudy', action: searchImagingStudies, interaction: 'search-type' },
  { method: 'POST', path: '/ImagingStudy/_search', action: searchImagingStudiesByForm, interaction: 'search-type' },
  { method: 'GET', path: '/ImagingStudy/{id}', action: readImagingStudy, interaction: 'read' },
  { method: 'GET', path: `/Endpoint/${WADO_RS_ENDPOINT}`, action: readWadoEndpoint, interaction: 'read' },
];

export interface Match {
  /** The rows of this path, whatever their method. */
  routes: readonly Route[];
  path: Record<string, string>;
}

const patterns = [...Map.groupBy(routes, (route) => route.path)].map(([path, rows]) => ({
  segments: path.slice(1).split('/'),
  rows,
}));

/** The rows whose path `rawPath` is. Throws Problem catalogue/not-found, fhir/unknown-type where there is none. */
export function matchRoutes(rawPath: string): Match {
  const segments = rawPath.replace(/^\//, '').replace(/\/$/, '').split('/').map(decode);
  for (const { segments: pattern, rows } of patterns) {
    const path = matchSegments(pattern, segments);
    if (path !== undefined) return { routes: rows, path };
  }
  const [type] = segments as [string];
  if (routes.some(({ path }) => path === `/${type}`)) throw new Problem('catalogue/not-found', { what: 'resource' });
  throw new Problem('fhir/unknown-type', { resourceType: resourceTypes.has(type) ? type : 'this' });
}

function matchSegments(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const path: Record<string, string> = {};
  for (const [at, part] of pattern.entries()) {
    const segment = segments[at]!;
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined ? segment !== part : segment === '' || /^[$_]/.test(segment)) return undefined;
    if (name !== undefined) path[name] = segment;
  }
  return path;
}

/** For Allow (RFC 9110 10.2.1): HEAD goes with GET, OPTIONS with everything. */
export function allowOf(match: Match): string {
  const methods = match.routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  return [...new Set([...methods, 'OPTIONS'])].join(', ');
}
