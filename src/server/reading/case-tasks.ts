// The Task of each case, in the archive of its client and, with what copies say, in the room of its provider: written anew where
// it says something else than it did. A Task that asks to call one off is answered.

import { isDeepStrictEqual } from 'node:util';
import type { Reference, Resource, Task } from '@medplum/fhirtypes';
import { asProblem, Problem } from '../../base/problem.ts';
import { clockOf, levelOf } from '../../reading/case/clocks.ts';
import { askedToCancel, cancelReason, readingTask, type TaskContext, taskId } from '../../reading/case/reading-task.ts';
import type { StoredCase } from '../../reading/store/case-row.ts';
import { currentVersion, resourceOf, writeVersion } from '../../storage/fhir-resources.ts';
import { imagingStudyId } from '../../translate/imaging-study-id.ts';
import type { Order } from '../../translate/order.ts';
import { identifierOf } from '../../translate/report/diagnostic-report.ts';
import type { Report } from '../../translate/report/report.ts';
import type { Core } from '../core.ts';
import { ownWriters } from '../fhir/own-writers.ts';
import { outside, type Scope } from '../fhir/scope.ts';
import { subjectOf } from '../reports/subject-of-report.ts';
import { isFurther } from './further-reading.ts';

const TYPE = 'Task';

export class CaseTasks {
  readonly #core: Core;
  readonly #scope: Scope;

  constructor(core: Core) {
    this.#core = core;
    this.#scope = outside(core.database);
  }

  /** As the case stands now. */
  async keep(code: string): Promise<void> {
    const { cases, terms } = this.#core;
    const stored = await cases.stored(code);
    const { reading, client, room, roomStudyUid, changedAt } = stored;
    const events = await cases.events(code);
    const level = reading.term && levelOf(terms.term(reading.term) ?? { levels: [] }, reading.facts.priority);
    const common = { changedAt, dueAt: level && clockOf(reading, level, changedAt).dueAt };
    await this.#write(client, readingTask(reading, events, { ...common, ...(await this.#ofClient(stored)) }));
    if (room === undefined || room === client || roomStudyUid === undefined) return;
    await this.#write(room, readingTask(reading, events, { ...common, study: studyIn(room, roomStudyUid) }));
  }

  /** A Task of somebody else was written. The case is called off, or whoever asked is told why not. */
  async asked(tenant: number, id: string, by: string): Promise<void> {
    const version = await currentVersion(this.#core.database, { tenant, type: TYPE, id });
    const request = version?.text === undefined ? undefined : (resourceOf(version) as Task);
    const code = request && askedToCancel(request);
    if (code === undefined) return;
    const refusal = await this.#cancel(tenant, code, by, cancelReason(request!));
    const answer: Task = {
      ...request!,
      status: refusal === undefined ? 'completed' : 'rejected',
      ...(refusal !== undefined && { statusReason: { text: refusal } }),
    };
    await this.#scope.transact((transaction) =>
      writeVersion(transaction, { tenant, type: TYPE, id, by: ownWriters.reading }, 'PUT', (current) => {
        // What was written meanwhile is looked at first.
        if (current?.version !== version!.version) throw new Problem('reading/moved');
        return answer;
      }),
    );
  }

  /** Undefined where it is called off; else why it is not. Only its client may: to others there is no such case. */
  async #cancel(tenant: number, code: string, by: string, reason: string): Promise<string | undefined> {
    const { cases } = this.#core;
    try {
      if ((await cases.stored(code)).client !== tenant) return 'reading/unknown-case';
      // Begun before, and cut off before it was answered.
      await cases.change(code, { kind: 'client', id: by }, ({ reading: { state } }) =>
        state === 'cancelled' ? [] : [{ kind: 'cancelled', reason }],
      );
      return undefined;
    } catch (thrown) {
      const { code: problem } = asProblem(thrown);
      if (!/^reading\/(?:unknown-case|not-possible)$/.test(problem)) throw thrown;
      return problem;
    }
  }

  async #ofClient(stored: StoredCase): Promise<Omit<TaskContext, 'changedAt'>> {
    const { reading, client, studyUid, partOf, order: row } = stored;
    const order = row === undefined ? undefined : await this.#order(row);
    const patient = (studyUid && (await this.#patientOf(client, studyUid))) || order?.patient;
    const { authorities } = await this.#core.identity();
    const [placed] = identifierOf(order?.placer, 'PLAC', authorities.of(client));
    const report = { type: 'DiagnosticReport', id: taskId(reading.id) };
    const isHome = !isFurther(stored) && (await currentVersion(this.#core.database, { tenant: client, ...report }));
    return {
      partOf,
      ...(studyUid !== undefined && { study: studyIn(client, studyUid) }),
      ...(patient && { patient: await subjectOf(this.#core, client, patient) }),
      ...(placed && { order: { type: 'ServiceRequest', identifier: placed } }),
      ...(isHome && { report: { reference: `${report.type}/${report.id}` } }),
    };
  }

  async #order(row: string): Promise<Order | undefined> {
    const [found] = await this.#core.database.query<{ document: Order }>(
      'select document from imaging_order where id = $1',
      [row],
    );
    return found?.document;
  }

  async #patientOf(tenant: number, studyUid: string): Promise<Report['patient'] | undefined> {
    const [row] = await this.#core.database.query<{ id: string | null; issuer: string | null }>(
      `select patient_id as id, issuer_of_patient_id as issuer from study where tenant = $1 and study_uid = $2
       order by id limit 1`,
      [tenant, studyUid],
    );
    return row && { issuer: row.issuer ?? '', patientId: row.id ?? '', name: '' };
  }

  async #write(tenant: number, task: Task): Promise<void> {
    const key = { tenant, type: TYPE, id: task.id! };
    const current = await currentVersion(this.#core.database, key);
    if (current?.text !== undefined && isDeepStrictEqual(said(resourceOf(current)), said(task))) return;
    await this.#scope.transact((transaction) =>
      writeVersion(transaction, { ...key, by: ownWriters.reading }, 'PUT', () => task),
    );
  }
}

const studyIn = (tenant: number, studyInstanceUid: string): Reference => ({
  reference: `ImagingStudy/${imagingStudyId({ tenant, studyInstanceUid })}`,
  type: 'ImagingStudy',
  identifier: { system: 'urn:dicom:uid', value: `urn:oid:${studyInstanceUid}` },
});

/** Without what the store sets; when it was last changed is no change. */
function said(task: Resource): unknown {
  const { meta: _, lastModified: __, ...content } = task as Task;
  return JSON.parse(JSON.stringify(content));
}
