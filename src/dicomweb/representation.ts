// DICOM data sets as the two representations of PS3.18 8.7.3: DICOM JSON (Annex F), which is how they come to this door,
// and Native DICOM Model XML (PS3.19 A.1), which is made of it on demand.

import { onlyValueOf, valuesOf } from '../base/http/query-string.ts';
import { Problem } from '../base/problem.ts';
import { type DicomJson, fromJson } from '../dicom/json.ts';
import { toXml } from '../dicom/xml.ts';
import { acceptedMediaTypes, negotiate, type Offer } from './accept.ts';
import type { Answer, Exchange } from './exchange.ts';
import { multipartRelated, wholePart } from './multipart/writer.ts';

const json: Offer = { mediaType: 'application/dicom+json' };
/** What clients say who do not know the former. */
const plainJson: Offer = { mediaType: 'application/json' };
const xmlParts: Offer = { mediaType: 'multipart/related', partType: 'application/dicom+xml' };
const xml: Offer = { mediaType: 'application/dicom+xml' };

/** How a client wants any number of data sets. Throws Problem request/not-acceptable. */
export function negotiateDataSets(exchange: Pick<Exchange, 'headers' | 'query'>): Offer {
  return negotiateRepresentation(exchange, [json, plainJson, xmlParts, xml]);
}

/** How a client wants one data set. Throws Problem request/not-acceptable. */
export function negotiateDataSet(exchange: Pick<Exchange, 'headers' | 'query'>): Offer {
  return negotiateRepresentation(exchange, [json, plainJson, xml]);
}

function negotiateRepresentation({ headers, query }: Pick<Exchange, 'headers' | 'query'>, offers: Offer[]): Offer {
  const charset = onlyValueOf(query, 'charset')?.toLowerCase();
  if (charset !== undefined && !/(^|[,\s])(utf-?8|\*)($|[,;\s])/.test(charset)) {
    throw new Problem('request/not-acceptable', { reason: 'answers are in UTF-8' });
  }
  const accepted = acceptedMediaTypes(headers.accept, valuesOf(query, 'accept'));
  return negotiate(accepted, offers)[0].offer;
}

export const isXml = (offer: Offer): boolean => offer === xmlParts || offer === xml;

/** A DICOM JSON array, in the representation that was negotiated: XML as one part for each data set. */
export function dataSetsAnswer(offer: Offer, body: Uint8Array): Pick<Answer, 'headers' | 'body'> {
  if (!isXml(offer)) return { headers: { 'Content-Type': offer.mediaType }, body };
  const dataSets = JSON.parse(Buffer.from(body).toString('utf8')) as DicomJson[];
  const parts = dataSets.map((dataSet) => wholePart('application/dicom+xml', Buffer.from(xmlOf(dataSet))));
  const { contentType, ...streamed } = multipartRelated('application/dicom+xml', () => parts);
  return { headers: { 'Content-Type': contentType }, body: streamed };
}

/** One DICOM JSON object, in the representation that was negotiated. */
export function dataSetAnswer(offer: Offer, dataSet: DicomJson): Pick<Answer, 'headers' | 'body'> {
  if (!isXml(offer)) return { headers: { 'Content-Type': offer.mediaType }, body: JSON.stringify(dataSet) };
  return { headers: { 'Content-Type': 'application/dicom+xml' }, body: xmlOf(dataSet) };
}

/** Bulk data stays behind its URI. */
function xmlOf(json: DicomJson): string {
  const uris = new Map<string, string>();
  const bulkData = (uri: string, path: string): Uint8Array => {
    uris.set(path, uri);
    return BULK;
  };
  return toXml(fromJson(json, { bulkData }), { bulkDataUri: (path) => uris.get(path) });
}

/** Stands for a value that is elsewhere; an empty one would have no URI. */
const BULK = new Uint8Array(8);
