// Which form a resource is written and read in (R4 http.html#mime-type): `_format` before Accept, JSON where neither says
// anything; bodies by Content-Type, in UTF-8.

import { type MediaType, parseMediaType, parseMediaTypes } from '../../base/http/media-type.ts';
import { type QueryParameter, valuesOf } from '../../base/http/query-string.ts';
import { Problem } from '../../base/problem.ts';
import type { Format } from '../resource.ts';

export const mediaTypes: Readonly<Record<Format, string>> = {
  json: 'application/fhir+json',
  xml: 'application/fhir+xml',
};

const formats: Readonly<Record<string, Format>> = {
  'application/fhir+json': 'json',
  'application/json': 'json',
  'text/json': 'json',
  json: 'json',
  'application/fhir+xml': 'xml',
  'application/xml': 'xml',
  'text/xml': 'xml',
  xml: 'xml',
};

/** In the order in which we prefer them. */
const everyFormat: readonly Format[] = ['json', 'xml'];
/** Ranges that mean both. */
const anything = new Set(['*/*', 'application/*', 'text/*']);

/** Undefined where the client takes neither form. */
export function answerFormat(accept: string | undefined, query: readonly QueryParameter[]): Format | undefined {
  const named = formatParameter(query);
  if (named !== undefined) return formats[named.split(';')[0]!.trim().toLowerCase()];
  if (accept === undefined || accept.trim() === '') return 'json';
  const ranges = parseMediaTypes(accept).filter(isR4);
  // RFC 9110 12.5.1: `*/*` does not bring back what `q=0` excludes.
  const excluded = new Set(ranges.filter((range) => qualityOf(range) <= 0).map(({ type }) => formats[type]));
  const ranked = ranges.filter((range) => qualityOf(range) > 0).sort((a, b) => qualityOf(b) - qualityOf(a));
  for (const { type } of ranked) {
    const offered = anything.has(type) ? everyFormat : [formats[type]];
    const format = offered.find((each) => each !== undefined && !excluded.has(each));
    if (format !== undefined) return format;
  }
  return undefined;
}

/** The form that a client asks for by its name, and not as one of any. */
export function namedFormat(accept: string | undefined, query: readonly QueryParameter[]): Format | undefined {
  const named = formatParameter(query);
  if (named !== undefined) return formats[named.split(';')[0]!.trim().toLowerCase()];
  const ranges = parseMediaTypes(accept ?? '').filter((range) => qualityOf(range) > 0);
  const [first] = ranges.toSorted((a, b) => qualityOf(b) - qualityOf(a));
  return first && formats[first.type];
}

/** `_format=application/fhir+json` reaches us with a space where the plus was not encoded. */
function formatParameter(query: readonly QueryParameter[]): string | undefined {
  const [named] = valuesOf(query, '_format').map((text) => text.trim().replace(/ (?=json|xml)/, '+'));
  return named === '' ? undefined : named;
}

/** Whether a body is a resource: FHIR's own media types, and those of JSON and XML. */
export const isFhir = (contentType: string | undefined): boolean =>
  formats[parseMediaType(contentType)?.type ?? ''] !== undefined;

/** Throws Problem request/unsupported-media-type where a body is neither form, or in another charset than UTF-8. */
export function bodyFormat(contentType: string | undefined): Format {
  const mediaType = parseMediaType(contentType);
  const format = mediaType === undefined ? undefined : formats[mediaType.type];
  const charset = mediaType?.parameters.get('charset')?.toLowerCase() ?? 'utf-8';
  if (format === undefined || !isR4(mediaType!) || !['utf-8', 'utf8', 'us-ascii'].includes(charset)) {
    throw new Problem('request/unsupported-media-type', { mediaType: mediaType?.type ?? 'of the body' });
  }
  return format;
}

/** R4 versioning.html#mt-version: the parameter fhirVersion. */
function isR4({ parameters }: MediaType): boolean {
  const version = parameters.get('fhirversion');
  return version === undefined || version === '4.0';
}

function qualityOf({ parameters }: MediaType): number {
  const quality = Number.parseFloat(parameters.get('q') ?? '1');
  return Number.isNaN(quality) ? 1 : quality;
}

export const notAcceptable = (): Problem =>
  new Problem('request/not-acceptable', { reason: `there are ${Object.values(mediaTypes).join(' and ')}` });
