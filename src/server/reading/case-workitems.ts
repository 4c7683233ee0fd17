// The workitems of a case in the room of its provider, brought to where its log is. Nothing is decided here: what another has
// changed meanwhile is looked at again.

import { asProblem } from '../../base/problem.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { jsonText } from '../../dicom/json.ts';
import { copy } from '../../orders/workitem-events.ts';
import { Workitems } from '../../orders/workitems.ts';
import { clockOf, levelOf } from '../../reading/case/clocks.ts';
import { type ReadingStep, readingSteps } from '../../reading/case/reading-steps.ts';
import { stepUids } from '../../reading/store/case-steps.ts';
import type { Core } from '../core.ts';
import { nodeName } from '../node-name.ts';
import {
  cancelAttributes,
  discontinuedAttributes,
  performedAttributes,
  type StepContext,
  scheduledAttributes,
} from './step-attributes.ts';

export const limits = {
  /** How often a workitem that moved meanwhile is looked at again. */
  attempts: 5,
} as const;

/** What may have changed of a step that nobody has claimed. */
const CHANGEABLE = [
  'ScheduledProcedureStepPriority',
  'InputReadinessState',
  'ScheduledHumanPerformersSequence',
  'ExpectedCompletionDateTime',
];

export class CaseWorkitems {
  readonly #core: Pick<Core, 'database' | 'cases' | 'terms' | 'readers' | 'config'>;
  readonly #workitems: Workitems;

  constructor(core: Pick<Core, 'database' | 'cases' | 'terms' | 'readers' | 'config'>) {
    this.#core = core;
    this.#workitems = new Workitems(core.database, nodeName(core.config, 'node'));
  }

  /** As the case stands now. */
  async keep(code: string): Promise<void> {
    const { cases, terms, readers, database, config } = this.#core;
    const { reading, client, room, roomStudyUid, changedAt } = await cases.stored(code);
    if (room === undefined || room === client || roomStudyUid === undefined) return;
    const steps = readingSteps(await cases.events(code));
    if (steps.length === 0) return;
    const uids = await stepUids(database, code, steps.length);
    const level = reading.term && levelOf(terms.term(reading.term) ?? { levels: [] }, reading.facts.priority);
    const context: StepContext = {
      ...{ code, facts: reading.facts, studyUid: roomStudyUid, aeTitle: config.aet },
      dueAt: level && clockOf(reading, level, changedAt).dueAt,
      nameOf: (reader) => readers.reader(reader)?.name,
    };
    for (const [at, step] of steps.entries()) {
      const replaced = step.replaces === undefined ? undefined : uids[step.replaces - 1];
      await this.#keepStep(room, uids[at]!, step, { ...context, replaced });
    }
  }

  async #keepStep(room: number, uid: string, step: ReadingStep, context: StepContext): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        while (await this.#move(room, uid, step, context));
        return;
      } catch (thrown) {
        // The room's other node, or the door by which it was claimed, was here first.
        if (!asProblem(thrown).code.startsWith('workitem/') || attempt === limits.attempts) throw thrown;
      }
    }
  }

  /** One move towards where it should be; resolves to whether there may be another. */
  async #move(room: number, uid: string, step: ReadingStep, context: StepContext): Promise<boolean> {
    const workitems = this.#workitems;
    const now = await this.#now(room, uid);
    const key = step.claim?.transactionUid;
    switch (now?.text('ProcedureStepState')) {
      case undefined:
        await workitems.create(room, uid, scheduledAttributes(step, context));
        return true;
      case 'SCHEDULED':
        if (key !== undefined) await workitems.changeState(room, uid, 'IN PROGRESS', key);
        else if (step.state === 'CANCELED') {
          await workitems.requestCancel(room, uid, cancelAttributes(step), context.aeTitle);
        } else {
          const wanted = copy(scheduledAttributes(step, context), new DataSet(), CHANGEABLE);
          if (!says(now!, wanted)) await workitems.update(room, uid, wanted);
          return false;
        }
        return true;
      case 'IN PROGRESS':
        if (step.state === 'IN PROGRESS' || key === undefined) return false;
        await workitems.update(
          room,
          uid,
          step.state === 'COMPLETED' ? performedAttributes(step, context) : discontinuedAttributes(step),
          key,
        );
        await workitems.changeState(room, uid, step.state, key);
        return false;
      default:
        return false;
    }
  }

  async #now(room: number, uid: string): Promise<DataSet | undefined> {
    try {
      return await this.#workitems.read(room, uid);
    } catch (thrown) {
      if (asProblem(thrown).code === 'workitem/unknown') return undefined;
      throw thrown;
    }
  }
}

/** Whether it says this already. */
const says = (now: DataSet, wanted: DataSet): boolean =>
  jsonText(copy(now, new DataSet(), CHANGEABLE)) === jsonText(copy(wanted, new DataSet(), CHANGEABLE));
