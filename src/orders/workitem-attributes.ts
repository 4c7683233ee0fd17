// The attributes of a workitem: what a new one has to say, what may be said of one later, what is told of one. PS3.4 Table
// CC.2.5-3. Pure.

import { Problem } from '../base/problem.ts';
import type { DataSet } from '../dicom/dataset.ts';
import { fromJson, jsonText } from '../dicom/json.ts';
import { matches } from '../dicom/match.ts';
import type { MatchKey } from '../dicom/query.ts';
import type { Standing } from './workitem-state.ts';

/** Of the SCP, or of the message: not what anybody sets. */
const ours: readonly string[] = ['SOPClassUID', 'SOPInstanceUID', 'ProcedureStepState', 'TransactionUID'];

/** What is of type 1 and has a value that says nothing wrong. */
const defaults: Readonly<Record<string, (now: string) => string>> = {
  ScheduledProcedureStepPriority: () => 'MEDIUM',
  ScheduledProcedureStepStartDateTime: (now) => now,
  InputReadinessState: () => 'READY',
};

/**
 * A new workitem as it is kept. Throws workitem/not-scheduled, workitem/missing-attribute. `isModified`: something was
 * filled in (B300H). `now`: a DT.
 */
export function newWorkitem(said: DataSet, now: string): { attributes: DataSet; isModified: boolean } {
  const state = said.text('ProcedureStepState');
  if (state !== undefined && state !== 'SCHEDULED') throw new Problem('workitem/not-scheduled');
  if (said.text('ProcedureStepLabel') === undefined) {
    throw new Problem('workitem/missing-attribute', { attribute: 'ProcedureStepLabel' });
  }
  // CC.2.5.1.3: nothing was performed yet.
  if (said.items('UnifiedProcedureStepPerformedProcedureSequence').length > 0) {
    throw new Problem('workitem/invalid-value', { attribute: 'UnifiedProcedureStepPerformedProcedureSequence' });
  }
  const attributes = without(said);
  let isModified = false;
  for (const [keyword, value] of Object.entries(defaults)) {
    if (attributes.text(keyword) !== undefined) continue;
    attributes.set(keyword, value(now));
    isModified = true;
  }
  attributes.set('ScheduledProcedureStepModificationDateTime', now);
  return { attributes, isModified };
}

/** What is known once `said` has been said. */
export function updatedWorkitem(known: DataSet, said: DataSet, now: string): DataSet {
  const members = { ...JSON.parse(jsonText(known)), ...JSON.parse(jsonText(without(said))) };
  return fromJson(members).set('ScheduledProcedureStepModificationDateTime', now);
}

/** CC.2.7: as anybody is told of it. The Transaction UID is never told. */
export function toldOf(uid: string, { state, attributes }: Pick<Standing, 'state' | 'attributes'>): DataSet {
  return fromJson(JSON.parse(jsonText(attributes)))
    .set('SOPClassUID', '1.2.840.10008.5.1.4.34.6.1')
    .set('SOPInstanceUID', uid)
    .set('ProcedureStepState', state);
}

/** Keys that an item in a filter gives (CC.2.3.1, filtered global subscription). */
export function keysOf(filter: DataSet, above: readonly number[] = []): MatchKey[] {
  return [...filter.elements.values()].flatMap(({ tag, vr }): MatchKey[] => {
    const path = [...above, tag];
    if (vr === 'SQ') return filter.items(tag).flatMap((item) => keysOf(item, path));
    const values = filter.texts(tag).filter((value) => value !== '');
    return values.length === 0 || tag === 0x0008_0005 ? [] : [{ path, vr, values }];
  });
}

export const isWanted = (told: DataSet, keys: readonly MatchKey[]): boolean => matches(told, keys, { fuzzy: false });

/** A copy without what is not its sender's to say. */
function without(said: DataSet): DataSet {
  const attributes = fromJson(JSON.parse(jsonText(said)));
  for (const keyword of ours) attributes.delete(keyword);
  return attributes;
}

/** A moment as a DT in UTC, to the second. `iso` as Date.toISOString writes it. */
export const dateTimeOf = (iso: string): string => `${iso.slice(0, 19).replace(/[-:T]/g, '')}+0000`;
