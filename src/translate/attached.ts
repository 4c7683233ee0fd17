// What a DocumentReference (R4 documentreference.html) or a Media (R4 media.html) says of what is attached to it: whose it is,
// what it belongs to, and when it was made. The other way: the identifiers by which it names the instances that were made of it.

import type { Attachment, DocumentReference, Media, Reference } from '@medplum/fhirtypes';
import { uidOf } from './order-segments.ts';

export type AttachingResource = DocumentReference | Media;

export interface Attached {
  attachments: Attachment[];
  subject: Reference | undefined;
  encounter: Reference | undefined;
  /** What it belongs to: orders, studies. */
  related: Reference[];
  /** Of whom nothing is said any more, or not yet. */
  isCurrent: boolean;
  /** FHIR dateTime of the whole, for attachments that do not say their own. */
  date: string | undefined;
  description: string | undefined;
}

export const isAttaching = (type: string): boolean => type === 'DocumentReference' || type === 'Media';

export function attachedIn(resource: AttachingResource): Attached {
  if (resource.resourceType === 'Media') {
    const { content, subject, encounter, basedOn = [], partOf = [], status, note, type } = resource;
    const created = resource.createdDateTime ?? resource.createdPeriod?.start ?? resource.issued;
    return {
      attachments: [content].filter((one) => one !== undefined),
      subject,
      encounter,
      related: [...basedOn, ...partOf],
      isCurrent: !/^(entered-in-error|not-done|preparation)$/.test(status ?? ''),
      date: created,
      description: content?.title ?? type?.text ?? note?.[0]?.text,
    };
  }
  const { content = [], subject, context, date, status, description, type } = resource;
  return {
    attachments: content.flatMap(({ attachment }) => attachment ?? []),
    subject,
    encounter: context?.encounter?.[0],
    related: context?.related ?? [],
    isCurrent: status === 'current',
    date: context?.period?.start ?? date,
    description: description ?? type?.text ?? type?.coding?.find(({ display }) => display !== undefined)?.display,
  };
}

const UID_SYSTEM = 'urn:dicom:uid';

/** A Study Instance UID that a reference names by identifier. */
export const studyUidIn = ({ identifier }: Reference): string | undefined =>
  identifier?.system === UID_SYSTEM ? uidOf(identifier.value?.replace(/^urn:oid:/, '')) : undefined;

export interface MadeOfIt {
  /** Id of the ImagingStudy. */
  imagingStudy: string;
  studyInstanceUid: string;
  sopInstanceUids: readonly string[];
}

/** Names the instances and their study; undefined where it does already. R4 imagingstudy.html: UIDs as identifiers. */
export function namingInstances<R extends AttachingResource>(
  resource: R,
  { imagingStudy, studyInstanceUid, sopInstanceUids }: MadeOfIt,
): R | undefined {
  const identifier = (uid: string) => ({ system: UID_SYSTEM, value: `urn:oid:${uid}` });
  const known = new Set((resource.identifier ?? []).map(({ system, value }) => `${system}|${value}`));
  const named = sopInstanceUids.map(identifier).filter(({ system, value }) => !known.has(`${system}|${value}`));
  const reference = `ImagingStudy/${imagingStudy}`;
  const study: Reference = { reference, type: 'ImagingStudy', identifier: identifier(studyInstanceUid) };
  const isRelated = attachedIn(resource).related.some((related) => related.reference === reference);
  if (named.length === 0 && isRelated) return undefined;
  const identified = { ...resource, identifier: [...(resource.identifier ?? []), ...named] };
  if (isRelated) return identified;
  if (identified.resourceType === 'Media')
    return { ...identified, partOf: [...(identified.partOf ?? []), study as never] };
  const { context } = identified;
  return { ...identified, context: { ...context, related: [...(context?.related ?? []), study] } };
}
