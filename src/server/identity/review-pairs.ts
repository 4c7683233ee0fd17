// What somebody sees who looks at a pair: whom it is about in a list, and what is known under either number.

import { identifierOf } from '../../identity/reading.ts';
import type { Review } from '../../identity/reviews.ts';
import type { Identifier } from '../../identity/sighting.ts';
import { type Around, type KnownPerson, knownPersons, knownRegistration } from '../../ingest/identify/known-person.ts';
import type { Database } from '../../storage/database.ts';

/** Each review with its two registrations as identifiers, and what the persons are called; of one person, under either number. */
export async function namedReviews(around: Around, reviews: readonly Review[]): Promise<object[]> {
  const ids = [...new Set(reviews.flatMap(({ persons }) => persons))];
  const known = await knownPersons(around, ids);
  const nameOf = new Map(known.map((person) => [person.id, nameOfKnown(person)]));
  return Promise.all(
    reviews.map(async (review) => {
      const of = review.registrations.map(identifierOf);
      const [one, other] = review.persons;
      const names =
        one === other
          ? await Promise.all(of.map(async (each) => nameOfKnown(await knownRegistration(around, each))))
          : [nameOf.get(one), nameOf.get(other)];
      return { ...review, of, names: names.map((name = '') => name) };
    }),
  );
}

const nameOfKnown = (known: KnownPerson | undefined): string => known?.record.fields.name?.value ?? '';

/** What is known under either number by itself, whosever it is; undefined where nobody spoke of one of them. */
export async function pairSides(around: Around, of: readonly [Identifier, Identifier]): Promise<object[] | undefined> {
  const sides = await Promise.all(of.map((identifier) => knownRegistration(around, identifier)));
  if (sides.includes(undefined)) return undefined;
  return Promise.all(sides.map((side) => personWithStudies(around, side!)));
}

/** As JSON, with the studies as people choose among them. */
export async function personWithStudies(
  { database, tenant }: Omit<Around, 'people'>,
  known: KnownPerson,
): Promise<object> {
  const { record, studyIds, studySources: _, ...person } = known;
  return { ...person, ...record, studies: await studiesOf(database, tenant, studyIds) };
}

const studiesOf = (database: Database, tenant: number, studyIds: readonly string[]): Promise<object[]> =>
  database.query(
    `select study_uid as "studyInstanceUid", patient_id as "patientId", issuer_of_patient_id as "issuer",
       study_date as "studyDate", study_description as "studyDescription", modalities
     from study where tenant = $1 and id = any($2::bigint[]) order by study_date desc nulls last, id`,
    [tenant, studyIds],
  );
