// What is asked of workitems, by DIMSE and by UPS-RS: of one that is a step of a case, the case is asked, by the same rules as at
// any other door, and the workitem follows. All others are whose they are.

import { type Action, may, type Principal } from '../../auth/principal.ts';
import { Problem } from '../../base/problem.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { isUsableUid } from '../../dicom/uid.ts';
import { changeOf } from '../../orders/workitem-state.ts';
import type { Done, Workitems } from '../../orders/workitems.ts';
import { type ReadingStep, readingSteps } from '../../reading/case/reading-steps.ts';
import { stepOfWorkitem } from '../../reading/store/case-steps.ts';
import type { Core } from '../core.ts';
import type { CaseDesk } from './case-desk.ts';
import { CaseWorkitems } from './case-workitems.ts';
import { caseDesk } from './reading.ts';

interface CaseStep {
  code: string;
  step: ReadingStep;
}

export class RoomWorkitems {
  readonly #core: Core;
  readonly #workitems: Workitems;
  readonly #desk: CaseDesk;
  readonly #kept: CaseWorkitems;

  constructor(core: Core, workitems: Workitems) {
    this.#core = core;
    this.#workitems = workitems;
    this.#desk = caseDesk(core);
    this.#kept = new CaseWorkitems(core);
  }

  /** What it takes to change a workitem: those of cases are changed by who reads, and by the desk. */
  async actionOf(tenant: number, uid: string): Promise<Action> {
    return (await stepOfWorkitem(this.#core.database, tenant, uid)) === undefined ? 'store' : 'worklist';
  }

  /** CC.2.1. A claim is one of the case; who has it gives it back; COMPLETED it is by a signature and not otherwise (C304H). */
  async changeState(by: Principal, uid: string, wanted: string | undefined, key: string | undefined): Promise<Done> {
    const of = await this.#stepOf(by.tenant, uid);
    if (of === undefined) return this.#workitems.changeState(by.tenant, uid, wanted, key);
    const { code, step } = of;
    const { state, claim } = step;
    const change = changeOf(
      { state, transactionUid: claim?.transactionUid ?? null, attributes: new DataSet() },
      wanted,
      key,
    );
    if (change !== 'change') return { status: change.warning };
    // The log of a case holds nothing that anybody may write as they like.
    if (!isUsableUid(key!)) throw new Problem('dicom/invalid-uid', { attribute: 'TransactionUID' });
    if (wanted === 'IN PROGRESS') await this.#claim(by, code, key!);
    else await this.#desk.decline(by, code, 'workitem');
    await this.#kept.keep(code);
    return {};
  }

  /** CC.2.6: what is scheduled is said by the case; whoever has it says how far they are, and so that they are still there. */
  async update(by: Principal, uid: string, said: DataSet, key = said.text('TransactionUID')): Promise<Done> {
    const of = await this.#stepOf(by.tenant, uid);
    if (of?.step.state === 'SCHEDULED') throw new Problem('workitem/not-in-progress');
    const done = await this.#workitems.update(by.tenant, uid, said, key);
    if (of !== undefined && of.step.claim?.reader === by.reader) await this.#desk.heartbeat(by, of.code);
    return done;
  }

  /** CC.2.2. What nobody has claimed the desk of the room calls off; of a reader it is the whole case that they would take away. */
  async requestCancel(by: Principal, uid: string, request: DataSet, requester: string): Promise<Done> {
    const of = await this.#stepOf(by.tenant, uid);
    if (of?.step.state !== 'SCHEDULED') return this.#workitems.requestCancel(by.tenant, uid, request, requester);
    if (!may(by, 'administer')) throw new Problem('auth/forbidden', { action: 'administer' });
    await this.#desk.cancel(by, of.code, request.text('ReasonForCancellation') ?? 'workitem');
    await this.#kept.keep(of.code);
    return {};
  }

  async #stepOf(tenant: number, uid: string): Promise<CaseStep | undefined> {
    const found = await stepOfWorkitem(this.#core.database, tenant, uid);
    if (found === undefined) return undefined;
    const step = readingSteps(await this.#core.cases.events(found.code))[found.step - 1];
    return step && { code: found.code, step };
  }

  async #claim(by: Principal, code: string, transactionUid: string): Promise<void> {
    try {
      await this.#desk.claim(by, code, transactionUid);
    } catch (thrown) {
      const isTaken = thrown instanceof Problem && thrown.code === 'reading/not-possible';
      throw isTaken ? new Problem('workitem/claimed') : thrown;
    }
  }
}
