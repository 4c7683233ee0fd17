// Every HL7 v2 message of the corpus through a real listener: read as the manifest expects, kept byte for byte, and answered
// as it asks.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acknowledge } from '../../src/hl7v2/acknowledgement.ts';
import type { Message } from '../../src/hl7v2/message.ts';
import { systemAnswering } from '../../src/hl7v2/mllp/served-connection.ts';
import { readBatch } from '../../src/hl7v2/reader.ts';
import { corpus, readCorpus, withoutCorpus } from '../support/corpus.ts';
import { codesOf, openHl7Door } from '../support/hl7-door.ts';

const isMessage = ({ file }: { file: string }) => file.startsWith('hl7v2/');

/** Events of a patient without a patient: the segment is missing, or its name is misspelt. */
const withoutPatient = ['FHIR-Converter__Hl7v2TestTimezoneInput.hl7v2.hl7', 'hl7v2__invalid-segment-header-length.hl7'];

/** In one file of many messages. */
const WITHOUT_CONTROL_ID = 2;

test('the corpus: every message is read, those with a warning in the manifest with findings', {
  skip: withoutCorpus,
}, () => {
  const files = corpus().filter(isMessage);
  assert.ok(files.length >= 180, `${files.length} files`);
  for (const file of files) {
    const { messages } = readBatch(readCorpus(file));
    if (file.expectedHandling === 'parses fully') continue;
    assert.ok(messages.length > 1 || messages[0]!.findings.length > 0, file.file);
  }
});

test('the corpus: every message is kept and answered as it asks, over one listener', {
  skip: withoutCorpus,
}, async (t) => {
  const answer = async ({ message }: { message: Message }) => acknowledge(message, 'AA', {}, systemAnswering);
  const door = await openHl7Door(t, { answer });
  for (const file of corpus().filter(isMessage)) {
    const bytes = readCorpus(file);
    const codes = codesOf(await door.send(bytes));
    const wanted = readBatch(bytes).messages.flatMap((message) => wantedBy(message, file.file));
    assert.deepEqual(codes, wanted, file.file);
  }
  const [count] = await door.database.query<{ count: number }>(
    `select count(*)::int as count from hl7_message where state = 'quarantined'`,
  );
  assert.equal(count!.count, withoutPatient.length + WITHOUT_CONTROL_ID);
});

/** The codes that a message asks for, read off its own MSH-15 and MSH-16. */
function wantedBy(message: Message, file: string): string[] {
  const msh = message.segment('MSH')!;
  if (message.segment('MSA') !== undefined) return [];
  // MSH-10 is what an acknowledgement refers to.
  const isBad = msh.text(10) === '' || withoutPatient.some((name) => file.endsWith(name));
  const type = isBad ? 'E' : 'A';
  const [accept, application] = [msh.text(15), msh.text(16)];
  if (!/^(AL|NE|ER|SU)$/.test(accept) && !/^(AL|NE|ER|SU)$/.test(application)) return [`A${type}`];
  return [...(accept === 'AL' ? [`C${type}`] : []), ...(application === 'AL' ? [`A${type}`] : [])];
}
