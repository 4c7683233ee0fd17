import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf, openHl7Door } from '../../../test/support/hl7-door.ts';
import { silentLog } from '../../base/log.ts';
import { Problem } from '../../base/problem.ts';
import type { AdtStatements } from '../../translate/adt.ts';
import type { Core } from '../core.ts';
import { identityEntries } from '../identity/hl7-identity.ts';
import { openBacklog } from './hl7-backlog.ts';
import { openHl7Intake } from './mllp-handler.ts';

const adt = (id: string, event = 'A08', rest = `PID|1||${id}^^^RIS||DOE^JANE\r`) =>
  new TextEncoder().encode(`MSH|^~\\&|RIS|RAD|||20261123||ADT^${event}|${id}|P|2.5.1\rEVN|${event}\r${rest}`);

/** A door that kept messages without anybody behind it, and a node that starts on its catalogue. */
async function restarted(t: Parameters<typeof openHl7Door>[0], read: (patientId: string) => void) {
  const door = await openHl7Door(t);
  const core = { ...door, log: silentLog } as unknown as Core;
  const entriesOf = (tenant: number, statements: AdtStatements) => {
    read(statements.sightings[0]!.patientId);
    return identityEntries(tenant, statements);
  };
  const hl7 = openHl7Intake(core, { entriesOf });
  const logged = async () => {
    const rows = await door.database.query<{ patient: string }>(
      `select payload ->> 'patientId' as patient from identity_event order by id`,
    );
    return rows.map(({ patient }) => patient);
  };
  const states = () =>
    door.database.query<{ control_id: string; state: string; acknowledgements: Buffer }>(
      'select control_id, state, acknowledgements from hl7_message order by id',
    );
  return { door, states, logged, open: () => openBacklog(core, hl7) };
}

test('what was kept and never applied is applied at the next start, in the order it came, and once', async (t) => {
  const read: string[] = [];
  const { door, states, logged, open } = await restarted(t, (id) => void read.push(id));
  const ids = Array.from({ length: 45 }, (_, at) => `${at + 1}`);
  for (const id of ids) assert.deepEqual(codesOf(await door.send(adt(id))), ['AA']);
  const toldThen = (await states()).map(({ acknowledgements }) => acknowledgements.toString());
  const backlog = await open();
  await door.send(adt('100'));
  assert.deepEqual(await logged(), []);
  backlog.start();
  await backlog.done;
  assert.deepEqual(await logged(), ids);
  const rows = await states();
  assert.deepEqual(
    rows.map(({ state }) => state),
    [...ids.map(() => 'applied'), 'accepted'],
  );
  assert.deepEqual(
    rows.slice(0, -1).map(({ acknowledgements }) => acknowledgements.toString()),
    toldThen,
  );
  const again = await open();
  again.start();
  await again.done;
  assert.deepEqual(
    [read, await logged()],
    [
      [...ids, '100'],
      [...ids, '100'],
    ],
  );
});

test('one that cannot be applied is quarantined, and those behind it are applied', async (t) => {
  const { door, states, logged, open } = await restarted(t, (id) => {
    if (id === '1') throw new Problem('identity/not-owner', { messageType: 'ADT^A08' });
  });
  for (const id of ['1', '2']) await door.send(adt(id));
  await door.send(adt('3', 'A40', 'PID|1||7^^^PAS||DOE^JANE\rMRG|8^^^PAS\r'));
  // Since then the authority has an owner.
  const owner = { name: 'PAS', sendingApplication: 'PAS', sendingFacility: 'RAD', hosts: [], enabled: true };
  await door.interfaces.put(1, { ...owner, profile: { owns: ['PAS'] } });
  const backlog = await open();
  backlog.start();
  await backlog.done;
  assert.deepEqual(await logged(), ['2']);
  assert.deepEqual(
    (await states()).map(({ state }) => state),
    ['quarantined', 'applied', 'quarantined'],
  );
});
