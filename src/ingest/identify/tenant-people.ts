// Who is who in one tenant: the fold of its log, and what doors ask of it.

import type { Authorities } from '../../identity/authorities.ts';
import { Directory } from '../../identity/directory.ts';
import type { Explanation } from '../../identity/explain.ts';
import { IdentityIndex } from '../../identity/identity-index.ts';
import type { Candidate } from '../../identity/match.ts';
import type { Model } from '../../identity/model.ts';
import { lostIds, PartitionComparison } from '../../identity/partition-change.ts';
import { isPersonId, type PersonId, personIdOf } from '../../identity/persons.ts';
import { identifierOf } from '../../identity/reading.ts';
import type { Review } from '../../identity/reviews.ts';
import type { Assertion, Identifier, RegistrationKey, Sighting } from '../../identity/sighting.ts';
import { jsonOf, type Part, type Takers, textParts, textsOf } from '../../identity/snapshot.ts';
import type { LoggedEntry } from '../../storage/identity-log.ts';
import type { FormerIds } from '../../storage/identity-models.ts';
import { type LoggedSighting, type Removal, type Retraction, sightingOf, statementOf } from './logged.ts';

export class TenantPeople {
  readonly #authorities: () => Authorities;
  readonly #index: IdentityIndex;
  readonly #directory: Directory;
  /** The sighting of each study, by the study's id. */
  readonly #sightingOfStudy = new Map<string, string>();
  readonly #studyOfSighting = new Map<string, string>();
  /** The entry that removed a registration. */
  readonly #removed = new Map<RegistrationKey, bigint>();

  /** Ids that no registration gives any more, and a sighting of whoever had them. */
  readonly #former: FormerIds;

  /** `model`: absent, the one that is shipped. */
  constructor(authorities: () => Authorities, model?: Model, former: FormerIds = new Map()) {
    this.#authorities = authorities;
    this.#former = former;
    this.#index = new IdentityIndex(model);
    this.#directory = new Directory(this.#index);
  }

  /** Takes an entry of the log in; one that was taken in already changes nothing. */
  fold(entry: LoggedEntry): void {
    this.#take(entry, {
      sighting: (sighting) => this.#index.put(sighting),
      assertion: (assertion) => this.#index.assert(assertion),
      retraction: (id) => this.#index.retract(id),
    });
  }

  /** `fold` without a decision, into an empty index; `decideInSteps` afterwards. */
  gather(entry: LoggedEntry): void {
    this.#take(entry, {
      sighting: (sighting) => this.#index.gather(sighting),
      assertion: (assertion) => this.#index.gatherAssertion(assertion),
      retraction: (id) => this.#index.gatherRetraction(id),
    });
  }

  /** Whether any registration is of this issuer, or it is known by itself. */
  knowsIssuer(issuer: string): boolean {
    const authorities = this.#authorities();
    const canonical = authorities.canonical(issuer);
    return this.#index.registry.hasIssuer(canonical) || authorities.all.some(({ name }) => name === canonical);
  }

  /** Whether its source removed the registration, and has not spoken of it since. */
  isRemoved(identifier: Identifier): boolean {
    return this.#removed.has(this.#keyOf(identifier));
  }

  allPersons(): PersonId[] {
    return [...this.#directory.all()];
  }

  personsNamed(text: string, inside: boolean): Set<PersonId> | undefined {
    return this.#directory.named(text, inside);
  }

  personsBornOn(day: string): Set<PersonId> {
    return this.#directory.bornOn(day);
  }

  decideInSteps(): Generator<void> {
    return this.#index.decideInSteps();
  }

  /** Makes what is otherwise made when somebody first asks. */
  prepareInSteps(): Generator<void> {
    return this.#index.persons.nameAll();
  }

  get model(): Model {
    return this.#index.model;
  }

  get studies(): number {
    return this.#sightingOfStudy.size;
  }

  /** Everything as it is now. */
  parts(): Part[] {
    return [
      ...this.#index.parts(),
      { name: 'removed', json: [...this.#removed].map(([key, entry]) => [key, `${entry}`]) },
      ...textParts('studies', [...this.#sightingOfStudy.keys()]),
      ...textParts('studySightings', [...this.#sightingOfStudy.values()]),
    ];
  }

  /** For those parts in their order, into one that has folded nothing. */
  get takers(): Takers {
    const studies: string[] = [];
    let taken = 0;
    return {
      ...this.#index.takers,
      removed: (part) => {
        for (const [key, entry] of jsonOf<[string, string][]>(part)) this.#removed.set(key, BigInt(entry));
      },
      studies: (part) => {
        for (const study of textsOf(part)) studies.push(study);
      },
      studySightings: (part) => {
        for (const sighting of textsOf(part)) this.#noteStudy(studies[taken++]!, sighting);
      },
    };
  }

  /** After the last part. */
  readyInSteps(): Generator<void> {
    return this.#index.ready();
  }

  /** Who is who otherwise than `before` had it, of what both know. */
  comparedWith(before: TenantPeople): PartitionComparison {
    return new PartitionComparison(before.#index, this.#index);
  }

  /** Notes in `lost` ids of these persons by which nobody is found in `after`, and a sighting of each. */
  idsLostIn(after: TenantPeople, lost: Map<PersonId, string>): Generator<void> {
    return lostIds(this.#index, after.#index, lost);
  }

  /** undefined for a study that is not identified yet. */
  personOfStudy(studyId: string): PersonId | undefined {
    const sighting = this.#sightingOfStudy.get(studyId);
    return sighting === undefined ? undefined : this.#index.sighted.personOf(sighting);
  }

  /** Under which other number of its issuer the patient of a study is now; undefined where it is that of the study still. */
  survivorOfStudy(studyId: string): Identifier | undefined {
    const sighting = this.#sightingOfStudy.get(studyId);
    return sighting === undefined ? undefined : this.#index.survivorOf(sighting);
  }

  /** The number of its issuer that a registration has now; undefined where it is its own still. */
  survivorOf(identifier: Identifier): Identifier | undefined {
    const survivors = this.sightingsOf(identifier).map((sighting) => this.#index.survivorOf(sighting));
    return survivors.find((survivor) => survivor !== undefined);
  }

  /** Of whom an entry of the log speaks; undefined for one that was not taken in yet, or is no sighting. */
  personOfEntry(entry: string): PersonId | undefined {
    return this.#index.sighted.personOf(entry);
  }

  /** The entry of the log that a study's sighting is. */
  entryOfStudy(studyId: string): string | undefined {
    return this.#sightingOfStudy.get(studyId);
  }

  /** The person that a registration belongs to. */
  personOf(identifier: Identifier): PersonId | undefined {
    return this.#index.personOf(this.#authorities().identifier(identifier));
  }

  /** The id of whom a registration belongs to, as long as it is the oldest of theirs. */
  idOfRegistration(identifier: Identifier): PersonId {
    return personIdOf(this.#keyOf(identifier));
  }

  /** Persons who are registered under a number; without an issuer, whoever gave it out. */
  personsUnder(id: string, issuer?: string): Set<PersonId> {
    const issuers = issuer === undefined ? this.#index.registry.issuerNames : [issuer];
    const sightings = issuers.flatMap((each) => this.sightingsOf({ issuer: each, id }));
    return new Set(sightings.flatMap((sighting) => this.#index.sighted.personOf(sighting) ?? []));
  }

  /** Entries of the log that speak of a registration. */
  sightingsOf(identifier: Identifier): readonly string[] {
    return this.#index.sighted.ofRegistration(this.#keyOf(identifier));
  }

  /** Who has this id, or who the one that had it is now: then `id` is another. undefined for an id that nobody had. */
  person(id: PersonId): { id: PersonId; sightingIds: string[]; studyIds: string[] } | undefined {
    const node = this.#nodeOf(id);
    if (node === undefined) return undefined;
    const sightingIds = this.#index.sighted.ofPerson(node);
    const studyIds = sightingIds.flatMap((sighting) => this.#studyOfSighting.get(sighting) ?? []);
    return { id: this.#index.persons.idOf(node), sightingIds, studyIds };
  }

  /** Persons who could be this one, the most likely first; asking changes nothing. */
  match(sighting: LoggedSighting, limit: number): Candidate[] {
    return this.#index.match(this.#authorities().applied({ ...sighting, id: '' }), { limit });
  }

  /** Why two registrations are one person or are not; undefined where one of them is not known. */
  explain(one: Identifier, other: Identifier): Explanation | undefined {
    const authorities = this.#authorities();
    return this.#index.explain(authorities.identifier(one), authorities.identifier(other));
  }

  /** What was asserted or decided of these registrations and holds, with the entry by which it is taken back. */
  statementsOf(identifiers: readonly Identifier[]): Assertion[] {
    const keys = new Set(identifiers.map((identifier) => this.#keyOf(identifier)));
    return this.#index.statements.filter(({ of }) => of.some((identifier) => keys.has(this.#keyOf(identifier))));
  }

  reviews(): Review[] {
    return this.#index.reviews();
  }

  /**
   * Sighting of an entry of the log, every authority by its one name; undefined where it is none. An id of ours that came back
   * to us is no number of a source.
   */
  sighting(entry: LoggedEntry): Sighting | undefined {
    const said = sightingOf(entry, this.#authorities());
    return said && this.#registrationBehind(said.patientId) ? { ...said, issuer: '', patientId: '' } : said;
  }

  #take(entry: LoggedEntry, into: Folding): void {
    if (entry.kind === 'retraction') {
      into.retraction((entry.payload as Retraction).entry);
      return;
    }
    if (entry.kind === 'removal') {
      this.#remove((entry.payload as Removal).registration, BigInt(entry.id));
      return;
    }
    const assertion = statementOf(entry, this.#authorities());
    if (assertion !== undefined) {
      into.assertion(assertion);
      return;
    }
    const said = sightingOf(entry, this.#authorities());
    if (said === undefined) return;
    // What was served under an id of ours, and what was made of it, is of the registration that the id was made from.
    const { issuer, id: patientId } = this.#registrationBehind(said.patientId) ?? { ...said, id: said.patientId };
    const sighting = { ...said, issuer, patientId };
    if (entry.kind === 'study') this.#noteStudy(entry.study!.id, entry.id);
    const key = this.#keyOf({ issuer: sighting.issuer, id: sighting.patientId });
    const removed = this.#removed.get(key);
    if (removed !== undefined && removed < BigInt(entry.id)) this.#removed.delete(key);
    into.sighting(sighting);
  }

  #noteStudy(study: string, sighting: string): void {
    this.#sightingOfStudy.set(study, sighting);
    this.#studyOfSighting.set(sighting, study);
  }

  /** In the order of the log, whatever order entries are read in. */
  #remove(registration: Identifier, entry: bigint): void {
    const key = this.#keyOf(registration);
    const spoken = this.#index.sighted.ofRegistration(key);
    if (spoken.every((id) => BigInt(id) < entry)) this.#removed.set(key, entry);
  }

  /** Of the registration that an id was made from, also where it is read otherwise since. */
  #nodeOf(id: PersonId): number | undefined {
    const { persons, sighted } = this.#index;
    return persons.find(id) ?? sighted.nodeOf(this.#former.get(id) ?? '');
  }

  /** undefined for every id that is none of ours. */
  #registrationBehind(patientId: string): Identifier | undefined {
    if (!isPersonId(patientId)) return undefined;
    const { registry } = this.#index;
    const node = this.#nodeOf(patientId);
    const key = node === undefined ? undefined : registry.keys[registry.registrationOf[node]!];
    return key === undefined ? undefined : identifierOf(key);
  }

  #keyOf(identifier: Identifier): RegistrationKey {
    return this.#index.reader.keyOfIdentifier(this.#authorities().identifier(identifier));
  }
}

interface Folding {
  sighting(sighting: Sighting): unknown;
  assertion(assertion: Assertion): unknown;
  retraction(id: string): unknown;
}
