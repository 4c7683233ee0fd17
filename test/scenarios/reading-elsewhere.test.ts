// A hospital whose own node keeps the vault, and an exchange elsewhere where its studies are read: what reaches the exchange is
// pseudonymised already, and nothing in its database, files and logs says of whom; the report comes home under the patient's name.
// While the exchange is away nothing is lost, and a desk is told.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { inflateRawSync } from 'node:zlib';
import type { Bundle, DiagnosticReport } from '@medplum/fhirtypes';
import { canary, canaryHits } from '../../src/deidentify/testing/canary.ts';
import { canaryObjects, earlierStudyUid } from '../../src/deidentify/testing/canary-objects.ts';
import { KEY_OBJECT_SELECTION } from '../../src/dicom/key-object-selection.ts';
import { aReader } from '../../src/reading/gate/testing/rows.ts';
import type { Database } from '../../src/storage/database.ts';
import { agreed, caseAway, PROVIDER, signing } from '../support/away.ts';
import { canaryOrder, canaryPriorReport } from '../support/canary-messages.ts';
import { getJson, stow, value } from '../support/dicomweb.ts';
import { codesOf, send } from '../support/hl7-door.ts';
import { makeInstance } from '../support/instances.ts';
import { type NodeProcess, startNodeProcess } from '../support/node-process.ts';
import { type CasesBeside, casesBeside } from '../support/reading-exchange.ts';
import { shared } from '../support/shared.ts';
import { type Bearer, bearer } from '../support/token.ts';

const CLIENT = 'default';
const term = { disclosure: { mode: 'pseudonymised' as const, profile: 'R-read' } };

interface World {
  exchange: NodeProcess;
  between: Between;
  hospital: NodeProcess;
  /** Of the hospital's own node. */
  beside: CasesBeside;
  client: Bearer;
  caseId: string;
  roomStudyUid: string;
}

const world = shared<World>(async (later) => {
  const exchange = await startNodeProcess(later);
  const token = bearer(exchange, CLIENT, ['read', 'write']).Authorization.slice('Bearer '.length);
  const between = await openBetween(exchange, later);
  const hospital = await startNodeProcess(later, {
    environment: { FASCIA_EXCHANGES: `${PROVIDER}=${between.url}`, FASCIA_EXCHANGE_TOKEN: token },
  });
  const client = bearer(hospital, CLIENT, ['read', 'write', 'administer']);
  const { earlier, ...objects } = canaryObjects();
  for (const file of [earlier, ...Object.values(objects)]) {
    const { status } = await stow(hospital.url, [file], { headers: client });
    assert.equal(status, 200);
  }
  for (const message of [canaryOrder, canaryPriorReport])
    assert.deepEqual(codesOf(await send(hospital.mllpPort, message)), ['AA']);
  // The report lies in its study before the case leaves.
  const reported = `/series?StudyInstanceUID=${earlierStudyUid}&Modality=SR`;
  while ((await getJson(hospital.url, reported, client).catch(() => [])).length === 0) await pause(50);
  const beside = await casesBeside(hospital, later);
  const caseId = await beside.leave(CLIENT, canary.studyUid, [earlierStudyUid], term);
  assert.equal(await beside.left(caseId), 'whole');
  await asked(beside, caseId);
  const { roomStudyUid } = await beside.cases.stored(caseId);
  return { exchange, between, hospital, beside, client, caseId, roomStudyUid: roomStudyUid! };
});

/** The line between the two, which hears all that the hospital says. */
interface Between {
  url: string;
  said: Buffer[];
  isCut: boolean;
}

async function openBetween(exchange: NodeProcess, later: (cleanUp: () => Promise<void>) => void): Promise<Between> {
  const between: Between = { url: '', said: [], isCut: false };
  const server = createServer(async (request, response) => {
    const { method, url = '', headers } = request;
    if (between.isCut) return request.socket.destroy();
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>));
    between.said.push(Buffer.from(`${method} ${url} ${JSON.stringify(headers)}\n`), body);
    const { host: _, connection: __, 'transfer-encoding': ___, 'content-length': ____, ...passed } = headers;
    const answer = await fetch(exchange.url + url, {
      method: method!,
      headers: passed as Record<string, string>,
      ...(body.length > 0 && { body }),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const type = answer.headers.get('content-type');
    response.writeHead(answer.status, type === null ? {} : { 'content-type': type }).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  later(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  between.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return between;
}

/** Once everything of it is at the exchange, and ordered there. */
async function asked({ database }: CasesBeside, caseId: string): Promise<void> {
  const asks = 'select 1 from reading_carriage where case_id = $1 and asked_at is not null';
  // The node at which it happens tells nobody outside.
  while ((await database.query(asks, [caseId])).length === 0) await pause(50);
}

/** All that a catalogue holds, a text for each table; bytes as they are, and inflated where they can be. */
async function dumpOf(database: Database): Promise<Map<string, Buffer>> {
  const tables = await database.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const dump = new Map<string, Buffer>();
  for (const { name } of tables) {
    const rows = await database.query(`select * from "${name}"`);
    const values = rows.flatMap((row) => Object.values(row)).flatMap(bytesOf);
    dump.set(name, Buffer.concat(values.flatMap((value) => [value, Buffer.from('\n')])));
  }
  return dump;
}

function bytesOf(value: unknown): Buffer[] {
  if (value === null || value === undefined) return [];
  if (!Buffer.isBuffer(value)) return [Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))];
  return [value, ...inflated(value)];
}

/** Metadata lies there in deflated pieces behind a table of them (src/storage/metadata.ts). */
function inflated(value: Buffer): Buffer[] {
  const found: Buffer[] = [];
  const count = value.length >= 4 ? value.readUInt32LE(0) : 0;
  let at = 4 + 12 * count;
  for (let n = 0; n < count && at < value.length; n++) {
    const length = value.readUInt32LE(4 + 12 * n);
    try {
      found.push(inflateRawSync(value.subarray(at, at + length), { finishFlush: 2 }));
    } catch {
      return found;
    }
    at += length;
  }
  return found;
}

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) yield join(entry.parentPath, entry.name);
}

/** Of the data folder with the files of the database and its log: where something stands that must not. */
function filesNaming(folder: string, needles: readonly string[]): string[] {
  const found: string[] = [];
  for (const file of filesBelow(folder)) {
    const bytes = existingBytes(file);
    for (const needle of needles) if (bytes.includes(needle)) found.push(`${needle} in ${file.slice(folder.length)}`);
  }
  return found;
}

/** A running database takes files away between the look at its folder and at them. */
function existingBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw thrown;
  }
}

const names = ['Kanarienv', 'KANARIENV', 'Zwitscherine', 'Quittenbaum', 'KNRY', '7788123', canary.studyUid];

test('a study that is read elsewhere is there under pseudonyms with its prior and its order, and its report comes home', async (t) => {
  const { exchange, hospital, beside, client, caseId, roomStudyUid } = await world();
  const there = bearer(exchange, CLIENT, ['read']);
  assert.equal((await getJson(exchange.url, '/studies', there)).length, 2);
  const requests = await fetch(`${exchange.url}/fhir/R4/ServiceRequest`, { headers: there });
  const text = await requests.text();
  assert.match(text, /Sturz am .*\[P\d\].*Blutung/, 'the indication went along with tokens');
  // What comes home of a case that was away meanwhile is none the worse for new keys.
  assert.match(rotated(hospital), /^1 domains, 1 patients, \d+ rows are sealed by new keys\n$/);
  const one = await caseAway(exchange, roomStudyUid, (cleanUp) => t.after(cleanUp));
  assert.notEqual(one.away.study, roomStudyUid, 'a reader knows it by a third name');
  const agreedOn = {
    ...{ id: agreed.contract, client: CLIENT, provider: PROVIDER, restsAt: 'DE' as const },
    ...{ status: 'executed' as const, from: agreed.validFrom, terms: [agreed] },
  };
  await one.core.terms.putContract(agreedOn as never, { author: 'test', at: Date.now() });
  // What is agreed on is told from node to node.
  while (!(await contractsAt(exchange, one.client)).includes(agreed.contract)) await pause(50);
  await one.core.readers.put(aReader({ id: 'r1', name: 'READER^ROBIN', provider: PROVIDER }), 'test');
  await signing(one)('final', 'No haemorrhage, unchanged since');
  const home = await reportsAt(hospital, client, 'No haemorrhage');
  assert.match(home.conclusion ?? JSON.stringify(home), /No haemorrhage, unchanged since 2026-01-31/);
  await once(async () => (await beside.cases.read(caseId)).state === 'answered');
  const { clocks, reports } = await beside.cases.read(caseId);
  assert.ok(clocks.final !== undefined && clocks.delivered !== undefined, 'its clocks stand');
  assert.deepEqual(reports, [], 'who signed it is in the log of the exchange');
  const { studyUid } = await beside.cases.stored(caseId);
  assert.equal(studyUid, canary.studyUid);
});

/** As its operator does it while the node runs. */
const rotated = ({ data }: NodeProcess): string =>
  execFileSync(join(import.meta.dirname, '../../fascia'), ['reading', 'vault', 'rotate'], {
    env: { ...process.env, FASCIA_DATA: data },
    encoding: 'utf8',
  });

async function contractsAt({ url }: NodeProcess, as: Bearer): Promise<string> {
  return (await fetch(`${url}/api/v1/reading/contracts`, { headers: as })).text();
}

/** The report that says so, once it is there. */
async function reportsAt({ url }: NodeProcess, as: Bearer, words: string): Promise<DiagnosticReport> {
  for (;;) {
    const answer = await fetch(`${url}/fhir/R4/DiagnosticReport`, { headers: as });
    const { entry = [] } = (await answer.json()) as Bundle<DiagnosticReport>;
    const found = entry.find(({ resource }) => JSON.stringify(resource).includes(words));
    if (found !== undefined) return found.resource!;
    const returns = await fetch(`${url}/api/v1/reading/returns`, { headers: as });
    const waiting = ((await returns.json()) as { state: string; findings: unknown }[]).filter(
      ({ state }) => state === 'quarantined',
    );
    assert.deepEqual(waiting, [], 'nothing waits for a person');
    // What comes home is told to nobody outside.
    await pause(100);
  }
}

test('nothing in the exchange’s database, objects, files and logs says whose study it read', async (t) => {
  const { exchange, between, hospital, beside } = await world();
  assert.ok(between.said.length > 10);
  assert.deepEqual(canaryHits(Buffer.concat(between.said)), [], 'what the hospital said');
  const { database } = await casesBeside(exchange, (cleanUp) => t.after(cleanUp));
  const dump = await dumpOf(database);
  assert.ok(dump.size > 50 && dump.get('instance')!.length > 0);
  for (const [table, bytes] of dump) assert.deepEqual(canaryHits(bytes), [], table);
  assert.deepEqual(canaryHits(Buffer.from(exchange.output())), []);
  assert.deepEqual(filesNaming(exchange.data, names), []);
  // The same look at the hospital finds it everywhere.
  const own = await dumpOf(beside.database);
  assert.ok(canaryHits(own.get('study')!).length > 5);
  const found = filesNaming(hospital.data, names).join('\n');
  for (const name of names) assert.match(found, new RegExp(name.replaceAll('.', '\\.')));
});

test('while the exchange is away copies wait and a desk is told; when it is back they are there, and the case goes on', async () => {
  const { exchange, between, hospital, beside, client } = await world();
  between.isCut = true;
  const image = makeInstance({ attributes: { PatientID: 'KNRY-2', PatientName: 'Kanarienvogel^Rosa' } });
  assert.equal((await stow(hospital.url, [image.file], { headers: client })).status, 200);
  const id = await beside.leave(CLIENT, image.studyInstanceUid, [], term);
  assert.equal(await beside.left(id), 'whole');
  const failing = 'select 1 from reading_carriage where case_id = $1 and failures > 0';
  await once(async () => (await beside.database.query(failing, [id])).length > 0);
  assert.deepEqual(await beside.database.query('select 1 from reading_carried where case_id = $1', [id]), []);
  assert.equal((await beside.cases.read(id)).state, 'ready', 'not every failure calls somebody');
  const longAgo = `update reading_carriage set failing_since = now() - interval '1 hour', retry_at = now() where case_id = $1`;
  await beside.database.query(longAgo, [id]);
  await once(async () => (await beside.cases.read(id)).state === 'hold');
  const { pauses } = await beside.cases.read(id);
  assert.deepEqual(
    pauses.map(({ reason, cause }) => [reason, cause]),
    [['exchange-away', 'exchange']],
  );
  between.isCut = false;
  await beside.database.query('update reading_carriage set retry_at = now() where case_id = $1', [id]);
  await asked(beside, id);
  await once(async () => (await beside.cases.read(id)).state === 'ready');
  const { roomStudyUid } = await beside.cases.stored(id);
  const there = bearer(exchange, CLIENT, ['read']);
  const imagesThere = async () =>
    (await getJson(exchange.url, `/instances?StudyInstanceUID=${roomStudyUid}`, there)).filter(
      (each) => value(each, '00080016') !== KEY_OBJECT_SELECTION,
    );
  assert.equal((await imagesThere()).length, 1);

  // The client has it back: readers elsewhere are not to use it any more.
  const recalled = await fetch(`${hospital.url}/api/v1/reading/egress/${id}/recall`, {
    method: 'POST',
    headers: client,
  });
  assert.equal(recalled.status, 200, await recalled.text());
  await once(async () => (await imagesThere()).length === 0);
});

test('a case whose contract lets copies go as they are is held, and nothing of it is said to the exchange', async () => {
  const { between, hospital, beside, client } = await world();
  const image = makeInstance({ attributes: { PatientID: 'KNRY-3', PatientName: 'Kanarienvogel^Rosa' } });
  assert.equal((await stow(hospital.url, [image.file], { headers: client })).status, 200);
  const id = await beside.leave(CLIENT, image.studyInstanceUid);
  await once(async () => (await beside.cases.read(id)).state === 'hold');
  assert.equal((await beside.cases.read(id)).pauses.at(-1)?.reason, 'exchange-identified');
  assert.deepEqual(await beside.database.query('select 1 from reading_carried where case_id = $1', [id]), []);
  assert.deepEqual(canaryHits(Buffer.concat(between.said)), []);
  assert.equal(Buffer.concat(between.said).includes(image.studyInstanceUid), false);
});

/** Until it is so: what happens behind the doors is told to nobody outside. */
async function once(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(50);
}
