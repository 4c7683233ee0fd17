// Who asks for a person of ours and not for a source's registration: Patient ID with our own domain as its issuer (PS3.4
// C.6.1.1.2: a Patient ID is unique within its issuer). Everything else is asked of the catalogue as it was received.

import { tagOf } from '../../dicom/dictionary.ts';
import type { MatchKey, Query } from '../../dicom/query.ts';
import { isPersonId } from '../../identity/persons.ts';
import type { OfPerson } from '../../storage/search/of-person.ts';
import type { Core } from '../core.ts';

const PATIENT_ID = tagOf('PatientID')!;
const ISSUER = tagOf('IssuerOfPatientID')!;

export interface AskedPerson {
  /** Without the keys that name the person; their attributes are still asked for. */
  query: Query;
  person: OfPerson;
}

/**
 * undefined where a search means no person, or one that nobody is or was. A retrieve has unique keys alone (PS3.4 C.4.2.1.4),
 * no issuer: there an id of ours is enough, as it is where reconciled demographics are served.
 */
export async function askedPerson(
  core: Pick<Core, 'config' | 'identity'>,
  tenant: number,
  query: Query,
  asks: 'search' | 'retrieve' = 'search',
): Promise<AskedPerson | undefined> {
  const { identityDomain, demographics } = core.config;
  const [id, issuer] = [query.keys.find(isOf(PATIENT_ID)), query.keys.find(isOf(ISSUER))];
  // Who was served an id of ours asks with it, and few clients keep its issuer.
  const needsIssuer = asks === 'search' && demographics === 'as-received';
  const isOurs = (!needsIssuer && !singleValue(issuer)) || singleValue(issuer) === identityDomain;
  const personId = singleValue(id);
  if (!isOurs || personId === undefined || !isPersonId(personId)) return undefined;
  const { people } = await core.identity();
  const found = people.of(tenant).person(personId);
  if (found === undefined) return undefined;
  const asked = { id: personId, issuer: identityDomain };
  const now = found.id === personId ? [] : [{ id: found.id, issuer: identityDomain }];
  return { query: without(query, [PATIENT_ID, ISSUER]), person: { studyIds: found.studyIds, ids: [asked, ...now] } };
}

/** The same where a patient is named outside of DICOM: the studies in the catalogue. No issuer means any. */
export async function studiesOfPerson(
  core: Pick<Core, 'config' | 'identity'>,
  tenant: number,
  id: string,
  issuers: readonly string[],
): Promise<readonly string[] | undefined> {
  if (!isPersonId(id) || (issuers.length > 0 && !issuers.includes(core.config.identityDomain))) return undefined;
  return (await core.identity()).people.of(tenant).person(id)?.studyIds;
}

const isOf =
  (tag: number) =>
  ({ path }: MatchKey): boolean =>
    path.length === 1 && path[0] === tag;

const singleValue = (key: MatchKey | undefined): string | undefined =>
  key?.values.length === 1 ? key.values[0]!.trim() : undefined;

function without({ keys, returnPaths, ...query }: Query, tags: readonly number[]): Query {
  return {
    ...query,
    keys: keys.filter((key) => !tags.some((tag) => isOf(tag)(key))),
    returnPaths: returnPaths === 'all' ? 'all' : [...returnPaths, ...tags.map((tag) => [tag])],
  };
}
