import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../base/problem.ts';
import { acknowledgements, type Outcome } from './acknowledgement.ts';
import { faultOf } from './message-types.ts';
import { readMessage } from './reader.ts';

const answering = { controlId: () => 'F1', now: () => '2026-11-23T04:05:06.789Z' };
const read = (text: string) => readMessage(new TextEncoder().encode(text));
const adt = (version: string, modes = '|') =>
  read(`MSH|^~\\&|RIS|RAD&1.2&ISO|HUB|FASCIA|20261123||ADT^A08^ADT_A01|42|T|${version}|||${modes}\rPID|1||7\r`);
const answers = (message: ReturnType<typeof read> | undefined, outcome: Outcome = {}) =>
  acknowledgements(message, outcome, answering).map((each) => each.text);
const codes = (modes: string, outcome: Outcome = {}) =>
  acknowledgements(adt('2.5', modes), outcome, answering).map((each) => each.segment('MSA')!.text(1));

const missing = new Problem('hl7/missing-field', { field: 'PID-3' });
const full = new Problem('storage/full', { sizeBytes: 1 });

test('2.9.2: an acknowledgement goes back to the sender, with its control id, processing id and version', () => {
  assert.deepEqual(answers(adt('2.5.1')), [
    'MSH|^~\\&|HUB|FASCIA|RIS|RAD|20261123040506.789+0000||ACK^A08^ACK|F1|T|2.5.1\rMSA|AA|42\r',
  ]);
});

test('MSH-9 of an acknowledgement has the event since v2.3.1 and the structure since v2.4', () => {
  const types = ['2.2', '2.3', '2.3.1', '2.4', '2.8'].map((version) => answers(adt(version))[0]!.split('|')[8]);
  assert.deepEqual(types, ['ACK', 'ACK', 'ACK^A08', 'ACK^A08^ACK', 'ACK^A08^ACK']);
});

test('an error is told in the form of the version that the sender speaks', () => {
  const told = (version: string) => answers(adt(version), { problem: missing })[0]!.split('\r').slice(1, -1);
  assert.deepEqual(told('2.1'), ['MSA|AE|42|PID-3 is missing']);
  assert.deepEqual(told('2.3.1'), [
    'MSA|AE|42|PID-3 is missing|||101^Required field missing^HL70357',
    'ERR|PID^1^3^101&Required field missing&HL70357',
  ]);
  assert.deepEqual(told('2.5.1'), [
    'MSA|AE|42|PID-3 is missing',
    'ERR||PID^1^3|101^Required field missing^HL70357|E||||PID-3 is missing',
  ]);
  assert.deepEqual(told('2.8')[0], 'MSA|AE|42');
});

test('what must be tried again later is rejected, what must be corrected is an error', () => {
  assert.match(answers(adt('2.5'), { problem: full })[0]!, /MSA\|AR\|42/);
  assert.match(answers(adt('2.5'), { problem: missing })[0]!, /MSA\|AE\|42/);
});

test('2.9.3: in enhanced mode MSH-15 asks for the accept and MSH-16 for the application acknowledgement', () => {
  assert.deepEqual(codes('AL|NE'), ['CA']);
  assert.deepEqual(codes('NE|AL'), ['AA']);
  assert.deepEqual(codes('AL|AL'), ['CA', 'AA']);
  assert.deepEqual(codes('AL|'), ['CA']);
  assert.deepEqual(codes('NE|NE'), []);
  assert.deepEqual(codes('ER|NE'), []);
  assert.deepEqual(codes('SU|NE'), ['CA']);
  assert.deepEqual(codes('ER|ER', { problem: missing }), ['CE']);
  assert.deepEqual(codes('AL|AL', { problem: full }), ['CR']);
  assert.deepEqual(codes('NE|ER', { problem: missing }), ['AE']);
});

test('values of MSH-15 and MSH-16 that table 0155 does not have mean original mode', () => {
  for (const modes of ['|', ' | ', '1|', '""|""']) assert.deepEqual(codes(modes), ['AA'], modes);
});

test('what is no message is rejected without a control id', () => {
  const problem = new Problem('hl7/unreadable', { reason: 'there is no MSH segment' });
  const [text] = answers(undefined, { problem });
  assert.match(text!, /\rMSA\|AR\|\|no HL7 v2 message: there is no MSH segment\rERR\|\|\|100\^/);
});

test('a control id is given back as it came, in the usual delimiters', () => {
  const message = read('MSH$%*!@$RIS$RAD$$$$$ADT%A08$a|b$P$2.5\rPID$1$$7\r');
  assert.match(answers(message)[0]!, /MSA\|AA\|a\\F\\b\r/);
});

test('a warning goes with AA and does not stop anything', () => {
  const warnings = ['the control id was used before'];
  assert.match(answers(adt('2.5.1'), { warnings })[0]!, /MSA\|AA\|42\rERR\|\|\|205\^[^|]*\|W\|/);
  assert.doesNotMatch(answers(adt('2.3.1'), { warnings })[0]!, /ERR/);
});

test('table 0076: a type that is not taken here is unsupported, an answer is answered by nothing', () => {
  const fault = (type: string, rest = '') => faultOf(read(`MSH|^~\\&|RIS||||||${type}|42|P|2.5\r${rest}`))?.code;
  assert.equal(fault('ZZZ^Z99', 'PID|1||7\r'), 'hl7/unsupported-message');
  assert.equal(fault('', 'PID|1||7\r'), 'hl7/missing-field');
  assert.equal(fault('ORU^R01', 'OBX|1\r'), undefined);
  assert.equal(fault('ACK', 'MSA|AA|1\r'), undefined);
});

test('3.3: an event that lacks a segment it is about is an error that names the segment', () => {
  const fault = (event: string, rest: string) => faultOf(read(`MSH|^~\\&|RIS||||||ADT^${event}|42|P|2.5\r${rest}`));
  assert.equal(fault('A04', 'EVN|A04\r')?.details.segment, 'PID');
  assert.equal(fault('A40', 'PID|1||7\r')?.details.segment, 'MRG');
  assert.equal(fault('A24', 'PID|1||7\r')?.details.segment, 'PID');
  assert.equal(fault('A24', 'PID|1||7\rPID|2||8\r'), undefined);
  assert.equal(fault('A20', 'NPU|1\r'), undefined);
  assert.equal(faultOf(read('MSH|^~\\&|RIS||||||ADT^A04||P|2.5\rPID|1||7\r'))?.details.field, 'MSH-10');
  assert.equal(faultOf(read('MSH|^~\\&|RIS||||||ADT^A04|1|P|3.0\rPID|1||7\r'))?.code, 'hl7/unsupported-version');
});
