// A case as FHIR has it: one coordination Task (HL7 COW), whose status is the fulfiller's to move. It says what becomes of a
// reading and nothing of what was read.

import type { Reference, Task } from '@medplum/fhirtypes';
import { practitionerId } from '../readers/reader-resources.ts';
import { readCaseCode } from './case-code.ts';
import type { CaseEvent } from './case-event.ts';
import { projectionOf } from './projections.ts';
import type { ReadingCase } from './reading-case.ts';

export const TASK_SYSTEM = 'urn:fascia:reading';

/** What a Task says of a case besides its state, as far as whoever is told may know it. */
export interface TaskContext {
  /** Of the last entry, ms since the epoch. */
  changedAt: number;
  /** By when it is due, ms since the epoch; absent while no clock runs. */
  dueAt?: number | undefined;
  /** Code of the case of which it is another reading. */
  partOf?: string | undefined;
  study?: Reference | undefined;
  patient?: Reference | undefined;
  order?: Reference | undefined;
  report?: Reference | undefined;
}

export const taskId = (code: string): string => `reading-${code}`;

/** The case whose Task has this id; undefined of any other. */
export function caseOfTask(id: string): string | undefined {
  const code = id.startsWith('reading-') ? id.slice('reading-'.length) : '';
  return code !== '' && readCaseCode(code) === code ? code : undefined;
}

export function readingTask(reading: ReadingCase, events: readonly CaseEvent[], context: TaskContext): Task {
  const { facts, claim, offer, clocks } = reading;
  const { task } = projectionOf(reading);
  const reader = claim?.reader ?? offer?.reader ?? reading.reports.at(-1)?.reader;
  const why = reasonOf(reading, events);
  const { partOf, study, patient, order, report, dueAt, changedAt } = context;
  const began = clocks.claim;
  const ended = clocks.final ?? (reading.state === 'closed' ? clocks.preliminary : undefined);
  return {
    resourceType: 'Task',
    id: taskId(reading.id),
    identifier: [{ system: TASK_SYSTEM, value: reading.id }],
    ...(order && { basedOn: [order] }),
    ...(partOf !== undefined && { partOf: [{ reference: `Task/${taskId(partOf)}` }] }),
    status: task.status,
    ...(why !== undefined && { statusReason: { text: why } }),
    businessStatus: {
      coding: [{ system: TASK_SYSTEM, code: task.businessStatus }],
      ...(isAmended(reading) && { text: `${task.businessStatus}, ${reading.amendment}` }),
    },
    intent: 'order',
    priority: facts.priority,
    // PS3.16 CID 9231.
    code: {
      coding: [{ system: 'http://dicom.nema.org/resources/ontology/DCM', code: '110005', display: 'Interpretation' }],
      text: 'reading',
    },
    ...(study && { focus: study }),
    ...(patient && { for: patient }),
    ...(began !== undefined && { executionPeriod: { start: time(began), ...(ended && { end: time(ended) }) } }),
    authoredOn: time(events[0]?.at ?? changedAt),
    lastModified: time(changedAt),
    requester: { type: 'Organization', display: facts.client },
    owner:
      reader === undefined
        ? { type: 'Organization', display: facts.provider }
        : { reference: `Practitioner/${practitionerId(reader)}`, type: 'Practitioner' },
    ...(dueAt !== undefined && { restriction: { period: { end: time(dueAt) } } }),
    ...outputOf(reading, report),
  };
}

/** Whoever follows the Task sees by version and status that what they have of the report is not the last. */
function outputOf(reading: ReadingCase, report: Reference | undefined): Pick<Task, 'output'> {
  const status = projectionOf(reading).diagnosticReport;
  const version = reading.reports.length;
  const output: Task['output'] = [
    ...(report ? [{ type: { text: 'report' }, valueReference: report }] : []),
    ...(version > 0 ? [{ type: { text: 'report version' }, valuePositiveInt: version }] : []),
    ...(version > 0 && status ? [{ type: { text: 'report status' }, valueCode: status }] : []),
  ];
  return output.length > 0 ? { output } : {};
}

const SIGNED: ReadonlySet<string> = new Set(['final', 'delivered', 'closed']);

const isAmended = ({ state, amendment }: ReadingCase): boolean => SIGNED.has(state) && amendment !== undefined;

/** Why it stands still, waits for somebody, or is over without a report. */
function reasonOf({ state, pauses, unseen, refused }: ReadingCase, events: readonly CaseEvent[]): string | undefined {
  if (state === 'hold' || state === 'parked') return pauses.findLast(({ to }) => to === undefined)?.reason;
  const ended = { cancelled: 'cancelled', rejected: 'rejected', 'in-error': 'entered-in-error' } as const;
  const kind = state in ended ? ended[state as keyof typeof ended] : undefined;
  const end = events.findLast((event) => event.kind === kind);
  if (end !== undefined) return 'reason' in end ? end.reason : undefined;
  if (refused !== undefined) return `a report waits: ${refused}`;
  return SIGNED.has(state) && unseen.length > 0 ? `changed since it was signed: ${unseen.join(', ')}` : undefined;
}

/** The case that a Task asks to call off: `abort`, with a Task of ours as its focus, and nobody has answered it. */
export function askedToCancel({ status, code, focus }: Task): string | undefined {
  const isAbort = code?.coding?.some((each) => each.code === 'abort' && each.system === ABORT_SYSTEM) === true;
  const [, id] = /^Task\/([^/]+)/.exec(focus?.reference ?? '') ?? [];
  return isAbort && status === 'requested' && id !== undefined ? caseOfTask(id) : undefined;
}

const ABORT_SYSTEM = 'http://hl7.org/fhir/CodeSystem/task-code';

/** As whoever asks for it says it. */
export const cancelReason = ({ reasonCode, description }: Task): string =>
  reasonCode?.text ?? reasonCode?.coding?.[0]?.code ?? description ?? 'asked by a Task';

const time = (at: number): string => new Date(at).toISOString();
