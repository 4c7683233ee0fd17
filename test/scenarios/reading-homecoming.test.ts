// A report that is signed in the exchange's own editor, until the hospital has it: at home under the patient's own name, in the
// study, and at the destinations that the contract names, which the log of the case says when the ledger has proof.

import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { readDicom } from '../../src/dicom/reader.ts';
import { acknowledge } from '../../src/hl7v2/acknowledgement.ts';
import type { Message } from '../../src/hl7v2/message.ts';
import { listenMllp } from '../../src/hl7v2/mllp/listener.ts';
import { systemAnswering } from '../../src/hl7v2/mllp/served-connection.ts';
import { readMessage } from '../../src/hl7v2/reader.ts';
import { aReader } from '../../src/reading/gate/testing/rows.ts';
import { reportsOfMessage } from '../../src/translate/report/report-of-message.ts';
import { reportOfSr } from '../../src/translate/report/report-of-sr.ts';
import { agreed, caseAway, PROVIDER, signing } from '../support/away.ts';
import { stow } from '../support/dicomweb.ts';
import { makeInstance } from '../support/instances.ts';
import { startNodeProcess } from '../support/node-process.ts';
import { bearer } from '../support/token.ts';

const patient = {
  PatientID: 'KNRY-7788123',
  IssuerOfPatientID: 'NORTH',
  PatientName: 'Kanarienvogel^Zwitscherine',
  AccessionNumber: 'ACCKNRY4711',
  StudyDate: '20260131',
};

test('a signed report, its correction and its withdrawal reach the hospital as ORU, as SR and in its archive', async (t) => {
  const running = await startNodeProcess((cleanUp) => t.after(cleanUp));
  const client = bearer(running, 'default', ['read', 'write', 'administer']);
  const told: Message[] = [];
  const handler = async (bytes: Uint8Array) => {
    told.push(readMessage(bytes));
    return [acknowledge(told.at(-1)!, 'AA', {}, systemAnswering).bytes];
  };
  const ris = await listenMllp({ host: '127.0.0.1', port: 0, handler });
  t.after(() => ris.close());
  const folder = await mkdtemp(path.join(tmpdir(), 'fascia-archive-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const [name, kind, settings] of [
    ['RIS', 'hl7', { host: '127.0.0.1', port: ris.port, results: {} }],
    ['ARCHIVE', 'folder', { path: folder }],
  ] as const) {
    const answer = await fetch(`${running.url}/api/v1/destinations/${name}`, {
      method: 'PUT',
      headers: { ...client, 'Content-Type': 'application/json' },
      body: JSON.stringify({ kind, settings }),
    });
    assert.equal(answer.status, 200, await answer.text());
  }
  const image = makeInstance({ attributes: patient });
  assert.equal((await stow(running.url, [image.file], { headers: client })).status, 200);

  const one = await caseAway(running, image.studyInstanceUid, (cleanUp) => t.after(cleanUp));
  const sign = signing(one);
  const { terms, readers } = one.core;
  const term = { ...agreed, delivery: ['RIS', 'ARCHIVE'] };
  const by = { author: 'test', at: Date.now() };
  const contract = { id: term.contract, provider: PROVIDER, restsAt: 'DE', status: 'executed', from: term.validFrom };
  await terms.putContract(
    { ...contract, client: 'default', terms: [term] } as Parameters<typeof terms.putContract>[0],
    by,
  );
  await readers.put(aReader({ id: 'r1', name: 'READER^ROBIN', provider: PROVIDER }), 'test');
  for (;;) {
    const answer = await fetch(`${running.url}/api/v1/reading/contracts`, { headers: client });
    if ((await answer.text()).includes(term.contract)) break;
    // What is agreed on is told from node to node.
    await pause(50);
  }
  const onceDelivered = async (version: number) => {
    for (;;) {
      const { delivered, state } = await one.log.read(one.id);
      if (delivered.RIS === version && delivered.ARCHIVE === version) return state;
      // What a line has sent is told to nobody outside the ledger.
      await pause(50);
    }
  };

  await sign('final', 'No haemorrhage, unchanged since');
  assert.equal(await onceDelivered(1), 'delivered');
  const hash = await sign('corrected', 'Haemorrhage on the left, new since');
  assert.equal(await onceDelivered(2), 'delivered');
  const delivered = (await one.log.events(one.id)).filter(({ kind }) => kind === 'delivered');
  assert.deepEqual(
    delivered.map((each) => 'outstanding' in each && [each.version, each.outstanding]),
    [
      [1, 1],
      [1, 0],
      [2, 1],
      [2, 0],
    ],
  );
  assert.ok(delivered.slice(2).every((each) => 'textHash' in each && each.textHash === hash));
  const { sequence } = await one.log.read(one.id);
  await one.log.append(one.id, sequence, { kind: 'desk', id: 'safety' }, [
    { kind: 'entered-in-error', reason: 'wrong patient' },
  ]);
  while (told.length < 3) await pause(50);

  const results = told.map((message) => reportsOfMessage(message, {})[0]!);
  assert.deepEqual(
    results.map(({ status, sections }) => [status, sections[0]?.text]),
    [
      ['final', 'No haemorrhage, unchanged since 2026-01-31.'],
      ['corrected', 'Haemorrhage on the left, new since 2026-01-31.'],
      ['entered-in-error', 'Haemorrhage on the left, new since 2026-01-31.'],
    ],
  );
  const [first] = results;
  assert.equal(first!.patient.patientId, patient.PatientID);
  assert.equal(first!.accession!.number, patient.AccessionNumber);
  assert.equal(first!.studyInstanceUid, image.studyInstanceUid);
  assert.equal(first!.filler!.number, one.id);
  assert.equal(first!.people[0]!.name, 'READER^ROBIN');

  // What is on its way has another name.
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = found.filter((entry) => entry.isFile() && entry.name.endsWith('.dcm'));
  const files = await Promise.all(names.map((entry) => readFile(path.join(entry.parentPath, entry.name))));
  const documents = files.map((file) => readDicom(file).dataset);
  const texts = documents
    .map((dataset) => reportOfSr(dataset))
    .map(({ status, sections }) => `${status}: ${sections[0]!.text}`);
  assert.ok(texts.includes('final: No haemorrhage, unchanged since 2026-01-31.'), texts.join(' | '));
  assert.ok(texts.includes('corrected: Haemorrhage on the left, new since 2026-01-31.'));
  for (const bytes of [...files, ...told.map(({ segments }) => Buffer.from(JSON.stringify(segments)))]) {
    for (const pseudonym of Object.values(one.away)) assert.ok(!bytes.includes(pseudonym), pseudonym);
  }
});
