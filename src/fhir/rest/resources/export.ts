// $export (HL7 Bulk Data Access 2.0): kick-off, status, files, and their end. What is exported is as it was at the kick-off
// and is read while it is fetched, so an export is complete as soon as it was asked for.

import type { Parameters } from '@medplum/fhirtypes';
import { onlyValueOf, type QueryParameter, valuesOf } from '../../../base/http/query-string.ts';
import { Problem } from '../../../base/problem.ts';
import { isStoredType } from '../../served-types.ts';
import type { Answer, Exchange } from '../exchange.ts';
import type { ExportRequest } from '../export-handlers.ts';
import { sinceOf } from './history.ts';
import { nameOf } from './read.ts';

const NDJSON = 'application/fhir+ndjson';
const outputFormats = new Set([NDJSON, 'application/ndjson', 'ndjson']);

export const exportSystem = (exchange: Exchange): Promise<Answer> => begin(exchange, 'system');
export const exportPatients = (exchange: Exchange): Promise<Answer> => begin(exchange, 'patients');
export const exportGroup = (exchange: Exchange): Promise<Answer> => begin(exchange, { groupId: nameOf(exchange).id });

async function begin(exchange: Exchange, of: ExportRequest['of']): Promise<Answer> {
  const { handlers, request, headers } = exchange;
  const query = await askedOf(exchange);
  requireKnown(query, String(headers.prefer ?? ''));
  const types = valuesOf(query, '_type').flatMap((value) => value.split(','));
  const since = onlyValueOf(query, '_since');
  const name = typeof of === 'string' ? { system: '', patients: 'Patient/' }[of] : `Group/${of.groupId}/`;
  const id = await handlers.exports.begin(request, {
    of,
    ...(types.length > 0 && { types }),
    ...(since !== undefined && { since: sinceOf(since) }),
    url: `${request.baseUrl}/${name}$export${request.rawQuery === '' ? '' : `?${request.rawQuery}`}`,
  });
  return { status: 202, headers: { 'Content-Location': `${request.baseUrl}/$export/${id}` } };
}

/** In the URL, or as Parameters in the body. */
async function askedOf({ query, headers, resource }: Exchange): Promise<readonly QueryParameter[]> {
  if (Number(headers['content-length'] ?? 0) === 0 && headers['transfer-encoding'] === undefined) return query;
  const { resourceType, parameter = [] } = (await resource()) as Parameters;
  if (resourceType !== 'Parameters') throw new Problem('request/malformed', { reason: 'the body is no Parameters' });
  return parameter.map(({ name, valueString, valueCode, valueInstant, valueReference }) => ({
    name: name!,
    value: valueString ?? valueCode ?? valueInstant ?? valueReference?.reference ?? '',
  }));
}

const known = new Set(['_outputFormat', '_since', '_type', '_format', '_pretty']);

/** What is not done is refused, unless the client prefers lenient handling. */
function requireKnown(query: readonly QueryParameter[], prefer: string): void {
  const format = onlyValueOf(query, '_outputFormat')?.replace(' ', '+');
  if (format !== undefined && !outputFormats.has(format)) throw malformed('_outputFormat is not NDJSON');
  if (/\bhandling\s*=\s*lenient\b/.test(prefer)) return;
  const other = query.find(({ name }) => !known.has(name));
  if (other !== undefined) throw new Problem('fhir/unknown-parameter', { parameter: 'of an export' });
  const types = valuesOf(query, '_type').flatMap((value) => value.split(','));
  if (types.some((type) => type !== 'Patient' && !isStoredType(type))) throw malformed('_type names none that is kept');
}

export async function exportStatus({ handlers, request, path }: Exchange): Promise<Answer> {
  const { asOf, url, outputs } = await handlers.exports.status(request, path.id!);
  const manifest = {
    transactionTime: asOf.toISOString(),
    request: url,
    requiresAccessToken: true,
    output: outputs.map(({ type, count }) => ({
      type,
      url: `${request.baseUrl}/$export/${path.id}/${type}.ndjson`,
      ...(count !== undefined && { count }),
    })),
    error: [],
  };
  return { status: 200, content: { mediaType: 'application/json', bytes: Buffer.from(JSON.stringify(manifest)) } };
}

export async function exportFile({ handlers, request, path }: Exchange): Promise<Answer> {
  const type = /^([A-Z][A-Za-z]+)\.ndjson$/.exec(path.name!)?.[1];
  if (type === undefined) throw new Problem('catalogue/not-found', { what: 'file' });
  const bytes = await handlers.exports.open(request, path.id!, type);
  return { status: 200, content: { mediaType: NDJSON, bytes } };
}

export async function endExport({ handlers, request, path }: Exchange): Promise<Answer> {
  await handlers.exports.remove(request, path.id!);
  return { status: 202 };
}

const malformed = (reason: string): Problem => new Problem('request/malformed', { reason });
