// What doors serve of patients where the setting `demographics` is `reconciled`: of each study the golden record of its
// person. Asked anew for every answer, so that a merge, or one that was taken back, shows with the next.

import type { KnownPerson } from '../../ingest/identify/known-person.ts';
import { knownPersons } from '../../ingest/identify/known-person.ts';
import type { TenantPeople } from '../../ingest/identify/tenant-people.ts';
import type { ServedDemographics, StudyCoercion } from '../../storage/served-demographics.ts';
import { demographicsOf } from '../../translate/demographics-of-person.ts';
import type { Core } from '../core.ts';

/** undefined where demographics are served as they were received. */
export function servedDemographics(
  core: Pick<Core, 'config' | 'database' | 'identity'>,
): ServedDemographics | undefined {
  return core.config.demographics === 'as-received' ? undefined : reconciledDemographics(core);
}

export function reconciledDemographics(core: Pick<Core, 'config' | 'database' | 'identity'>): ServedDemographics {
  const { config, database } = core;
  return async (tenant, studyIds) => {
    const people = (await core.identity()).people.of(tenant);
    const personOf = new Map(studyIds.map((study) => [study, people.personOfStudy(study)]));
    const ids = [...new Set(personOf.values())].filter((id) => id !== undefined);
    const known = await knownPersons({ database, tenant, people }, ids);
    const byId = new Map(known.map((person) => [person.id, coercionOf(person, people, config)]));
    const served = new Map<string, StudyCoercion>();
    for (const [study, id] of personOf) {
      const coercion = id === undefined ? undefined : byId.get(id)?.(study);
      if (coercion !== undefined) served.set(study, coercion);
    }
    return served;
  };
}

function coercionOf(
  person: KnownPerson,
  people: TenantPeople,
  { identityDomain, aet }: Core['config'],
): (study: string) => StudyCoercion {
  const { id: personId, record, studyIds, studySources } = person;
  const values = demographicsOf(person, identityDomain);
  // Of what was said and decided of the person, the latest.
  const said = people.statementsOf(record.identifiers).map(({ timestamp }) => Date.parse(timestamp));
  const at = new Date(Math.max(Date.parse(person.changedAt), ...said.filter(Number.isFinite)));
  return (study) => {
    const note = { modifyingSystem: aet, at, sourceOfPreviousValues: studySources.get(study) };
    return { personId, studyIds, values, note };
  };
}
