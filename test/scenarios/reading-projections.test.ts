// A case as others follow it: the Task of the client and of the room, and the workitems of the room, from the order to the report;
// what a client may do with the Task, and that a claim of the workitem is one of the case.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Resource, Task } from '@medplum/fhirtypes';
import type { Principal } from '../../src/auth/principal.ts';
import { Problem } from '../../src/base/problem.ts';
import { DataSet } from '../../src/dicom/dataset.ts';
import { matchingWorkitems } from '../../src/orders/workitem-search.ts';
import { Workitems } from '../../src/orders/workitems.ts';
import { taskId } from '../../src/reading/case/reading-task.ts';
import { behindFhir } from '../../src/server/fhir/behind.ts';
import { RoomWorkitems } from '../../src/server/reading/room-workitems.ts';
import { someOrder, type TestExchange, testExchange } from '../support/exchange.ts';
import { freshUid, makeInstance } from '../support/instances.ts';

const today = new Date().toISOString().slice(0, 10).replaceAll('-', '');

interface Following extends TestExchange {
  id: string;
  ada: Principal;
  /** The Task that a tenant has of the case, as soon as it says this. */
  taskOnce(tenant: number, businessStatus: string, holds?: (task: Task) => boolean): Promise<Task>;
  /** Another reads in it until it says so. */
  readOnce(tenant: number, id: string, holds: (task: Task) => boolean): Promise<Task>;
  act(as: Principal, action: string, body?: object): Promise<number>;
}

/** A CT head of Jane Doe, ordered. */
async function ordered(t: TestContext): Promise<Following> {
  const exchange = await testExchange(t);
  await exchange.order(someOrder('A1'));
  const { id } = await exchange.caseOnce({ accession: 'A1' }, ({ state }) => state === 'announced');
  const { resources } = behindFhir(exchange.core);
  const readOnce: Following['readOnce'] = async (tenant, name, holds) => {
    for (;;) {
      const read = resources.read({ tenant, id: 'test', requestId: '1' }, { type: 'Task', id: name });
      const task = (await read.catch(() => undefined)) as Task | undefined;
      if (task !== undefined && holds(task)) return task;
      // The projection announces nothing outside the node.
      await pause(50);
    }
  };
  return {
    ...{ ...exchange, id, readOnce, ada: exchange.readerNamed('ada') },
    taskOnce: (tenant, businessStatus, holds = () => true) =>
      readOnce(tenant, taskId(id), (task) => task.businessStatus?.coding?.[0]?.code === businessStatus && holds(task)),
    act: async (as, action, body) => (await exchange.call(as, 'POST', `/cases/${id}/${action}`, body)).status,
  };
}

async function imagesCome({ acquire }: TestExchange): Promise<string> {
  const [studyInstanceUid, seriesInstanceUid] = [freshUid(), freshUid()];
  const who = { PatientID: 'MRN-1', IssuerOfPatientID: 'RIS', PatientName: 'Doe^Jane', PatientBirthDate: '19800102' };
  const what = { AccessionNumber: 'A1', StudyDate: today, StudyDescription: 'CT Head', PatientSex: 'F' };
  const attributes = { ...who, ...what, BodyPartExamined: 'HEAD', InstanceNumber: '1' };
  await acquire([makeInstance({ studyInstanceUid, seriesInstanceUid, attributes })]);
  return studyInstanceUid;
}

/** The workitems of the room, the oldest first, as soon as they stand so. */
async function workitemsOnce({ core, room }: TestExchange, states: readonly string[]): Promise<DataSet[]> {
  for (;;) {
    const found = await Array.fromAsync(matchingWorkitems(core.database, room, { keys: [], fuzzy: false }));
    const all = found.flat();
    if (
      isDeepStrictEqual(
        all.map((each) => each.text('ProcedureStepState')),
        states,
      )
    )
      return all;
    await pause(50);
  }
}

async function sign({ call, id, ada }: Following): Promise<void> {
  const { body: opened } = await call(ada, 'GET', `/cases/${id}/draft`);
  const sections = opened.content.sections.map((section: { fields: { name: string }[] }) => ({
    ...section,
    fields: section.fields.map((field) =>
      field.name === 'impression' ? { ...field, value: { text: 'No acute abnormality.' } } : field,
    ),
  }));
  const content = { ...opened.content, sections };
  const series = opened.facts.series.map(({ uid }: { uid: string }) => uid);
  const saved = await call(ada, 'PUT', `/cases/${id}/draft`, { basis: 0, content, looked: { series } });
  assert.equal(saved.status, 200, JSON.stringify(saved.body));
  const signed = await call(ada, 'POST', `/cases/${id}/sign`, { as: 'final', content, subject: opened.subject });
  assert.equal(signed.status, 200, JSON.stringify(signed.body));
}

test('from the order to the report the Task of a case says where it is, to the client and to the room', async (t) => {
  const following = await ordered(t);
  const { clinic, room, id, ada, act, taskOnce } = following;
  const announced = await taskOnce(clinic, 'announced');
  assert.equal(announced.status, 'requested');
  assert.deepEqual(announced.identifier, [{ system: 'urn:fascia:reading', value: id }]);
  assert.deepEqual([announced.intent, announced.priority], ['order', 'stat']);
  assert.equal(announced.basedOn?.[0]?.identifier?.value, 'P-A1');
  assert.equal(announced.for?.identifier?.value, 'MRN-1');
  assert.equal(announced.owner?.display, 'nightowl');

  const studyUid = await imagesCome(following);
  const ready = await taskOnce(clinic, 'ready');
  assert.equal(ready.status, 'accepted');
  assert.equal(ready.focus?.identifier?.value, `urn:oid:${studyUid}`);
  assert.ok(ready.restriction?.period?.end, 'the clock runs');
  const inRoom = await taskOnce(room, 'ready');
  assert.notEqual(inRoom.focus?.identifier?.value, `urn:oid:${studyUid}`);
  assert.deepEqual([inRoom.for, inRoom.basedOn], [undefined, undefined]);
  assert.equal(/Doe|MRN-1|P-A1/.test(JSON.stringify(inRoom)), false, 'the room does not know whose it is');

  assert.equal(await act(ada, 'claim'), 200);
  const claimed = await taskOnce(clinic, 'claimed');
  assert.deepEqual([claimed.status, claimed.owner?.reference], ['in-progress', 'Practitioner/reader-ada']);
  assert.equal(await act(ada, 'open'), 200);
  assert.equal(await act(ada, 'park', { reason: 'question-to-site' }), 200);
  const parked = await taskOnce(clinic, 'parked');
  assert.deepEqual([parked.status, parked.statusReason?.text], ['on-hold', 'question-to-site']);
  assert.equal(await act(ada, 'resume'), 200);
  await sign(following);

  const done = await taskOnce(clinic, 'delivered', ({ output }) => output?.[0]?.valueReference !== undefined);
  assert.equal(done.status, 'completed');
  assert.equal(done.output?.[0]?.valueReference?.reference, `DiagnosticReport/${taskId(id)}`);
  assert.ok(done.executionPeriod?.end);
  const version = { type: { text: 'report version' }, valuePositiveInt: 1 };
  const status = { type: { text: 'report status' }, valueCode: 'final' };
  assert.deepEqual((await taskOnce(room, 'delivered')).output, [version, status]);
});

test('a client does not move the Task of a case, and calls the case off by a Task that asks for it', async (t) => {
  const { core, clinic, room, id, taskOnce, readOnce, caseOnce } = await ordered(t);
  const task = await taskOnce(clinic, 'announced');
  const { resources } = behindFhir(core);
  const asker = (tenant: number) => ({ tenant, id: 'token:ehr', requestId: '1' });
  const name = { type: 'Task', id: taskId(id) };
  const isKept = (thrown: unknown) => thrown instanceof Problem && thrown.code === 'reading/kept-by-exchange';
  await assert.rejects(resources.update(asker(clinic), name, { ...task, status: 'completed' } as Resource, {}), isKept);
  await assert.rejects(resources.remove(asker(clinic), name, {}), isKept);
  assert.equal((await taskOnce(clinic, 'announced')).meta?.versionId, task.meta?.versionId);

  const request: Task = {
    resourceType: 'Task',
    ...{ status: 'requested', intent: 'order', focus: { reference: `Task/${taskId(id)}` } },
    code: { coding: [{ system: 'http://hl7.org/fhir/CodeSystem/task-code', code: 'abort' }] },
    reasonCode: { text: 'patient left' },
  };
  await resources.create(asker(room), request, { newId: 'from-room' });
  const refused = await readOnce(room, 'from-room', ({ status }) => status !== 'requested');
  assert.deepEqual([refused.status, refused.statusReason?.text], ['rejected', 'reading/unknown-case']);
  assert.equal((await caseOnce({ accession: 'A1' }, () => true)).state, 'announced');

  await resources.create(asker(clinic), request, { newId: 'from-clinic' });
  assert.equal((await readOnce(clinic, 'from-clinic', ({ status }) => status !== 'requested')).status, 'completed');
  const cancelled = await taskOnce(clinic, 'cancelled');
  assert.deepEqual([cancelled.status, cancelled.statusReason?.text], ['cancelled', 'patient left']);
});

const uidOf = (workitem: DataSet | undefined): string => workitem!.text('SOPInstanceUID')!;

test('PS3.4 CC: whoever gives a case back leaves its workitem cancelled, another replaces it, and a signature completes that', async (t) => {
  const following = await ordered(t);
  const { clinic, room, ada, act, core, desk, taskOnce } = following;
  await imagesCome(following);
  const [first] = await workitemsOnce(following, ['SCHEDULED']);
  const inRoom = await taskOnce(room, 'ready');
  const [input] = first!.items('InputInformationSequence');
  assert.equal(`urn:oid:${input!.text('StudyInstanceUID')}`, inRoom.focus?.identifier?.value);
  assert.deepEqual(
    ['InputReadinessState', 'ScheduledProcedureStepPriority', 'PatientName', 'PatientID'].map((each) =>
      first!.text(each),
    ),
    ['READY', 'HIGH', undefined, undefined],
  );
  const doors = new RoomWorkitems(core, new Workitems(core.database, 'node'));
  const code = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (thrown) => (thrown instanceof Problem ? thrown.answers.dimse.toString(16) : String(thrown)),
    );
  assert.equal(await code(doors.changeState(ada, uidOf(first), 'COMPLETED', '2.25.1')), 'c310');
  assert.equal(await code(doors.requestCancel(ada, uidOf(first), new DataSet(), 'ADA')), '124');

  assert.equal(await code(doors.changeState(ada, uidOf(first), 'IN PROGRESS', '2.25.1')), 'done');
  await workitemsOnce(following, ['IN PROGRESS']);
  const ben = following.readerNamed('ben');
  assert.equal(await code(doors.changeState(ben, uidOf(first), 'IN PROGRESS', '2.25.2')), 'c302');
  assert.equal(await act(ben, 'claim'), 409);
  assert.equal(
    await code(doors.changeState(ada, uidOf(first), 'COMPLETED', '2.25.1')),
    'c304',
    'a report completes it',
  );
  assert.equal(await code(doors.changeState(ben, uidOf(first), 'CANCELED', '2.25.2')), 'c301');
  assert.equal((await taskOnce(clinic, 'claimed')).owner?.reference, 'Practitioner/reader-ada');

  assert.equal(await code(doors.changeState(ada, uidOf(first), 'CANCELED', '2.25.1')), 'done');
  const [given, second] = await workitemsOnce(following, ['CANCELED', 'SCHEDULED']);
  const [progress] = given!.items('ProcedureStepProgressInformationSequence');
  assert.equal(progress!.text('ReasonForCancellation'), 'gave-back');
  const [replaced] = second!.items('ReplacedProcedureStepSequence');
  assert.equal(replaced!.text('ReferencedSOPInstanceUID'), uidOf(first));
  await taskOnce(clinic, 'ready');

  assert.equal(
    (await following.call(desk, 'POST', `/cases/${following.id}/reassign`, { reader: 'ada', reason: 'turn' })).status,
    200,
  );
  await taskOnce(room, 'offered');
  const [, offered] = await workitemsOnce(following, ['CANCELED', 'SCHEDULED']);
  const [performer] = offered!.items('ScheduledHumanPerformersSequence');
  assert.equal(performer!.text('HumanPerformerName'), 'ada^Reader');
  for (const action of ['claim', 'open']) assert.equal(await act(ada, action), 200);
  await workitemsOnce(following, ['CANCELED', 'IN PROGRESS']);
  await sign(following);
  const [, done] = await workitemsOnce(following, ['CANCELED', 'COMPLETED']);
  const [performed] = done!.items('UnifiedProcedureStepPerformedProcedureSequence');
  assert.ok(performed!.text('PerformedProcedureStepEndDateTime'));
});

test('of two who claim one case at once, by /api/v1 and by its workitem, one has it', async (t) => {
  const following = await ordered(t);
  const { ada, act, core, call, desk, id } = following;
  await imagesCome(following);
  const [workitem] = await workitemsOnce(following, ['SCHEDULED']);
  const doors = new RoomWorkitems(core, new Workitems(core.database, 'node'));
  const ben = following.readerNamed('ben');
  const [byRest, byWorkitem] = await Promise.all([
    act(ada, 'claim'),
    doors.changeState(ben, uidOf(workitem), 'IN PROGRESS', '2.25.2').then(
      () => 200,
      (thrown) => (thrown instanceof Problem ? thrown.answers.http : String(thrown)),
    ),
  ]);
  assert.deepEqual([byRest, byWorkitem].sort(), [200, 409]);
  const { body } = await call(desk, 'GET', `/cases/${id}`);
  assert.equal(body.claimedBy, byRest === 200 ? 'ada' : 'ben');
  await workitemsOnce(following, ['IN PROGRESS']);
  const events = await core.cases.events(id);
  assert.equal(events.filter(({ kind }) => kind === 'claimed').length, 1);
});
