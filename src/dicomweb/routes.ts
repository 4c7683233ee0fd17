// The resources of PS3.18 below the root of this door, one row per method and path, and how a URL finds its row.

import { decode } from '../base/http/query-string.ts';
import { Problem } from '../base/problem.ts';
import { capabilityTypes, retrieveCapabilities } from './capabilities.ts';
import type { Action } from './exchange.ts';
import { hide, unhide } from './hide.ts';
import { search } from './qido/qido-rs.ts';
import { store } from './stow/stow-rs.ts';
import {
  changeWorkitemState,
  createWorkitem,
  requestCancellation,
  retrieveWorkitem,
  searchWorkitems,
  subscriberSocket,
  subscribeWorkitem,
  suspendSubscription,
  unsubscribeWorkitem,
  updateWorkitem,
} from './ups/ups-rs.ts';
import { retrieveBulkdata, retrievePixelData } from './wado/bulkdata.ts';
import { retrieveBulkdataBelow, retrievePixelDataBelow } from './wado/bulkdata-below.ts';
import { retrieveFrames } from './wado/frames.ts';
import { retrieveRendered, retrieveThumbnail } from './wado/rendered.ts';
import { retrieve, retrieveMetadata } from './wado/wado-rs.ts';
import { retrieveByUri } from './wado/wado-uri.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface Route {
  method: Method;
  path: string;
  action: Action;
  /** For the Capabilities Description (PS3.18 8.9). */
  about?: RouteDescription;
}

export interface RouteDescription {
  /** Query parameters besides those of every resource. */
  query?: readonly string[];
  /** Media types of the request's body. */
  takes?: readonly string[];
  /** Media types of the answer. */
  gives?: readonly string[];
}

const study = '/studies/{study}';
const series = `${study}/series/{series}`;
const instance = `${series}/instances/{instance}`;
const workitem = '/workitems/{workitem}';

const rows = (method: Method, paths: readonly string[], action: Action, about?: RouteDescription): Route[] =>
  paths.map((path) => ({ method, path, action, about }));

const levels = [study, series, instance];
const below = (names: readonly string[], paths = levels): string[] =>
  paths.flatMap((path) => names.map((name) => `${path}/${name}`));

/** Resources of the standard that this version does not offer say so (501) rather than that they do not exist. */
function notBuilt(what: string): Action {
  const refuse: Action = async () => {
    throw new Problem('request/not-built', { what });
  };
  refusing.add(refuse);
  return refuse;
}

const refusing = new WeakSet<Action>();

/** Whether there is more behind a route than the word that there is nothing. */
export const isOffered = ({ action }: Route): boolean => !refusing.has(action);

const jsonOrXml = ['application/dicom+json', 'application/json', 'application/dicom+xml'];
/** Several documents of XML are several parts. */
const manyJsonOrXml = [...jsonOrXml.slice(0, 2), 'multipart/related; type="application/dicom+xml"'];
const dataSet = ['application/dicom+json', 'application/dicom+xml'];
const stored = [
  'multipart/related; type="application/dicom"',
  'multipart/related; type="application/dicom+json"',
  'multipart/related; type="application/dicom+xml"',
  'application/dicom',
  'application/dicom+json',
  'application/dicom+xml',
];
const retrieved = ['multipart/related; type="application/dicom"', 'application/dicom', 'application/zip'];
const octets = { gives: ['multipart/related; type="application/octet-stream"', 'application/octet-stream'] };
const pictured = {
  query: ['window', 'viewport', 'quality', 'iccprofile', 'annotation'],
  gives: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
};
const searched = { query: ['limit', 'offset', 'includefield', 'fuzzymatching'], gives: manyJsonOrXml };

export const routes: readonly Route[] = [
  // PS3.18 8.9 Capabilities; OPTIONS is the door's
  ...rows('GET', ['/'], (exchange) => retrieveCapabilities(exchange, routes.filter(isOffered)), {
    gives: capabilityTypes,
  }),
  // PS3.18 10.5 Store
  ...rows('POST', ['/studies', study], store, { query: ['patientof', 'accession'], takes: stored, gives: jsonOrXml }),
  // PS3.18 10.6 Search
  ...rows('GET', ['/studies'], search('STUDY'), { ...searched, query: [...searched.query, 'orderby'] }),
  ...rows('GET', ['/series', `${study}/series`], search('SERIES'), searched),
  ...rows('GET', ['/instances', `${study}/instances`, `${series}/instances`], search('IMAGE'), searched),
  // PS3.18 10.4 Retrieve
  ...rows('GET', levels, retrieve, { gives: retrieved }),
  ...rows('GET', below(['metadata']), retrieveMetadata, { gives: manyJsonOrXml }),
  ...rows('GET', [...below(['rendered']), `${instance}/frames/{frames}/rendered`], retrieveRendered, pictured),
  ...rows('GET', [...below(['thumbnail']), `${instance}/frames/{frames}/thumbnail`], retrieveThumbnail, {
    ...pictured,
    query: ['viewport'],
  }),
  ...rows('GET', below(['bulkdata/{path*}'], [instance]), retrieveBulkdata, octets),
  ...rows('GET', below(['pixeldata'], [instance]), retrievePixelData),
  ...rows('GET', below(['bulkdata']), retrieveBulkdataBelow, { gives: octets.gives.slice(0, 1) }),
  ...rows('GET', below(['pixeldata'], [study, series]), retrievePixelDataBelow, { gives: octets.gives.slice(0, 1) }),
  ...rows('GET', below(['frames/{frames}'], [instance]), retrieveFrames, octets),
  // Ours: withdrawing and its undo
  ...rows('DELETE', levels, hide),
  ...rows('POST', below(['unhide']), unhide),
  // PS3.18 9 URI Service
  ...rows('GET', ['/wado'], retrieveByUri),
  // PS3.18 11 Worklist Service
  ...rows('POST', ['/workitems'], createWorkitem, { takes: dataSet }),
  ...rows('GET', ['/workitems'], searchWorkitems, searched),
  ...rows('GET', [workitem], retrieveWorkitem, { gives: manyJsonOrXml }),
  ...rows('POST', [workitem], updateWorkitem, { query: ['transaction-uid'], takes: dataSet }),
  ...rows('PUT', [`${workitem}/state`, `${workitem}/state/{requester}`], changeWorkitemState, { takes: dataSet }),
  ...rows('POST', [`${workitem}/cancelrequest`, `${workitem}/cancelrequest/{requester}`], requestCancellation, {
    takes: dataSet,
  }),
  ...rows('POST', [`${workitem}/subscribers/{subscriber}`], subscribeWorkitem, { query: ['deletionlock', 'filter'] }),
  ...rows('DELETE', [`${workitem}/subscribers/{subscriber}`], unsubscribeWorkitem),
  ...rows('POST', [`${workitem}/subscribers/{subscriber}/suspend`], suspendSubscription),
  // PS3.18 8.10 Notification: a web socket, ups/subscriber-sockets.ts
  ...rows('GET', ['/subscribers/{subscriber}'], subscriberSocket),
  // PS3.18 13 Storage Commitment
  ...rows('GET', ['/commitment-requests/{transaction}'], notBuilt('storage commitment by web')),
  ...rows('POST', ['/commitment-requests/{transaction}'], notBuilt('storage commitment by web')),
];

export interface Match {
  /** As in the table: `/studies/{study}`. */
  pattern: string;
  /** The rows of this path, whatever their method. */
  routes: readonly Route[];
  /** What stands for the names in braces. */
  path: Record<string, string>;
}

const patterns = [...Map.groupBy(routes, (route) => route.path)].map(([path, rowsOfPath]) => ({
  segments: path.slice(1).split('/'),
  path,
  routes: rowsOfPath,
}));

/** The rows whose path `rawPath` is. Throws Problem catalogue/not-found where there is none. */
export function matchRoutes(rawPath: string): Match {
  const segments = rawPath.replace(/^\//, '').replace(/\/$/, '').split('/').map(decode);
  for (const pattern of patterns) {
    const path = matchSegments(pattern.segments, segments);
    if (path !== undefined) return { pattern: pattern.path, routes: pattern.routes, path };
  }
  throw new Problem('catalogue/not-found', { what: 'resource' });
}

function matchSegments(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const takesRest = pattern.at(-1)!.endsWith('*}');
  if (takesRest ? segments.length < pattern.length : segments.length !== pattern.length) return undefined;
  const path: Record<string, string> = {};
  for (const [at, part] of pattern.entries()) {
    if (part.endsWith('*}')) path[part.slice(1, -2)] = segments.slice(at).join('/');
    else if (part.startsWith('{')) path[part.slice(1, -1)] = segments[at]!;
    else if (part !== segments[at]) return undefined;
  }
  return path;
}

/** What is offered at a path of the table and below it. */
export const offeredBelow = (pattern: string): Route[] =>
  routes.filter((route) => isOffered(route) && `${route.path}/`.startsWith(pattern === '/' ? '/' : `${pattern}/`));

/** For Allow (RFC 9110 10.2.1): HEAD goes with GET, OPTIONS with everything. */
export function allowOf(match: Match): string {
  const methods = match.routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  return [...new Set([...methods, 'OPTIONS'])].join(', ');
}
