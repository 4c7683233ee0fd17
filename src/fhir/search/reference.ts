// What a Reference refers to (R4 references.html 2.3.0.1), as it says itself: nothing is looked up.

import { resourceTypes } from '../definitions.ts';
import type { JsonObject } from '../json.ts';

export interface Referred {
  /** Absent where the reference does not tell. */
  type?: string;
  /** Of a resource of this server. */
  id?: string;
  /** An absolute URL: of another server, or a urn. */
  url?: string;
}

const localForm = /^([A-Z]\w{1,63})\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;
const urlForm = /^[a-z][a-z0-9+.-]*:\S+$/i;

/** undefined where it refers to nothing outside its own resource. */
export function referenceOf(reference: JsonObject): Referred | undefined {
  const { reference: text, type: said } = reference;
  const type = typeof said === 'string' && resourceTypes.has(said) ? said : undefined;
  const referred = typeof text === 'string' ? referredBy(text) : undefined;
  if (referred === undefined) return type === undefined ? undefined : { type };
  return type === undefined ? referred : { type, ...referred };
}

/** Of the text of a reference: `Patient/1`, `https://elsewhere.example/fhir/Patient/1`, `urn:uuid:…`. */
export function referredBy(text: string): Referred | undefined {
  const [, type, id] = localForm.exec(text) ?? [];
  if (type !== undefined && resourceTypes.has(type)) return { type, id };
  if (!urlForm.test(text)) return undefined;
  const [, absoluteType] = /\/([A-Z]\w{1,63})\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[^/]+)?$/.exec(text) ?? [];
  return absoluteType !== undefined && resourceTypes.has(absoluteType)
    ? { type: absoluteType, url: text }
    : { url: text };
}
