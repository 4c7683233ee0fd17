// What doors serve of patients where the setting `demographics` is `reconciled`: of each study the golden record of its
// person. Whose a study is, and which sightings are the person's, is asked for every answer, so that a merge, or one that was
// taken back, shows with the next; what these sightings say never changes, and is remembered.

import { type Around, type KnownPerson, knownPersons } from '../../ingest/identify/known-person.ts';
import type { TenantPeople } from '../../ingest/identify/tenant-people.ts';
import { LeastRecentlyUsed } from '../../storage/least-recently-used.ts';
import type { ServedDemographics, StudyCoercion } from '../../storage/served-demographics.ts';
import { demographicsOf } from '../../translate/demographics-of-person.ts';
import type { Core } from '../core.ts';

const limits = {
  /** Some 2 KiB each. */
  rememberedPersons: 10_000,
} as const;

/** undefined where demographics are served as they were received. */
export function servedDemographics(
  core: Pick<Core, 'config' | 'database' | 'identity'>,
): ServedDemographics | undefined {
  return core.config.demographics === 'as-received' ? undefined : reconciledDemographics(core);
}

export function reconciledDemographics(core: Pick<Core, 'config' | 'database' | 'identity'>): ServedDemographics {
  const { config, database } = core;
  // Of these people: once authorities are known by other names, everything is folded anew into others.
  const remembered = new WeakMap<TenantPeople, Remembered>();
  return async (tenant, studyIds) => {
    const people = (await core.identity()).people.of(tenant);
    const persons = remembered.get(people) ?? new Remembered(config);
    remembered.set(people, persons);
    const personOf = new Map(studyIds.map((study) => [study, people.personOfStudy(study)]));
    const ids = [...new Set(personOf.values())].filter((id) => id !== undefined);
    const coercions = await persons.of({ database, tenant, people }, ids);
    const served = new Map<string, StudyCoercion>();
    for (const [study, id] of personOf) {
      const coercion = id === undefined ? undefined : coercions.get(id)?.(study);
      if (coercion !== undefined) served.set(study, coercion);
    }
    return served;
  };
}

type OfStudy = (study: string) => StudyCoercion;

/** By person and sightings: another sighting, and it is another entry. */
class Remembered {
  readonly #config: Core['config'];
  readonly #persons = new LeastRecentlyUsed<string, OfStudy>(limits.rememberedPersons);

  constructor(config: Core['config']) {
    this.#config = config;
  }

  async of(around: Around, ids: readonly string[]): Promise<Map<string, OfStudy>> {
    const keys = new Map(ids.map((id) => [id, `${id} ${around.people.person(id)?.sightingIds.join()}`]));
    const found = new Map<string, OfStudy>();
    for (const [id, key] of keys) {
      const known = this.#persons.get(key);
      if (known !== undefined) found.set(id, known);
    }
    const missing = ids.filter((id) => !found.has(id));
    for (const person of missing.length === 0 ? [] : await knownPersons(around, missing)) {
      const coercion = coercionOf(person, this.#config);
      found.set(person.id, coercion);
      this.#persons.set(keys.get(person.id)!, coercion);
    }
    return found;
  }
}

function coercionOf(person: KnownPerson, { identityDomain, aet }: Core['config']): OfStudy {
  const { id: personId, studyIds, studySources } = person;
  const values = demographicsOf(person, identityDomain);
  const at = new Date(person.changedAt);
  const ofStudies = new Map<string, StudyCoercion>();
  return (study) => {
    const known = ofStudies.get(study);
    if (known !== undefined) return known;
    const note = { modifyingSystem: aet, at, sourceOfPreviousValues: studySources.get(study) };
    const coercion = { personId, studyIds, values, note };
    ofStudies.set(study, coercion);
    return coercion;
  };
}
