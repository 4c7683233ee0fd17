// What is done to the objects of a consignment on their way: the steps of its rule, whose they are now, and, where copies
// were rejected before, other UIDs, for what was rejected is not taken again.

import type { Step } from '../routing/step.ts';
import { isUidStep } from '../routing/transform/uid-plan.ts';
import type { Consignment } from '../storage/ledger.ts';
import type { Form } from './line.ts';
import type { Bandwidth, Pace } from './pace.ts';
import { asReceived, type SentPatient } from './sent-patient.ts';

/** The patient is the same before and after: what a copy says by the way of its former UIDs does no harm. */
const otherUids: Step = { remapUids: { unknownReferences: 'keep', uidsInValues: 'keep' } };

export function formOf(consignment: Consignment, pace: Pace, { label, values }: SentPatient): Form {
  const { id, form, generation, tenant, study, bandwidth } = consignment;
  const rule = stepsOf(form);
  const renamed = generation === 0 || rule.some(isUidStep) ? [] : [otherUids];
  const steps = [
    ...(label === asReceived || rule.some(takesPerson) ? [] : [{ coerce: { from: 'person' } } satisfies Step]),
    // Pseudonyms are made of the UIDs that an object would have had.
    ...(rule.some((step) => 'deidentify' in step) ? [...renamed, ...rule] : [...rule, ...renamed]),
  ];
  const text = generation === 0 ? form : `${form}#${generation}`;
  const made = { tenant, study, consignment: id, text, steps, ...(values && { patient: values }) };
  if (bandwidth === null) return made;
  return { ...made, paced: (chunks) => pace.through(chunks, bandwidth as Bandwidth) };
}

/** Of a notice, in which nothing is changed on the way but whose the study is. */
export function toldOf({ id, form, tenant, study }: Consignment, { values }: SentPatient): Form {
  return { tenant, study, consignment: id, text: form, steps: stepsOf(form), ...(values && { patient: values }) };
}

export const stepsOf = (form: string): Step[] => (form === '' ? [] : JSON.parse(form));

/** Whether objects get the person's Patient ID. */
export const takesPerson = (step: Step): boolean =>
  'coerce' in step &&
  step.coerce.from === 'person' &&
  (step.coerce.attributes === undefined || step.coerce.attributes.includes('PatientID'));

/** Whether the rule itself says whose the objects are: then it is not about a person of ours. */
export const namesPatient = (step: Step): boolean =>
  ('set' in step && 'PatientID' in step.set) ||
  ('copy' in step && step.copy.to === 'PatientID') ||
  ('map' in step && step.map.attribute === 'PatientID') ||
  ('remove' in step && step.remove.includes('PatientID')) ||
  'deidentify' in step;
