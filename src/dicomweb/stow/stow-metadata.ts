// The metadata of instances whose bulk data comes in parts of its own: PS3.18 10.5.2 with the models of Annex F (JSON) and
// PS3.19 A.1 (XML).

import { Problem } from '../../base/problem.ts';
import { type DicomJson, fromJson } from '../../dicom/json.ts';
import { jsonOfXml } from '../../dicom/xml.ts';
import type { FailedPartDetails } from '../handlers.ts';

const metadataTypes = ['application/dicom+json', 'application/json', 'application/dicom+xml'] as const;

export type MetadataType = (typeof metadataTypes)[number];

export const isMetadataType = (type: string): type is MetadataType => metadataTypes.some((each) => each === type);

/** A value of an instance that is among the bulk data parts. */
export interface BulkReference {
  uri: string;
  /** As in a BulkDataURI of ours: `7FE00010`, `00081140/1/00091010`. */
  path: string;
}

/** The data sets of one part: an array of JSON, or one document of XML. Throws request/malformed for what is neither. */
export function readMetadata(bytes: Uint8Array, type: MetadataType): unknown[] {
  const text = decoded(bytes);
  if (type === 'application/dicom+xml') return [jsonOfXml(text)];
  try {
    const json = JSON.parse(text);
    return (Array.isArray(json) ? json : [json]).map(withUpperCase);
  } catch {
    throw new Problem('request/malformed', { reason: 'the metadata is not JSON' });
  }
}

/** Tags as Annex F writes them; some clients write `7fe00010`. */
function withUpperCase(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([tag, element]) => [tag.toUpperCase(), element]));
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem('request/malformed', { reason: 'the metadata is not in UTF-8' });
  }
}

/** What a data set refers to. Throws request/malformed where it does not follow the model. */
export function bulkReferences(json: unknown): BulkReference[] {
  const references: BulkReference[] = [];
  fromJson(json, {
    bulkData: (uri, path) => {
      references.push({ uri, path });
      return undefined;
    },
  });
  return references;
}

/** The UIDs for the answer, where they are said. */
export function uidsOf(json: unknown): FailedPartDetails {
  const sopClassUid = firstValue(json, '00080016');
  const sopInstanceUid = firstValue(json, '00080018');
  return {
    ...(typeof sopClassUid === 'string' && { sopClassUid }),
    ...(typeof sopInstanceUid === 'string' && { sopInstanceUid }),
  };
}

/** (0028,0008); 1 unless it is said. */
export function numberOfFrames(json: unknown): number {
  const number = Number(firstValue(json, '00280008') ?? 1);
  return Number.isInteger(number) && number > 0 ? number : 1;
}

function firstValue(json: unknown, tag: string): unknown {
  const values = (json as DicomJson | null)?.[tag]?.Value;
  return Array.isArray(values) ? values[0] : undefined;
}
