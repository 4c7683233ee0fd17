import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf, type Hl7Door, openHl7Door } from '../../../test/support/hl7-door.ts';
import { identityEntries } from '../identity/hl7-identity.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const adt = (id: string, event = 'A08', rest = 'PID|1||7^^^RIS||DOE^JANE\r', application = 'RIS') =>
  utf8(`MSH|^~\\&|${application}|RAD|||20261123||ADT^${event}^ADT_A01|${id}|P|2.5.1\rEVN|${event}\r${rest}`);

const rows = ({ database }: Hl7Door) =>
  database.query<Record<string, unknown>>(
    `select interface, control_id, message_type, state, problem, bytes from hl7_message order by id`,
  );
const states = async (door: Hl7Door) => (await rows(door)).map(({ control_id, state }) => `${control_id} ${state}`);

test('a message is in the catalogue, byte for byte, when it is acknowledged', async (t) => {
  const door = await openHl7Door(t);
  assert.deepEqual(codesOf(await door.send(adt('1'))), ['AA']);
  const [row] = await rows(door);
  assert.deepEqual(
    [row!.interface, row!.control_id, row!.message_type, row!.state],
    ['RIS@RAD', '1', 'ADT^A08', 'accepted'],
  );
  assert.deepEqual(new Uint8Array(row!.bytes as Buffer), adt('1'));
});

test('a message that cannot be kept is not acknowledged as taken, and may come again', async (t) => {
  const door = await openHl7Door(t);
  await door.send(adt('0'));
  await door.database.query('alter table hl7_message rename to elsewhere');
  assert.deepEqual(codesOf(await door.send(adt('1'))), ['AE']);
  await door.database.query('alter table elsewhere rename to hl7_message');
  assert.deepEqual(codesOf(await door.send(adt('1'))), ['AA']);
});

test('the same message once more is answered with the same acknowledgement, and is kept once', async (t) => {
  const door = await openHl7Door(t);
  const [first] = await door.send(adt('1'));
  const [second] = await door.send(adt('1'));
  assert.equal(second!.text, first!.text);
  const many = await Promise.all(Array.from({ length: 20 }, () => door.send(adt('2'))));
  assert.equal(new Set(many.map(([answer]) => answer!.segment('MSA')!.raw)).size, 1);
  assert.deepEqual(await states(door), ['1 accepted', '2 accepted']);
});

test('the same control id with other bytes is another message, and the sender is told', async (t) => {
  const door = await openHl7Door(t);
  await door.send(adt('1'));
  const [answer] = await door.send(adt('1', 'A04'));
  assert.deepEqual(codesOf([answer!]), ['AA']);
  assert.equal(answer!.segment('ERR')!.text(4), 'W');
  // Another sender counts for itself.
  const [other] = await door.send(adt('1', 'A04', undefined, 'PAS'));
  assert.equal(other!.segment('ERR'), undefined);
  assert.deepEqual(await states(door), ['1 accepted', '1 accepted', '1 accepted']);
});

test('a bad message is AE or AR with its reason, and lies in quarantine', async (t) => {
  const door = await openHl7Door(t);
  const [noPatient] = await door.send(adt('1', 'A04', ''));
  assert.deepEqual([noPatient!.segment('MSA')!.text(1), noPatient!.segment('ERR')!.text(2)], ['AE', 'PID']);
  assert.deepEqual(codesOf(await door.send(utf8('MSH|^~\\&|RIS|RAD|||||ZZZ^Z99|2|P|2.5\r'))), ['AR']);
  assert.deepEqual(codesOf(await door.send(utf8('nothing of the kind'))), ['AR']);
  assert.deepEqual(
    (await rows(door)).map((row) => [row.interface, row.state, row.problem]),
    [
      ['RIS@RAD', 'quarantined', 'hl7/missing-segment'],
      ['RIS@RAD', 'quarantined', 'hl7/unsupported-message'],
      ['unreadable', 'quarantined', 'hl7/unreadable'],
    ],
  );
});

test('a sender that is switched off is rejected, and taken again when it is switched on', async (t) => {
  const door = await openHl7Door(t);
  await door.send(adt('1'));
  const entry = door.interfaces.find(1, 'RIS@RAD');
  await door.interfaces.put(1, { ...entry, enabled: false });
  assert.deepEqual(codesOf(await door.send(adt('2'))), ['AR']);
  assert.deepEqual(codesOf(await door.send(adt('3', 'A08', undefined, 'PAS'))), ['AA']);
  await door.interfaces.put(1, entry);
  assert.deepEqual(codesOf(await door.send(adt('2'))), ['AA']);
  assert.deepEqual(await states(door), ['1 accepted', '2 accepted', '3 accepted']);
});

test('events are taken from a sender as its profile says', async (t) => {
  const door = await openHl7Door(t);
  await door.send(adt('1'));
  const entry = door.interfaces.find(1, 'RIS@RAD');
  await door.interfaces.put(1, { ...entry, profile: { refusedEvents: ['A02'] } });
  assert.deepEqual(codesOf(await door.send(adt('2', 'A02'))), ['AR']);
  assert.deepEqual(codesOf(await door.send(adt('3', 'A03'))), ['AA']);
  await door.interfaces.put(1, { ...entry, profile: { acceptedEvents: ['A08'] } });
  assert.deepEqual(codesOf(await door.send(adt('4', 'A03'))), ['AR']);
});

test('a sender’s own character set holds for messages that declare none', async (t) => {
  const seen: string[] = [];
  const door = await openHl7Door(t, {
    entriesOf(_, { sightings: [sighting] }) {
      seen.push(sighting!.name);
      return [];
    },
  });
  const bytes = Uint8Array.from([...adt('1', 'A08', 'PID|1||7||'), 0xb8, 0xd2, 0x0d]);
  await door.send(bytes);
  await door.interfaces.put(1, { ...door.interfaces.find(1, 'RIS@RAD'), profile: { characterSet: '8859/5' } });
  await door.send(Uint8Array.from([...bytes, 0x0d]));
  assert.deepEqual(seen, ['¸Ò', 'Ив']);
});

test('a merge of identifiers of an authority that another sender owns is AE, and lies in quarantine', async (t) => {
  const door = await openHl7Door(t);
  const merge = (id: string) => adt(id, 'A40', 'PID|1||7^^^PAS||DOE^JANE\rMRG|8^^^PAS\r');
  assert.deepEqual(codesOf(await door.send(merge('1'))), ['AA']);
  const entry = { sendingApplication: 'PAS', sendingFacility: 'RAD', hosts: [], enabled: true };
  await door.interfaces.put(1, { ...entry, name: 'PAS', profile: { owns: ['PAS'] } });
  assert.deepEqual(codesOf(await door.send(merge('2'))), ['AE']);
  assert.deepEqual(codesOf(await door.send(adt('3', 'A08', 'PID|1||7^^^PAS\r'))), ['AA']);
  assert.deepEqual(await states(door), ['1 accepted', '2 quarantined', '3 accepted']);
});

const logOf = ({ database }: Hl7Door) =>
  database.query<{ id: string; cause: string; name: string }>(
    `select id, cause, payload ->> 'name' as name from identity_event order by id`,
  );

test('what a message says of persons is durable with it, before it is acknowledged, and once', async (t) => {
  const logged: (string | undefined)[][] = [];
  const door = await openHl7Door(t, {
    entriesOf: identityEntries,
    logged: (_, ids) => void logged.push([...ids]),
  });
  assert.deepEqual(codesOf(await door.send(adt('1'))), ['AA']);
  const [entry, ...others] = await logOf(door);
  assert.deepEqual([entry!.name, others], ['DOE^JANE', []]);
  assert.deepEqual(await states(door), ['1 applied']);
  const many = await Promise.all(Array.from({ length: 20 }, () => door.send(adt('1'))));
  assert.ok(many.every((answers) => codesOf(answers)[0] === 'AA'));
  assert.deepEqual(await logOf(door), [entry]);
  assert.deepEqual(logged[0], [entry!.id]);
  assert.ok(logged.slice(1).every(([id]) => id === undefined));
});

test('messages of many senders at once are logged in the order each sender sent them', async (t) => {
  const door = await openHl7Door(t, { entriesOf: identityEntries });
  const sender = async (name: string): Promise<void> => {
    for (let n = 1; n <= 20; n++) await door.send(adt(`${n}`, 'A08', `PID|1||${n}^^^RIS||${name}^${n}\r`, name));
  };
  await Promise.all(['ALPHA', 'BETA', 'GAMMA'].map(sender));
  const names = (await logOf(door)).map(({ name }) => name);
  for (const name of ['ALPHA', 'BETA', 'GAMMA']) {
    assert.deepEqual(
      names.filter((each) => each.startsWith(name)),
      Array.from({ length: 20 }, (_, at) => `${name}^${at + 1}`),
    );
  }
});

test('what the catalogue cannot hold is quarantined by itself, and takes no other message with it', async (t) => {
  const door = await openHl7Door(t, { entriesOf: identityEntries });
  const said = await Promise.all(
    ['DOE^JANE', 'DOE^JA\0NE', 'ROE^RUTH'].map((name, at) =>
      door.send(adt(`${at + 1}`, 'A08', `PID|1||${at + 1}^^^RIS||${name}\r`)),
    ),
  );
  assert.deepEqual(said.map(codesOf), [['AA'], ['AR'], ['AA']]);
  assert.deepEqual((await states(door)).toSorted(), ['1 applied', '2 quarantined', '3 applied']);
  assert.deepEqual((await logOf(door)).map(({ name }) => name).toSorted(), ['DOE^JANE', 'ROE^RUTH']);
});

test('2.10.3: a batch is answered by a batch in one frame, messages in a row by acknowledgements in a row', async (t) => {
  const door = await openHl7Door(t);
  const two = Buffer.concat([adt('1'), adt('2')]);
  assert.deepEqual(codesOf(await door.send(two)), ['AA', 'AA']);
  const batch = Buffer.concat([utf8('BHS|^~\\&|RIS|RAD\r'), adt('3'), adt('4', 'A04', ''), utf8('BTS|2\r')]);
  const answers = await door.send(batch);
  assert.deepEqual(
    answers.map((answer) => answer.segment('MSA')!.raw.slice(0, 8)),
    ['MSA|AA|3', 'MSA|AE|4'],
  );
  assert.deepEqual(await states(door), ['1 accepted', '2 accepted', '3 accepted', '4 quarantined']);
});

test('an acknowledgement is kept and not acknowledged', async (t) => {
  const door = await openHl7Door(t);
  assert.deepEqual(await door.send(utf8('MSH|^~\\&|RIS|RAD|||||ACK|1|P|2.5\rMSA|AA|9\r')), []);
  assert.deepEqual(await states(door), ['1 accepted']);
});

test('each message leaves an audit row, the refused ones too', async (t) => {
  const door = await openHl7Door(t);
  await door.send(adt('1'));
  await door.send(adt('2', 'A04', ''));
  await door.audit.flush();
  const audited = await door.database.query('select principal, door, action, outcome from audit order by id');
  const row = { principal: 'hl7:RIS@RAD', door: 'mllp', action: 'store' };
  assert.deepEqual(audited, [
    { ...row, outcome: 'success' },
    { ...row, outcome: 'hl7/missing-segment' },
  ]);
});
