// Assigning authorities as one text, so that those of HL7, DICOM and FHIR compare: the universal id with its type where
// there is one (`1.2.3&ISO`), else the local name. HL7 v2.8.2 2A.2.33; PS3.3 Table 10-18.

import { type Cx, cx, type Hd } from '../hl7v2/identifiers.ts';
import type { Message } from '../hl7v2/message.ts';
import type { Segment } from '../hl7v2/segment.ts';
import { fieldPath, type SenderProfile } from '../hl7v2/sender-profile.ts';

/** As in identity/sighting.ts. */
export interface Identifier {
  issuer: string;
  id: string;
}

export interface TypedIdentifier extends Identifier {
  /** Table 0203. */
  type: string;
}

/** The text of an authority, by the sender's own spellings; its default issuer where it names none. */
export function issuerOf(authority: Hd | undefined, { issuers = {}, defaultIssuer = '' }: SenderProfile): string {
  if (authority === undefined) return defaultIssuer;
  const { namespaceId, universalId, universalIdType } = authority;
  const text = universalId === '' ? namespaceId : `${universalId}&${universalIdType || 'ISO'}`;
  const spellings = [text, namespaceId, universalId].filter((spelling) => spelling !== '');
  return spellings.map((spelling) => issuers[spelling]).find((known) => known !== undefined) ?? text;
}

/** The reverse, for messages of ours. */
export function authorityOf(issuer: string): Hd {
  const [universalId, universalIdType] = issuer.split('&');
  if (universalIdType === undefined) return { namespaceId: issuer, universalId: '', universalIdType: '' };
  return { namespaceId: '', universalId: universalId!, universalIdType };
}

export function identifierOf(value: Cx, profile: SenderProfile): TypedIdentifier {
  return {
    issuer: issuerOf(value.assigningAuthority, profile),
    id: value.id,
    type: value.identifierTypeCode.toUpperCase(),
  };
}

/** The identifiers at these fields of a segment, in order, without repeats. A field of another segment is read in `message`. */
export function identifiersAt(
  paths: readonly string[],
  segment: Segment,
  profile: SenderProfile,
  message?: Message,
): TypedIdentifier[] {
  const found = new Map<string, TypedIdentifier>();
  for (const path of paths) {
    const at = fieldPath(path);
    const owner = at && (at.segment === segment.name ? segment : message?.segment(at.segment));
    if (at === undefined || owner === undefined) continue;
    for (const repetition of owner.repetitions(at.field)) {
      const read = cx(repetition);
      if (read === undefined) continue;
      const identifier = identifierOf(read, profile);
      const key = JSON.stringify([identifier.issuer, identifier.id]);
      if (!found.has(key)) found.set(key, identifier);
    }
  }
  return [...found.values()];
}
