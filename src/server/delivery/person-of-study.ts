// Whose a study is, as rules ask about it.

import type { PersonFacts } from '../../delivery/study-facts.ts';
import type { Core } from '../core.ts';

/** `study`: its row. Resolves once everything that was kept until now is identified. */
export async function personOf(core: Core, tenant: number, study: string): Promise<PersonFacts> {
  const { people } = await core.identity();
  await people.follow();
  const person = people.of(tenant).personOfStudy(study);
  return person === undefined ? {} : { id: person };
}
