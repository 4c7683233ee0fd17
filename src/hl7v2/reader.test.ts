import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../base/problem.ts';
import { usualDelimiters } from './delimiters.ts';
import { escapeText, unescapeText } from './escape.ts';
import { readBatch, readMessage } from './reader.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const header = 'MSH|^~\\&|RIS|RAD|FASCIA|HUB|20261123040506||ADT^A08^ADT_A01|42|P|2.5.1';
const assumptions = (bytes: Uint8Array) =>
  readMessage(bytes).findings.map(({ where, assumed }) => `${where}: ${assumed}`);

test('2.5.4: MSH-1 is the field separator itself and MSH-2 the encoding characters', () => {
  const msh = readMessage(utf8(`${header}\rPID|1||7^^^A&1.2.3&ISO^MR~8\r`)).segment('MSH')!;
  assert.equal(msh.field(1), '|');
  assert.equal(msh.field(2), '^~\\&');
  assert.equal(msh.text(9, 2), 'A08');
  assert.equal(msh.fieldCount, 12);
});

test('a message may choose other delimiters', () => {
  const message = readMessage(utf8('MSH$%*!@$RIS$RAD$$$$$ADT%A08$42$P$2.5\rPID$1$$7%%%A@1.2.3@ISO%MR*8\r'));
  const pid = message.segment('PID')!;
  assert.equal(message.header.triggerEvent, 'A08');
  assert.deepEqual(
    pid.repetitions(3).map((each) => each.component(1)),
    ['7', '8'],
  );
  assert.equal(pid.text(3, 4, 2), '1.2.3');
});

test('v2.7: a fifth encoding character is the one for truncation', () => {
  const message = readMessage(utf8('MSH|^~\\&#|RIS||||||ADT^A08|42|P|2.7\r'));
  assert.equal(message.delimiters.truncation, '#');
  assert.equal(unescapeText('a\\P\\b', message.delimiters), 'a#b');
});

test('encoding characters that cannot work are replaced by the usual ones, with a finding', () => {
  for (const wrong of ['^~\\\\&', '^', '', '||||', '^^^^', 'abcd', '^~\\é']) {
    const message = readMessage(utf8(`MSH|${wrong}|RIS|RAD|||||ADT^A08|42|P|2.5\rPID|1||7^^^A~8\r`));
    assert.equal(message.segment('PID')!.repetitions(3).length, 2, wrong);
    assert.ok(
      message.findings.some(({ where }) => where === 'MSH-2'),
      wrong,
    );
  }
});

test('2.7: escape sequences stand for delimiters, bytes, line breaks and highlighting', () => {
  const text = (raw: string) => unescapeText(raw, usualDelimiters);
  assert.equal(text('\\F\\\\S\\\\T\\\\R\\\\E\\'), '|^&~\\');
  assert.equal(text('\\X41E9\\'), 'Aé');
  assert.equal(text('first\\.br\\second\\.sp2\\third'), 'first\nsecond\n\nthird');
  assert.equal(text('\\H\\loud\\N\\ \\.in+4\\quiet'), 'loud quiet');
});

test('2.7: sequences that are not agreed on, and lone escape characters, stay as they are', () => {
  for (const raw of ['\\Zlocal\\', 'C:\\images\\new', 'a\\', '\\', '\\C2842\\', '\\X4\\', '\\XYZ\\'])
    assert.equal(unescapeText(raw, usualDelimiters), raw);
  assert.equal(unescapeText('C:\\images\\F\\', usualDelimiters), 'C:\\images|');
});

test('2.7: text of ours is escaped so that it reads back, control characters as hexadecimal', () => {
  assert.equal(escapeText('a|b^c&d~e\\f\r\ng\x07'), 'a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f\\.br\\g\\X07\\');
});

test('segments that end in LF or CR LF, and a last one without an end, are read', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const message = readMessage(utf8([header, 'EVN|A08', 'PID|1||7'].join(end)));
    assert.deepEqual(
      message.segments.map(({ name }) => name),
      ['MSH', 'EVN', 'PID'],
    );
    assert.equal(message.findings.length, end === '\r' ? 0 : 1);
  }
});

test('what was not changed is given back byte for byte', () => {
  for (const bytes of [
    utf8(`\ufeff${header}\r\n\r\nPID|1||7\r\n`),
    latin1(`  ${header}\nPID|1||7||M\xfcller\n`),
    utf8(`${header}\rZXY|anything|goes\rOBX|1|TX|||two\nlines\r\r`),
  ])
    assert.deepEqual(readMessage(bytes).bytes, bytes);
});

test('a changed segment leaves the others, their ends and the character set as they were', () => {
  const message = readMessage(latin1(`${header}||||||8859/1\r\nPID|1||7||M\xfcller\r\nZXY|1\n`));
  const pid = message.segment('PID')!;
  const changed = message.replacing(pid, pid.with(8, 'F'));
  assert.deepEqual(changed.bytes, latin1(`${header}||||||8859/1\r\nPID|1||7||M\xfcller|||F\r\nZXY|1\n`));
});

test('a byte order mark and blanks before MSH are passed over', () => {
  assert.deepEqual(assumptions(utf8(`\ufeff${header}\r`)), ['MSH: nothing']);
  assert.deepEqual(assumptions(utf8(` \r\n${header}\r`)), ['MSH: nothing']);
});

test('a line that is no segment is the rest of the one before', () => {
  const message = readMessage(utf8(`${header}\rPID|1||7\rOBX|1|TX|||Dear colleague,\nthank you|F\r`));
  assert.equal(message.segment('OBX')!.text(5), 'Dear colleague,\nthank you');
  const broken = readMessage(utf8('MSH|^~\\&|RIS|RAD|||||QBP^Q23|TEST-\r\n40|P|2.5\rQPD|IHE PIX Query\r'));
  assert.equal(broken.header.messageControlId, 'TEST-40');
  assert.equal(broken.header.versionId, '2.5');
});

test('a message all on one line is cut at the names of its segments', () => {
  const message = readMessage(utf8(`${header}|| PID|1||7||TEST^ONE LINE PV1|2 OBR|1`));
  assert.deepEqual(
    message.segments.map(({ name }) => name),
    ['MSH', 'PID', 'PV1', 'OBR'],
  );
});

test('2.10.3: a batch is its messages, whatever stands around them', () => {
  const one = `${header}\rPID|1||7\r`;
  const { messages, header: batch } = readBatch(utf8(`FHS|^~\\&|A\rBHS|^~\\&|A\r${one}${one}BTS|2\rFTS|1\r`));
  assert.equal(batch?.name, 'FHS');
  assert.deepEqual(
    messages.map((message) => message.text),
    [one, one],
  );
  assert.equal(readBatch(utf8(one + one + one)).messages.length, 3);
});

test('what has no MSH segment is no message', () => {
  for (const text of ['', '\r', 'GET / HTTP/1.1\r\n\r\n', 'PID|1||7\r', 'BHS|^~\\&\rBTS|0\r']) {
    assert.throws(
      () => readMessage(utf8(text)),
      (error) => error instanceof Problem && error.code === 'hl7/unreadable',
    );
  }
});

test('unknown segments and Z segments are kept where they stand', () => {
  const message = readMessage(utf8(`${header}\rZFA|a^b\rXXX|1\rPID|1||7\rZ12\r`));
  assert.deepEqual(
    message.segments.map(({ name }) => name),
    ['MSH', 'ZFA', 'XXX', 'PID', 'Z12'],
  );
  assert.equal(message.segment('ZFA')!.text(1, 2), 'b');
});
