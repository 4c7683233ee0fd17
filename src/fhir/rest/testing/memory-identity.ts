// What stands behind the door in its tests: registrations in memory. Those whose name and birth date are the same belong to
// one person, and those that a source merged.

import type { Identifier, Patient } from '@medplum/fhirtypes';
import type { WebRequest } from '../../../base/http/web-request.ts';
import { Problem } from '../../../base/problem.ts';
import { type Criterion, folded, meets, type PatientQuery } from '../../patient-query.ts';
import type {
  CrossReferences,
  FeedAnswer,
  IdentityHandlers,
  MatchCandidate,
  MatchGrade,
  PatientFeed,
  PatientIdentifier,
  PatientPage,
  PersonPatient,
} from '../handlers.ts';

interface Registration {
  identifier: PatientIdentifier;
  patient: Patient;
  personId: string;
}

export class MemoryIdentity implements IdentityHandlers {
  readonly domains = new Set<string>();
  /** Domains of other sources than the one that asks. */
  readonly foreign = new Set<string>();
  readonly requests: WebRequest[] = [];
  readonly #registrations = new Map<string, Registration>();
  readonly #versions = new Map<string, number>();
  #persons = 0;

  async crossReference(
    request: WebRequest,
    source: PatientIdentifier | { personId: string },
    targetSystems: readonly string[],
  ): Promise<CrossReferences> {
    this.requests.push(request);
    if ('system' in source && !this.domains.has(source.system)) throw new Problem('identity/unknown-domain');
    if (targetSystems.some((system) => !this.domains.has(system))) throw new Problem('identity/unknown-target');
    const personId = 'personId' in source ? source.personId : this.#registrations.get(keyOf(source))?.personId;
    const registrations = this.#of(personId ?? '');
    if (personId === undefined || registrations.length === 0) throw new Problem('identity/unknown-identifier');
    const identifiers = registrations.map(({ identifier }) => identifier);
    const wanted =
      targetSystems.length === 0 ? identifiers : identifiers.filter(({ system }) => targetSystems.includes(system));
    return { identifiers: wanted, personIds: [personId] };
  }

  async feed(request: WebRequest, feed: PatientFeed): Promise<FeedAnswer> {
    this.requests.push(request);
    const { identifier } = feed;
    if (this.foreign.has(identifier.system)) throw new Problem('identity/not-owner');
    this.domains.add(identifier.system);
    const known = this.#registrations.get(keyOf(identifier));
    if (feed.kind === 'remove') {
      this.#registrations.delete(keyOf(identifier));
      return { created: false };
    }
    const personId = feed.kind === 'merge' ? this.#survivor(feed.survivor) : this.#personOf(feed.patient);
    this.#registrations.set(keyOf(identifier), { identifier, patient: feed.patient, personId });
    this.#versions.set(personId, (this.#versions.get(personId) ?? 0) + 1);
    return { created: known === undefined, person: this.#patient(personId) };
  }

  async search(request: WebRequest, { criteria, count, cursor = '' }: PatientQuery): Promise<PatientPage> {
    this.requests.push(request);
    for (const system of returnedSystems(criteria)) {
      if (!this.domains.has(system)) throw new Problem('identity/unknown-returned-domain');
    }
    const ids = [...new Set([...this.#registrations.values()].map(({ personId }) => personId))].sort();
    const found = ids.map((id) => this.#patient(id)).filter((patient) => meets(patient, criteria));
    const rest = found.filter(({ id }) => id > cursor);
    const patients = rest.slice(0, count);
    const hasMore = count > 0 && rest.length > count;
    return { patients, total: found.length, ...(hasMore ? { next: patients.at(-1)!.id } : {}) };
  }

  async person(request: WebRequest, id: string): Promise<PersonPatient> {
    this.requests.push(request);
    if (this.#of(id).length === 0) throw new Problem('catalogue/not-found', { what: 'Patient' });
    return this.#patient(id);
  }

  async match(request: WebRequest, patient: Patient, count: number): Promise<readonly MatchCandidate[]> {
    this.requests.push(request);
    const ids = [...new Set([...this.#registrations.values()].map(({ personId }) => personId))];
    return ids
      .map((id) => this.#patient(id))
      .map((candidate) => ({ patient: candidate, score: likeness(candidate, patient) }))
      .filter(({ score }) => score >= 0.3)
      .sort((a, b) => b.score - a.score)
      .slice(0, count)
      .map((candidate) => ({ ...candidate, grade: gradeOf(candidate.score) }));
  }

  #survivor(survivor: PatientIdentifier): string {
    const registration = this.#registrations.get(keyOf(survivor));
    if (registration === undefined) throw new Problem('fhir/unprocessable', { reason: 'the survivor is not known' });
    return registration.personId;
  }

  #personOf(patient: Patient): string {
    const same = [...this.#registrations.values()].find((other) => likeness(other.patient, patient) === 1);
    if (same !== undefined) return same.personId;
    this.#persons += 1;
    return `p${String(this.#persons).padStart(4, '0')}`;
  }

  #of(personId: string): Registration[] {
    return [...this.#registrations.values()].filter((registration) => registration.personId === personId);
  }

  #patient(personId: string): PersonPatient {
    const registrations = this.#of(personId);
    // What the latest of them says, and what only earlier ones do.
    const said: Patient = Object.assign({}, ...registrations.map((registration) => registration.patient));
    const { link: _, ...latest } = said;
    const identifier: Identifier[] = registrations.map((registration) => registration.identifier);
    const versionId = String(this.#versions.get(personId));
    return { ...latest, id: personId, meta: { versionId, lastUpdated: '2026-11-23T03:06:00Z' }, identifier };
  }
}

const keyOf = ({ system, value }: PatientIdentifier): string => `${system}|${value}`;

const returnedSystems = (criteria: readonly Criterion[]): string[] =>
  criteria
    .filter(({ parameter }) => parameter === 'identifier')
    .flatMap(({ values }) => values)
    .filter(({ text, system }) => text === '' && system !== undefined)
    .map(({ system }) => system!);

/** How much of family name, given name, birth date and gender is the same. */
function likeness(a: Patient, b: Patient): number {
  const said = ({ name, birthDate, gender }: Patient): string[] => [
    folded(name?.[0]?.family ?? ''),
    folded(name?.[0]?.given?.[0] ?? ''),
    birthDate ?? '',
    gender ?? '',
  ];
  const [one, other] = [said(a), said(b)];
  return one.filter((text, at) => text !== '' && text === other[at]).length / one.length;
}

const gradeOf = (score: number): MatchGrade => (score === 1 ? 'certain' : score >= 0.7 ? 'probable' : 'possible');
