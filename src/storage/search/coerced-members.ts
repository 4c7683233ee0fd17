// Coercion (dicom/coercion.ts) on DICOM JSON text: what is served instead stands where the received stood, and that moves
// into the Original Attributes Sequence as it was written, whatever it held.

import { type CoercedValues, type Coercion, type CoercionNote, notedAs, put } from '../../dicom/coercion.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { tagOf } from '../../dicom/dictionary.ts';
import { jsonText } from '../../dicom/json.ts';
import { hexOf } from '../../dicom/tag.ts';
import { cutMembers, type Members, objectOf } from './members.ts';

const hexOfKeyword = (keyword: string): string => hexOf(tagOf(keyword)!);

export const ORIGINAL_ATTRIBUTES = hexOfKeyword('OriginalAttributesSequence');
const MODIFIED_ATTRIBUTES = hexOfKeyword('ModifiedAttributesSequence');
const INSTITUTION_NAME = hexOfKeyword('InstitutionName');

/** Of an order, in every answer about a study. */
export const orderTags: ReadonlySet<string> = new Set(['AccessionNumber', 'ReferringPhysicianName'].map(hexOfKeyword));

/** Of the patient, what may be served otherwise than it was received. */
export const demographicTags: ReadonlySet<string> = new Set(
  [
    'PatientName',
    'PatientID',
    'IssuerOfPatientID',
    'TypeOfPatientID',
    'IssuerOfPatientIDQualifiersSequence',
    'PatientBirthDate',
    'PatientSex',
    'OtherPatientIDs',
    'OtherPatientIDsSequence',
  ].map(hexOfKeyword),
);

/** As `coerce` does; the members of one object, in place. */
export function coerceMembers(members: Members, { values, note }: Coercion): void {
  const wanted = membersOf(values);
  const differing = Object.keys(values)
    .map(hexOfKeyword)
    .filter((tag) => members.get(tag) !== wanted.get(tag));
  if (differing.length === 0) return;
  const original: Members = new Map(differing.flatMap((tag) => memberAt(members, tag)));
  const item = new Map(membersOfNote(note, members));
  item.set(MODIFIED_ATTRIBUTES, sequence(MODIFIED_ATTRIBUTES, [objectOf(original)]));
  const earlier = itemsOf(members.get(ORIGINAL_ATTRIBUTES));
  members.set(ORIGINAL_ATTRIBUTES, sequence(ORIGINAL_ATTRIBUTES, [...earlier, objectOf(item)]));
  for (const tag of differing) {
    const member = wanted.get(tag);
    if (member === undefined) members.delete(tag);
    else members.set(tag, member);
  }
}

/** The same of a whole object. */
export function coercedObject(text: string, coercion: Coercion): string {
  const members: Members = new Map();
  cutMembers(text, members);
  coerceMembers(members, coercion);
  return objectOf(members);
}

/** Values as members: made once, for they are those of every instance of a person. */
const membersOf = once((values: CoercedValues) => madeOf(values));

const membersOfSourcedNote = once((note: CoercionNote) => madeOf(notedAs(note)));

const membersOfNote = (note: CoercionNote, members: Members): Members =>
  note.sourceOfPreviousValues === undefined
    ? madeOf(notedAs(note, firstText(members.get(INSTITUTION_NAME))))
    : membersOfSourcedNote(note);

function once<Of extends object>(make: (of: Of) => Members): (of: Of) => Members {
  const made = new WeakMap<Of, Members>();
  return (of) => {
    const known = made.get(of) ?? make(of);
    made.set(of, known);
    return known;
  };
}

function madeOf(values: CoercedValues | Record<string, string | null>): Members {
  const dataset = new DataSet();
  for (const [keyword, value] of Object.entries(values)) {
    if (value !== undefined) put(dataset, keyword, value ?? '');
  }
  const members: Members = new Map();
  cutMembers(jsonText(dataset), members);
  // Declared only where it is needed, and not one of the values.
  members.delete(SPECIFIC_CHARACTER_SET);
  return members;
}

const SPECIFIC_CHARACTER_SET = hexOfKeyword('SpecificCharacterSet');

const memberAt = (members: Members, tag: string): [string, string][] => {
  const member = members.get(tag);
  return member === undefined ? [] : [[tag, member]];
};

const sequence = (tag: string, items: readonly string[]): string => `"${tag}":{"vr":"SQ","Value":[${items.join(',')}]}`;

/** The items of a sequence as one text, in a list; none where it has none. */
function itemsOf(member: string | undefined): string[] {
  const items = member?.match(/^"[0-9A-F]{8}":\{"vr":"SQ","Value":\[(.+)\]\}$/s)?.[1];
  return items === undefined ? [] : [items];
}

function firstText(member: string | undefined): string | undefined {
  if (member === undefined) return undefined;
  const [attribute] = Object.values(JSON.parse(`{${member}}`) as Record<string, { Value?: unknown[] }>);
  const [value] = attribute?.Value ?? [];
  return typeof value === 'string' ? value : undefined;
}
