// Unified Procedure Steps: created, claimed, changed and ended, the same for DIMSE (PS3.4 CC) and UPS-RS (PS3.18 11). Every
// change is one transaction with what is told of it; of those who claim one at the same moment, one has it.

import { randomBytes } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import { Problem } from '../base/problem.ts';
import { DataSet } from '../dicom/dataset.ts';
import { fromJson, jsonText } from '../dicom/json.ts';
import { isUsableUid, newUid } from '../dicom/uid.ts';
import type { Database } from '../storage/database.ts';
import type { Tables } from '../storage/tables.ts';
import { dateTimeOf, newWorkitem, toldOf, updatedWorkitem } from './workitem-attributes.ts';
import { copy, eventTypes, stateReport, subscribersOf, tell } from './workitem-events.ts';
import { changeOf, requireChangeable, type Standing, type WorkitemState, warnings } from './workitem-state.ts';

/** A DIMSE status, where it is a warning. */
export interface Done {
  status?: number;
}

export class Workitems {
  readonly #database: Database;
  readonly #node: string;
  /** By workitem: the last that was let in. */
  readonly #turns = new Map<string, Promise<unknown>>();

  /** `node`: the one that tells peers of what is done here. */
  constructor(database: Database, node: string) {
    this.#database = database;
    this.#node = node;
  }

  /** Resolves to its UID. Throws workitem/exists, and what newWorkitem throws. */
  async create(tenant: number, uid: string | undefined, said: DataSet): Promise<Done & { uid: string }> {
    const sopUid = uid ?? said.text('SOPInstanceUID') ?? newUid(randomBytes(16));
    if (!isUsableUid(sopUid)) throw new Problem('dicom/invalid-uid', { attribute: 'SOPInstanceUID' });
    const { attributes, isModified } = newWorkitem(said, now());
    const standing: Standing = { state: 'SCHEDULED', transactionUid: null, attributes };
    await this.#transaction(async (transaction) => {
      const { rows } = await sql`
        insert into workitem (tenant, sop_uid, state, patient_id, worklist_label, attributes)
        values (${tenant}, ${sopUid}, 'SCHEDULED', ${attributes.text('PatientID') ?? null},
          ${attributes.text('WorklistLabel') ?? null}, ${jsonText(attributes)})
        on conflict (tenant, sop_uid) do nothing returning id`.execute(transaction);
      if (rows.length === 0) throw new Problem('workitem/exists');
      await this.#tellState(transaction, tenant, sopUid, standing);
      if (isAssigned(attributes)) await this.#tellAssigned(transaction, tenant, sopUid, standing);
    });
    return { uid: sopUid, ...(isModified && { status: warnings.createdWithModifications }) };
  }

  /** As anybody may see it. Throws workitem/unknown. */
  async read(tenant: number, uid: string): Promise<DataSet> {
    return toldOf(uid, await standingOf(this.#database.kysely, tenant, uid));
  }

  /** `key`: the Transaction UID, where it was claimed. */
  async update(tenant: number, uid: string, said: DataSet, key = said.text('TransactionUID')): Promise<Done> {
    await this.#transaction(async (transaction) => {
      const before = await standingOf(transaction, tenant, uid);
      requireChangeable(before, key);
      const attributes = updatedWorkitem(before.attributes, said, now());
      const after = { ...before, attributes };
      await write(transaction, tenant, uid, after);
      const differs = (keyword: string) => text(before.attributes, keyword) !== text(attributes, keyword);
      if (differs('InputReadinessState')) await this.#tellState(transaction, tenant, uid, after);
      if (differs('ProcedureStepProgressInformationSequence')) {
        await this.#tellProgress(transaction, tenant, uid, after);
      }
      if (assignments.some(differs)) await this.#tellAssigned(transaction, tenant, uid, after);
    });
    return {};
  }

  /** Claims it (IN PROGRESS), or ends it. */
  async changeState(tenant: number, uid: string, wanted: string | undefined, key: string | undefined): Promise<Done> {
    return this.#inTurn(`${tenant} ${uid}`, async () => {
      // Of a thousand who want it, those who come too late need no transaction to be told so.
      changeOf(await standingOf(this.#database.kysely, tenant, uid), wanted, key);
      return this.#changeState(tenant, uid, wanted, key);
    });
  }

  async #changeState(tenant: number, uid: string, wanted: string | undefined, key: string | undefined): Promise<Done> {
    let done: Done = {};
    await this.#transaction(async (transaction) => {
      const before = await standingOf(transaction, tenant, uid);
      const change = changeOf(before, wanted, key);
      if (change !== 'change') {
        done = { status: change.warning };
        return;
      }
      const state = wanted as WorkitemState;
      const attributes = state === 'CANCELED' ? cancelled(before.attributes) : before.attributes;
      const after: Standing = { state, transactionUid: key!, attributes };
      await write(transaction, tenant, uid, after);
      await this.#tellState(transaction, tenant, uid, after);
    });
    return done;
  }

  /**
   * CC.2.2: what nobody has claimed is cancelled; whoever has is told that somebody wishes it. `by`: the AE title of who
   * asks.
   */
  async requestCancel(tenant: number, uid: string, request: DataSet, by: string): Promise<Done> {
    let done: Done = {};
    await this.#transaction(async (transaction) => {
      const before = await standingOf(transaction, tenant, uid);
      if (before.state === 'COMPLETED') throw new Problem('workitem/completed');
      if (before.state === 'CANCELED') {
        done = { status: warnings.alreadyCanceled };
      } else if (before.state === 'SCHEDULED') {
        const attributes = cancelled(before.attributes, request);
        const after: Standing = { ...before, state: 'CANCELED', attributes };
        await write(transaction, tenant, uid, after);
        await this.#tellState(transaction, tenant, uid, after);
      } else await this.#tellCancelRequest(transaction, tenant, uid, before, { request, by });
    });
    return done;
  }

  /** One after the other on this node: who waits for a row would hold a connection meanwhile. */
  #inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(name) ?? Promise.resolve();
    const mine = before.then(work, work);
    const ended = mine.then(
      () => undefined,
      () => undefined,
    );
    this.#turns.set(name, ended);
    ended.then(() => {
      if (this.#turns.get(name) === ended) this.#turns.delete(name);
    });
    return mine;
  }

  #transaction(work: (transaction: Transaction<Tables>) => Promise<void>): Promise<void> {
    return this.#database.kysely.transaction().execute(work);
  }

  async #tell(
    transaction: Transaction<Tables>,
    { tenant, uid, standing }: { tenant: number; uid: string; standing: Standing },
    eventTypeId: number,
    information: DataSet,
  ): Promise<number> {
    const subscribers = await subscribersOf(transaction, tenant, uid, toldOf(uid, standing));
    await tell(transaction, { tenant, uid, eventTypeId, information, subscribers, node: this.#node });
    return subscribers.length;
  }

  async #tellState(transaction: Transaction<Tables>, tenant: number, uid: string, standing: Standing): Promise<void> {
    const report = stateReport(toldOf(uid, standing));
    await this.#tell(transaction, { tenant, uid, standing }, eventTypes.stateReport, report);
  }

  async #tellProgress(transaction: Transaction<Tables>, tenant: number, uid: string, standing: Standing) {
    const progress = copy(standing.attributes, new DataSet(), ['ProcedureStepProgressInformationSequence']);
    await this.#tell(transaction, { tenant, uid, standing }, eventTypes.progressReport, progress);
  }

  async #tellAssigned(transaction: Transaction<Tables>, tenant: number, uid: string, standing: Standing) {
    const assigned = copy(standing.attributes, new DataSet(), assignments);
    await this.#tell(transaction, { tenant, uid, standing }, eventTypes.assigned, assigned);
  }

  async #tellCancelRequest(
    transaction: Transaction<Tables>,
    tenant: number,
    uid: string,
    standing: Standing,
    { request, by }: { request: DataSet; by: string },
  ): Promise<void> {
    const wish = copy(request, new DataSet().set('RequestingAE', by), cancellation);
    const told = await this.#tell(transaction, { tenant, uid, standing }, eventTypes.cancelRequested, wish);
    if (told === 0) throw new Problem('workitem/no-performer');
  }
}

const assignments = ['ScheduledStationNameCodeSequence', 'ScheduledHumanPerformersSequence'];
const cancellation = [
  'ReasonForCancellation',
  'ProcedureStepDiscontinuationReasonCodeSequence',
  'ContactURI',
  'ContactDisplayName',
];

const isAssigned = (attributes: DataSet): boolean =>
  assignments.some((keyword) => attributes.items(keyword).length > 0);

/** When and why it was cancelled: Procedure Step Progress Information, Table CC.2.5-3. */
function cancelled(attributes: DataSet, request?: DataSet): DataSet {
  const [known] = attributes.items('ProcedureStepProgressInformationSequence');
  const progress = known ?? new DataSet();
  if (progress.text('ProcedureStepCancellationDateTime') === undefined) {
    progress.set('ProcedureStepCancellationDateTime', now());
  }
  copy(request, progress, cancellation.slice(0, 2));
  const said = fromJson(JSON.parse(jsonText(progress)));
  return attributes.set('ProcedureStepProgressInformationSequence', [said]);
}

/** In a transaction it stays as it is until that ends. */
async function standingOf(
  queries: Kysely<Tables> | Transaction<Tables>,
  tenant: number,
  uid: string,
): Promise<Standing> {
  const { rows } = await sql<{ state: WorkitemState; transaction_uid: string | null; attributes: string }>`
    select state, transaction_uid, attributes from workitem where tenant = ${tenant} and sop_uid = ${uid}
    ${queries.isTransaction ? sql`for update` : sql``}`.execute(queries);
  const [row] = rows;
  if (row === undefined) throw new Problem('workitem/unknown');
  return {
    state: row.state,
    transactionUid: row.transaction_uid,
    attributes: fromJson(JSON.parse(row.attributes)),
  };
}

async function write(
  transaction: Transaction<Tables>,
  tenant: number,
  uid: string,
  { state, transactionUid, attributes }: Standing,
): Promise<void> {
  await sql`
    update workitem set state = ${state}, transaction_uid = ${transactionUid}, attributes = ${jsonText(attributes)},
      patient_id = ${attributes.text('PatientID') ?? null},
      worklist_label = ${attributes.text('WorklistLabel') ?? null}, updated_at = now()
    where tenant = ${tenant} and sop_uid = ${uid}`.execute(transaction);
}

const now = (): string => dateTimeOf(new Date().toISOString());

/** One attribute as text that compares. */
const text = (dataset: DataSet, keyword: string): string => jsonText(copy(dataset, new DataSet(), [keyword]));
