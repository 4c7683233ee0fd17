// The upper layer's state machine as the standard prints it: PS3.8 9.2, Tables 9-6 to 9-10. Pure; `association.ts` owns
// the socket and the ARTIM timer and performs the effects.

/** Table 9-6 to 9-9, and what each means. */
export const states = {
  Sta1: 'Idle',
  Sta2: 'Transport connection open (awaiting A-ASSOCIATE-RQ PDU)',
  Sta3: 'Awaiting local A-ASSOCIATE response primitive',
  Sta4: 'Awaiting transport connection opening to complete',
  Sta5: 'Awaiting A-ASSOCIATE-AC or A-ASSOCIATE-RJ PDU',
  Sta6: 'Association established and ready for data transfer',
  Sta7: 'Awaiting A-RELEASE-RP PDU',
  Sta8: 'Awaiting local A-RELEASE response primitive',
  Sta9: 'Release collision requestor side; awaiting A-RELEASE response primitive',
  Sta10: 'Release collision acceptor side; awaiting A-RELEASE-RP PDU',
  Sta11: 'Release collision requestor side; awaiting A-RELEASE-RP PDU',
  Sta12: 'Release collision acceptor side; awaiting A-RELEASE response primitive',
  Sta13: 'Awaiting transport connection close indication',
} as const;
export type State = keyof typeof states;

export const events = {
  Evt1: 'A-ASSOCIATE request primitive',
  Evt2: 'Transport connection confirmation',
  Evt3: 'A-ASSOCIATE-AC PDU received',
  Evt4: 'A-ASSOCIATE-RJ PDU received',
  Evt5: 'Transport connection indication',
  Evt6: 'A-ASSOCIATE-RQ PDU received',
  Evt7: 'A-ASSOCIATE response primitive (accept)',
  Evt8: 'A-ASSOCIATE response primitive (reject)',
  Evt9: 'P-DATA request primitive',
  Evt10: 'P-DATA-TF PDU received',
  Evt11: 'A-RELEASE request primitive',
  Evt12: 'A-RELEASE-RQ PDU received',
  Evt13: 'A-RELEASE-RP PDU received',
  Evt14: 'A-RELEASE response primitive',
  Evt15: 'A-ABORT request primitive',
  Evt16: 'A-ABORT PDU received',
  Evt17: 'Transport connection closed',
  Evt18: 'ARTIM timer expired',
  Evt19: 'Unrecognized or invalid PDU received',
} as const;
export type Event = keyof typeof events;

/** What an action makes the driver do, in the words of Tables 9-6 to 9-9. */
export type Effect =
  | 'issue transport connect request'
  | 'issue transport connect response'
  | 'close transport connection'
  | 'start ARTIM'
  | 'stop ARTIM'
  | 'send A-ASSOCIATE-RQ'
  | 'send A-ASSOCIATE-AC'
  | 'send A-ASSOCIATE-RJ'
  | 'send P-DATA-TF'
  | 'send A-RELEASE-RQ'
  | 'send A-RELEASE-RP'
  | 'send A-ABORT'
  | 'indicate A-ASSOCIATE'
  | 'confirm A-ASSOCIATE (accept)'
  | 'confirm A-ASSOCIATE (reject)'
  | 'indicate P-DATA'
  | 'indicate A-RELEASE'
  | 'confirm A-RELEASE'
  | 'indicate A-ABORT'
  | 'indicate A-P-ABORT';

export interface Transition {
  action: string;
  effects: readonly Effect[];
  next: State;
  /** Where the action has a condition (AE-6, AR-8) that does not hold. */
  otherwise?: Transition;
}

const row = (action: string, effects: Effect[], next: State, otherwise?: Transition): Transition => ({
  action,
  effects,
  next,
  otherwise,
});

/** Tables 9-6 to 9-9. AE-6: on condition that the request is acceptable. AR-8: that we requested the association. */
export const actions = {
  'AE-1': row('AE-1', ['issue transport connect request'], 'Sta4'),
  'AE-2': row('AE-2', ['send A-ASSOCIATE-RQ'], 'Sta5'),
  'AE-3': row('AE-3', ['confirm A-ASSOCIATE (accept)'], 'Sta6'),
  'AE-4': row('AE-4', ['confirm A-ASSOCIATE (reject)', 'close transport connection'], 'Sta1'),
  'AE-5': row('AE-5', ['issue transport connect response', 'start ARTIM'], 'Sta2'),
  'AE-6': row(
    'AE-6',
    ['stop ARTIM', 'indicate A-ASSOCIATE'],
    'Sta3',
    row('AE-6', ['stop ARTIM', 'send A-ASSOCIATE-RJ', 'start ARTIM'], 'Sta13'),
  ),
  'AE-7': row('AE-7', ['send A-ASSOCIATE-AC'], 'Sta6'),
  'AE-8': row('AE-8', ['send A-ASSOCIATE-RJ', 'start ARTIM'], 'Sta13'),
  'DT-1': row('DT-1', ['send P-DATA-TF'], 'Sta6'),
  'DT-2': row('DT-2', ['indicate P-DATA'], 'Sta6'),
  'AR-1': row('AR-1', ['send A-RELEASE-RQ'], 'Sta7'),
  'AR-2': row('AR-2', ['indicate A-RELEASE'], 'Sta8'),
  'AR-3': row('AR-3', ['confirm A-RELEASE', 'close transport connection'], 'Sta1'),
  'AR-4': row('AR-4', ['send A-RELEASE-RP', 'start ARTIM'], 'Sta13'),
  'AR-5': row('AR-5', ['stop ARTIM'], 'Sta1'),
  'AR-6': row('AR-6', ['indicate P-DATA'], 'Sta7'),
  'AR-7': row('AR-7', ['send P-DATA-TF'], 'Sta8'),
  'AR-8': row('AR-8', ['indicate A-RELEASE'], 'Sta9', row('AR-8', ['indicate A-RELEASE'], 'Sta10')),
  'AR-9': row('AR-9', ['send A-RELEASE-RP'], 'Sta11'),
  'AR-10': row('AR-10', ['confirm A-RELEASE'], 'Sta12'),
  'AA-1': row('AA-1', ['send A-ABORT', 'start ARTIM'], 'Sta13'),
  'AA-2': row('AA-2', ['stop ARTIM', 'close transport connection'], 'Sta1'),
  'AA-3': row('AA-3', ['indicate A-ABORT', 'close transport connection'], 'Sta1'),
  'AA-4': row('AA-4', ['indicate A-P-ABORT'], 'Sta1'),
  'AA-5': row('AA-5', ['stop ARTIM'], 'Sta1'),
  'AA-6': row('AA-6', [], 'Sta13'),
  'AA-7': row('AA-7', ['send A-ABORT'], 'Sta13'),
  'AA-8': row('AA-8', ['send A-ABORT', 'indicate A-P-ABORT', 'start ARTIM'], 'Sta13'),
} as const satisfies Record<string, Transition>;
export type Action = keyof typeof actions;

/** Table 9-10, printed as it stands: a row for each event, a column for each state; `.` is a blank cell. */
const TABLE_9_10 = `
       Sta1  Sta2  Sta3  Sta4  Sta5  Sta6  Sta7  Sta8  Sta9  Sta10 Sta11 Sta12 Sta13
Evt1   AE-1  .     .     .     .     .     .     .     .     .     .     .     .
Evt2   .     .     .     AE-2  .     .     .     .     .     .     .     .     .
Evt3   .     AA-1  AA-8  .     AE-3  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
Evt4   .     AA-1  AA-8  .     AE-4  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
Evt5   AE-5  .     .     .     .     .     .     .     .     .     .     .     .
Evt6   .     AE-6  AA-8  .     AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-7
Evt7   .     .     AE-7  .     .     .     .     .     .     .     .     .     .
Evt8   .     .     AE-8  .     .     .     .     .     .     .     .     .     .
Evt9   .     .     .     .     .     DT-1  .     AR-7  .     .     .     .     .
Evt10  .     AA-1  AA-8  .     AA-8  DT-2  AR-6  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
Evt11  .     .     .     .     .     AR-1  .     .     .     .     .     .     .
Evt12  .     AA-1  AA-8  .     AA-8  AR-2  AR-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
Evt13  .     AA-1  AA-8  .     AA-8  AA-8  AR-3  AA-8  AA-8  AR-10 AR-3  AA-8  AA-6
Evt14  .     .     .     .     .     .     .     AR-4  AR-9  .     .     AR-4  .
Evt15  .     .     AA-1  AA-2  AA-1  AA-1  AA-1  AA-1  AA-1  AA-1  AA-1  AA-1  .
Evt16  .     AA-2  AA-3  .     AA-3  AA-3  AA-3  AA-3  AA-3  AA-3  AA-3  AA-3  AA-2
Evt17  .     AA-5  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AR-5
Evt18  .     AA-2  .     .     .     .     .     .     .     .     .     .     AA-2
Evt19  .     AA-1  AA-8  .     AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-7
`;

const cells = readTable(TABLE_9_10);

/**
 * The transition for `event` in `state`; `condition` decides where the action asks (AE-6, AR-8). Undefined for a blank
 * cell: the event means nothing there, as a local primitive for an association that has ended meanwhile.
 */
export function step(state: State, event: Event, condition = true): Transition | undefined {
  const transition = cells[event][state];
  return transition?.otherwise && !condition ? transition.otherwise : transition;
}

function readTable(text: string): Record<Event, Partial<Record<State, Transition>>> {
  const [header, ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const read: Record<string, Partial<Record<State, Transition>>> = {};
  for (const [event, ...names] of rows) {
    const filled = names.flatMap((name, i) => (name === '.' ? [] : [[header![i], actions[name as Action]]]));
    read[event!] = Object.fromEntries(filled);
  }
  return read as Record<Event, Partial<Record<State, Transition>>>;
}
