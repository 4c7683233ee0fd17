// The data set in the body of a request: PS3.18 8.7.3, as DICOM JSON (one object, or an array of one) or Native DICOM Model
// XML.

import { parseMediaType } from '../../base/http/media-type.ts';
import { Problem } from '../../base/problem.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { fromJson } from '../../dicom/json.ts';
import type { Exchange } from '../exchange.ts';
import { limits } from '../limits.ts';
import { isMetadataType, readMetadata } from '../stow/stow-metadata.ts';

/** Throws request/malformed, request/unsupported-media-type, request/too-large. */
export async function dataSetOfBody(
  { headers, body }: Exchange,
  { mayBeAbsent = false }: { mayBeAbsent?: boolean } = {},
): Promise<DataSet> {
  const type = parseMediaType(headers['content-type'])?.type ?? 'application/dicom+json';
  if (!isMetadataType(type)) throw new Problem('request/unsupported-media-type', { mediaType: 'of the body' });
  const bytes = await bytesOf(body);
  if (bytes.length === 0 && mayBeAbsent) return new DataSet();
  const [first, ...others] = readMetadata(bytes, type);
  if (first === undefined || others.length > 0) {
    throw new Problem('request/malformed', { reason: 'the body is not one data set' });
  }
  return fromJson(first);
}

async function bytesOf(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of body) {
    sizeBytes += chunk.length;
    if (sizeBytes > limits.workitemBytes) {
      throw new Problem('request/too-large', { what: 'the body', limit: limits.workitemBytes });
    }
    chunks.push(Uint8Array.from(chunk));
  }
  return Buffer.concat(chunks);
}
