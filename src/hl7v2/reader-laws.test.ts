import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fuzzRuns } from '../../test/support/fuzz-runs.ts';
import { Problem } from '../base/problem.ts';
import { acknowledgements } from './acknowledgement.ts';
import { usualDelimiters } from './delimiters.ts';
import { escapeText, unescapeText } from './escape.ts';
import { faultOf } from './message-types.ts';
import { readBatch, readMessage } from './reader.ts';

const answering = { controlId: () => 'ID1', now: () => '2026-11-23T04:05:06.000Z' };

test('law: any text, escaped and unescaped, is the same, its line breaks as LF', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      assert.equal(unescapeText(escapeText(text), usualDelimiters), text.replace(/\r\n?/g, '\n'));
    }),
  );
});

const pieces = fc.oneof(
  fc.constantFrom(
    'MSH|^~\\&|',
    'MSH',
    'PID|',
    'MRG|',
    'BHS|',
    '\r',
    '\n',
    '|',
    '^',
    '~',
    '\\',
    '&',
    '""',
    '\x1b$B',
    '\x0b',
  ),
  fc.string({ maxLength: 6 }),
);
const start = 'MSH|^~\\&|RIS|RAD|FASCIA|HUB|20261123||ADT^A08^ADT_A01|42|P|2.5.1||||||UNICODE UTF-8\rPID|1||7^^^A\r';
const mutated = fc
  .tuple(fc.array(pieces, { maxLength: 12 }), fc.nat(start.length), fc.nat(20))
  .map(([put, at, leaveOut]) => start.slice(0, at) + put.join('') + start.slice(at + leaveOut));
const bytes = fc.oneof(
  { weight: 4, arbitrary: mutated.map((text) => new TextEncoder().encode(text)) },
  { weight: 1, arbitrary: mutated.map((text) => Uint8Array.from(text, (character) => character.charCodeAt(0))) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
);

test('fuzz: mutated bytes are messages or hl7/unreadable, and each message is acknowledged in a message that reads', () => {
  fc.assert(
    fc.property(bytes, (input) => {
      let messages: readonly ReturnType<typeof readMessage>[];
      try {
        ({ messages } = readBatch(input));
      } catch (thrown) {
        assert.ok(thrown instanceof Problem && thrown.code === 'hl7/unreadable', String(thrown));
        return;
      }
      if (messages.length === 1) assert.deepEqual(messages[0]!.bytes, input);
      for (const message of messages) {
        const problem = faultOf(message);
        for (const answer of acknowledgements(message, problem === undefined ? {} : { problem }, answering)) {
          const read = readMessage(answer.bytes);
          assert.deepEqual(read.findings, []);
          assert.match(read.segment('MSA')!.text(1), /^[AC][AER]$/);
        }
      }
    }),
    { numRuns: fuzzRuns(1_000) },
  );
});
