// Searches for a person (IHE PDQ's patient, not a registration): the studies are those of all registrations, whoever issued
// their numbers. Each answer bears the Patient ID that was asked for, or it would not match the key (PS3.4 C.2.2.2.1); what
// the source calls the patient comes first in the Other Patient IDs Sequence. The demographics are those received.

import type { Identifier } from '../../identity/sighting.ts';
import type { Members } from './members.ts';
import type { Selection } from './selection.ts';

export interface OfPerson {
  /** In the catalogue. */
  studyIds: readonly string[];
  /** As the person was asked for; then other ids that the person has with us. */
  ids: readonly [Identifier, ...Identifier[]];
}

const PATIENT_ID = '00100020';
const ISSUER = '00100021';
const TYPE = '00100022';
const QUALIFIERS = '00100024';
const OTHER_IDS = '00101002';

/** What a source's own identity is read from. */
const ownTags = [PATIENT_ID, ISSUER, TYPE, QUALIFIERS, OTHER_IDS];

/** `selection` and what `nameAs` needs of each row. */
export const withOwnIdentity = (selection: Selection): Selection =>
  selection.further === undefined ? selection : { ...selection, further: selection.further.union(new Set(ownTags)) };

/** Names the patient of an answer as it was asked for. */
export function nameAs({ ids: [asked, ...others] }: OfPerson, members: Members): void {
  const received: Attributes = JSON.parse(
    `{${ownTags.flatMap((tag) => (tag === OTHER_IDS ? [] : (members.get(tag) ?? []))).join(',')}}`,
  );
  const items = [
    ...(received[PATIENT_ID]?.Value === undefined
      ? []
      : [{ ...received, [TYPE]: received[TYPE] ?? text('CS', 'TEXT') }]),
    ...others.map((each) => ({ ...attributesOf(each), [TYPE]: text('CS', 'TEXT') })),
  ].map((item) => JSON.stringify(item));
  const known = members.get(OTHER_IDS)?.match(/^"00101002":\{"vr":"SQ","Value":\[(.+)\]\}$/s)?.[1];
  for (const tag of ownTags) members.delete(tag);
  for (const [tag, attribute] of Object.entries(attributesOf(asked))) {
    members.set(tag, `"${tag}":${JSON.stringify(attribute)}`);
  }
  const all = known === undefined ? items : [...items, known];
  if (all.length > 0) members.set(OTHER_IDS, `"${OTHER_IDS}":{"vr":"SQ","Value":[${all.join(',')}]}`);
}

type Attributes = Record<string, { vr: string; Value?: unknown[] }>;

const attributesOf = ({ id, issuer }: Identifier): Attributes => ({
  [PATIENT_ID]: text('LO', id),
  [ISSUER]: text('LO', issuer),
});

const text = (vr: string, value: string) => ({ vr, Value: [value] });
