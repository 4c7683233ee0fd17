import assert from 'node:assert/strict';
import test from 'node:test';
import type { Effect, Event, State } from './state-table.ts';
import { actions, events, states, step } from './state-table.ts';

const stateNames = Object.keys(states) as State[];
const eventNames = Object.keys(events) as Event[];

/** Table 9-10 a second time, by column and in another form: what each state does with each event. */
const received = ['Evt3', 'Evt4', 'Evt6', 'Evt10', 'Evt12', 'Evt13', 'Evt19'];
const established = (own: Record<string, string>): Record<string, string> => ({
  ...Object.fromEntries(received.map((event) => [event, 'AA-8'])),
  Evt15: 'AA-1',
  Evt16: 'AA-3',
  Evt17: 'AA-4',
  ...own,
});
const columns: Record<State, Record<string, string>> = {
  Sta1: { Evt1: 'AE-1', Evt5: 'AE-5' },
  Sta2: {
    ...Object.fromEntries(received.map((event) => [event, 'AA-1'])),
    Evt6: 'AE-6',
    Evt16: 'AA-2',
    Evt17: 'AA-5',
    Evt18: 'AA-2',
  },
  Sta3: established({ Evt7: 'AE-7', Evt8: 'AE-8' }),
  Sta4: { Evt2: 'AE-2', Evt15: 'AA-2', Evt17: 'AA-4' },
  Sta5: established({ Evt3: 'AE-3', Evt4: 'AE-4' }),
  Sta6: established({ Evt9: 'DT-1', Evt10: 'DT-2', Evt11: 'AR-1', Evt12: 'AR-2' }),
  Sta7: established({ Evt10: 'AR-6', Evt12: 'AR-8', Evt13: 'AR-3' }),
  Sta8: established({ Evt9: 'AR-7', Evt14: 'AR-4' }),
  Sta9: established({ Evt14: 'AR-9' }),
  Sta10: established({ Evt13: 'AR-10' }),
  Sta11: established({ Evt13: 'AR-3' }),
  Sta12: established({ Evt14: 'AR-4' }),
  Sta13: {
    ...Object.fromEntries(received.map((event) => [event, 'AA-6'])),
    Evt6: 'AA-7',
    Evt19: 'AA-7',
    Evt16: 'AA-2',
    Evt17: 'AR-5',
    Evt18: 'AA-2',
  },
};

test('PS3.8 Table 9-10: each of the 13 x 19 cells has the action that the standard prints', () => {
  for (const state of stateNames)
    for (const event of eventNames)
      assert.equal(step(state, event)?.action, columns[state][event], `${event} in ${state}`);
});

test('PS3.8 Table 9-10: a release request in Sta6 moves to Sta8', () => {
  assert.equal(step('Sta6', 'Evt12')?.next, 'Sta8');
});

test('PS3.8 AE-6: a request that is not acceptable is rejected by the provider, and awaits the close', () => {
  assert.deepEqual(step('Sta2', 'Evt6', false)?.effects, ['stop ARTIM', 'send A-ASSOCIATE-RJ', 'start ARTIM']);
  assert.equal(step('Sta2', 'Evt6', false)?.next, 'Sta13');
});

test('PS3.8 AR-8: in a release collision the requestor answers first', () => {
  assert.equal(step('Sta7', 'Evt12', true)?.next, 'Sta9');
  assert.equal(step('Sta7', 'Evt12', false)?.next, 'Sta10');
});

test('every way into Sta13 and Sta2 has the ARTIM timer running, every way out of them by us stops it', () => {
  const from13: Effect[] = ['stop ARTIM'];
  for (const state of stateNames)
    for (const event of eventNames)
      for (const condition of [true, false]) {
        const transition = step(state, event, condition);
        if (!transition) continue;
        const enters = ['Sta2', 'Sta13'].includes(transition.next) && !['Sta2', 'Sta13'].includes(state);
        if (enters) assert.ok(transition.effects.includes('start ARTIM'), `${event} in ${state}`);
        const leaves = ['Sta2', 'Sta13'].includes(state) && !['Sta2', 'Sta13'].includes(transition.next);
        if (leaves) for (const effect of from13) assert.ok(transition.effects.includes(effect), `${event} in ${state}`);
      }
});

test('every action of Tables 9-6 to 9-9 is reached from some cell', () => {
  const reached = new Set(stateNames.flatMap((s) => eventNames.map((e) => step(s, e)?.action)));
  assert.deepEqual(
    Object.keys(actions).filter((name) => !reached.has(name)),
    [],
  );
});
