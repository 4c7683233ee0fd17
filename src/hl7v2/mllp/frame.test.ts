import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts';
import { type FrameEvent, FrameReader, frame } from './frame.ts';

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const words = (events: readonly FrameEvent[]) =>
  events.map((event) => (event.kind === 'message' ? String.fromCharCode(...event.bytes) : event.kind));
const read = (text: string, messageBytes = 100) => words(new FrameReader({ messageBytes }).push(bytes(text)));

test('MLLP: several messages in one packet are several messages', () => {
  assert.deepEqual(read('\x0bone\x1c\r\x0btwo\x1c\r\x0bthr'), ['one', 'two']);
});

test('MLLP: what stands between frames is passed over, and counted', () => {
  const reader = new FrameReader({ messageBytes: 100 });
  assert.deepEqual(words(reader.push(bytes('noise\x0bone\x1c\r\n\r\n \x0btwo\x1c'))), ['one', 'two']);
  assert.equal(reader.garbageBytes, 0);
  assert.deepEqual(reader.push(bytes('\rGET / HTTP/1.1\r\n')), []);
  assert.equal(reader.garbageBytes, 16);
});

test('MLLP: an end block without a carriage return ends a message', () => {
  assert.deepEqual(read('\x0bone\x1c\x0btwo\x1c'), ['one', 'two']);
});

test('MLLP: a message without an end block is not taken for one', () => {
  assert.deepEqual(read('\x0bone\x0btwo\x1c\r'), ['unfinished', 'two']);
});

test('MLLP: a message over the limit is told once, and the next is read', () => {
  const reader = new FrameReader({ messageBytes: 5 });
  const events = [...'\x0bMSH|123456789\x1c\r\x0bnext\x1c\r'].flatMap((each) => reader.push(bytes(each)));
  assert.deepEqual(words(events), ['too-large', 'next']);
  assert.ok(events[0]!.kind === 'too-large' && String.fromCharCode(...events[0]!.head) === 'MSH|1');
});

test('fuzz: messages in frames are the same however the packets cut them, and whatever stands between', () => {
  const message = fc.uint8Array({ maxLength: 40 }).map((all) => all.filter((byte) => byte !== 0x0b && byte !== 0x1c));
  const noise = fc.uint8Array({ maxLength: 6 }).map((all) => all.filter((byte) => byte !== 0x0b));
  fc.assert(
    fc.property(fc.array(fc.tuple(noise, message)), fc.array(fc.nat(60)), (sent, cuts) => {
      const stream = Uint8Array.from(sent.flatMap(([before, content]) => [...before, ...frame(content)]));
      const reader = new FrameReader({ messageBytes: 40 });
      const events: FrameEvent[] = [];
      let from = 0;
      for (const cut of [...cuts, stream.length]) {
        events.push(...reader.push(stream.subarray(from, from + cut)));
        from += cut;
      }
      events.push(...reader.push(stream.subarray(from)));
      assert.deepEqual(
        events,
        sent.map(([, content]) => ({ kind: 'message', bytes: content })),
      );
      assert.equal(reader.isWithin, false);
    }),
    { numRuns: fuzzRuns(300) },
  );
});

test('fuzz: any bytes are read without holding more than the limit', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.oneof(fc.nat(255), fc.constantFrom(0x0b, 0x1c, 0x0d)))), (chunks) => {
      const reader = new FrameReader({ messageBytes: 16 });
      for (const chunk of chunks) {
        for (const event of reader.push(Uint8Array.from(chunk)))
          assert.ok(event.kind !== 'message' || event.bytes.length <= 16);
        assert.ok(reader.heldBytes <= 16);
      }
    }),
    { numRuns: fuzzRuns(300) },
  );
});
