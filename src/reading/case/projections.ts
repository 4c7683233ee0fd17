// What others are told of the state of a case: FHIR Task (HL7 COW: only the fulfiller moves its status), the workitem of
// PS3.4 CC, ServiceRequest, DiagnosticReport and OBR-25 (HL7 table 0123). One row for each state.

import type { CaseState, ReadingCase } from './reading-case.ts';

type TaskStatus =
  | 'requested'
  | 'received'
  | 'accepted'
  | 'on-hold'
  | 'in-progress'
  | 'completed'
  | 'cancelled'
  | 'rejected'
  | 'entered-in-error';

export interface Projection {
  task: { status: TaskStatus; businessStatus: string };
  /** Procedure Step State (0074,1000); absent while there is no workitem. */
  workitem?: 'SCHEDULED' | 'IN PROGRESS' | 'COMPLETED' | 'CANCELED';
  serviceRequest: 'draft' | 'active' | 'on-hold' | 'completed' | 'revoked' | 'entered-in-error';
  /** DiagnosticReport.status; absent while there is none. */
  diagnosticReport?:
    | 'registered'
    | 'preliminary'
    | 'final'
    | 'appended'
    | 'corrected'
    | 'amended'
    | 'cancelled'
    | 'entered-in-error';
  /** OBR-25 Result Status; absent while nothing is sent. */
  resultStatus?: 'P' | 'F' | 'C' | 'X';
}

const row = (
  status: TaskStatus,
  businessStatus: string,
  serviceRequest: Projection['serviceRequest'],
  others: Omit<Projection, 'task' | 'serviceRequest'> = {},
): Projection => ({ task: { status, businessStatus }, serviceRequest, ...others });

const preliminary = { diagnosticReport: 'preliminary', resultStatus: 'P' } as const;
const final = { workitem: 'COMPLETED', diagnosticReport: 'final', resultStatus: 'F' } as const;

const rows: Record<CaseState, Projection> = {
  announced: row('requested', 'announced', 'active', { diagnosticReport: 'registered' }),
  orphan: row('requested', 'images-no-order', 'draft'),
  receiving: row('received', 'receiving', 'active'),
  hold: row('on-hold', 'held', 'active'),
  ready: row('accepted', 'ready', 'active', { workitem: 'SCHEDULED' }),
  offered: row('accepted', 'offered', 'active', { workitem: 'SCHEDULED' }),
  claimed: row('in-progress', 'claimed', 'active', { workitem: 'IN PROGRESS' }),
  reading: row('in-progress', 'reading', 'active', { workitem: 'IN PROGRESS' }),
  parked: row('on-hold', 'parked', 'active', { workitem: 'IN PROGRESS' }),
  preliminary: row('in-progress', 'preliminary', 'active', { workitem: 'SCHEDULED', ...preliminary }),
  'over-read': row('in-progress', 'over-read', 'active', { workitem: 'IN PROGRESS', ...preliminary }),
  final: row('completed', 'final', 'completed', final),
  delivered: row('completed', 'delivered', 'completed', final),
  answered: row('completed', 'answered', 'completed', final),
  closed: row('completed', 'closed', 'completed', final),
  cancelled: row('cancelled', 'cancelled', 'revoked', {
    workitem: 'CANCELED',
    diagnosticReport: 'cancelled',
    resultStatus: 'X',
  }),
  rejected: row('rejected', 'returned', 'on-hold', { workitem: 'CANCELED' }),
  'in-error': row('entered-in-error', 'entered-in-error', 'entered-in-error', {
    workitem: 'COMPLETED',
    diagnosticReport: 'entered-in-error',
    resultStatus: 'C',
  }),
};

/** What is told of a case now. A preliminary report stays given while its over-reading is parked; a later version says how it came. */
export function projectionOf({ state, preliminary: given, amendment, clocks }: ReadingCase): Projection {
  const told = rows[state];
  if (state === 'parked' && given !== undefined) return { ...told, ...preliminary };
  if (told.diagnosticReport === 'final' && amendment !== undefined) {
    return { ...told, diagnosticReport: amendment, resultStatus: 'C' };
  }
  // Nothing more was asked for: the order goes on at its client, who reads it over there.
  if (state === 'closed' && given !== undefined && clocks.final === undefined) {
    return { ...told, ...preliminary, workitem: 'CANCELED', serviceRequest: 'active' };
  }
  // Nobody began it, so there is no workitem to cancel.
  if (told.workitem === 'CANCELED' && clocks.ready === undefined) {
    const { workitem: _, ...others } = told;
    return others;
  }
  return told;
}
