// What a notice tells of a study: the facts that rules know of it, and who the patient is as its first instance says.

import { asProblem, Problem } from '../../base/problem.ts';
import type { Form, Outcome } from '../../delivery/line.ts';
import { studyFacts } from '../../delivery/study-facts.ts';
import { fromJson } from '../../dicom/json-reader.ts';
import { type PersonName, parsePersonName } from '../../dicom/person-name.ts';
import { factTable, type StudyFacts } from '../../routing/facts.ts';
import type { KeptInstance } from '../../storage/catalogue.ts';
import { nextOfStudy } from '../../storage/next-appointments.ts';
import { ordersOfStudies } from '../../storage/orders-of-studies.ts';
import { studiesForRules } from '../../storage/study-for-rules.ts';
import type { Core } from '../core.ts';
import { personOf } from './person-of-study.ts';

/** Groups of facts that are told; what a rule asks of the moment is not of the study. */
export const factGroups: readonly string[] = Object.keys(factTable).filter((group) => group !== 'time');

export interface StudyNotice {
  /** The same whenever the same is told again, at most 20 characters. */
  id: string;
  at: Date;
  facts: StudyFacts;
  patient: { name?: PersonName; birthDate?: string };
  /** What it tells of: one instance and the next, as they came. */
  instances: readonly KeptInstance[];
}

export type Noticing = (instances: readonly KeptInstance[], form: Form) => Promise<StudyNotice>;

/** Rejects with delivery/not-transformed where the rule changes what is sent: a notice tells of what is kept. */
export function studyNotices(core: Core): Noticing {
  const { database, normalised } = core;
  return async (instances, { tenant, study, consignment, steps }) => {
    if (steps.length > 0) throw new Problem('delivery/not-transformed', { reason: 'a notice changes nothing' });
    const [stored] = await studiesForRules(database, [study]);
    if (stored === undefined) throw new Problem('catalogue/not-found', { what: 'study' });
    const [person, found, [order], appointment] = await Promise.all([
      personOf(core, tenant, study),
      normalised.of(stored),
      ordersOfStudies(database, [study]),
      nextOfStudy(database, study),
    ]);
    const attributes = fromJson(JSON.parse(stored.attributes));
    const [name, birthDate] = [attributes.text('PatientName'), attributes.text('PatientBirthDate')];
    return {
      id: `${consignment}.${instances.at(-1)!.id}`.slice(0, 20),
      at: new Date(),
      facts: studyFacts(stored, await tenantName(core, tenant), { person, normalised: found, order, appointment }),
      patient: { ...(name && { name: parsePersonName(name) }), ...(birthDate && { birthDate }) },
      instances,
    };
  };
}

/** Sends the notice; one that cannot be made is refused by us, and the receiver is not asked. */
export async function noticed(
  noticing: Noticing,
  of: Parameters<Noticing>,
  send: (notice: StudyNotice) => Promise<Outcome>,
): Promise<Outcome> {
  let notice: StudyNotice;
  try {
    notice = await noticing(...of);
  } catch (thrown) {
    const { code, message } = asProblem(thrown);
    if (code !== 'delivery/not-transformed' && code !== 'catalogue/not-found') throw thrown;
    return { refused: code, reason: message };
  }
  return send(notice);
}

async function tenantName({ database }: Core, tenant: number): Promise<string> {
  const [row] = await database.query<{ name: string }>('select name from tenant where id = $1', [tenant]);
  return row!.name;
}
