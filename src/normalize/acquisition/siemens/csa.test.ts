import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { csaHeader, protocolText } from '../testing/made-series.ts';
import { readCsa } from './csa.ts';
import { readProtocol } from './protocol.ts';

test('what is written in the SV10 layout is read again', () => {
  const name = fc.stringMatching(/^[A-Za-z]{1,40}$/);
  const value = fc.stringMatching(/^[!-~]{1,30}$/);
  fc.assert(
    fc.property(fc.dictionary(name, fc.array(value, { maxLength: 8 }), { maxKeys: 12 }), (values) => {
      const header = readCsa(csaHeader(values));
      for (const [key, list] of Object.entries(values)) assert.deepEqual(header.texts(key), list);
    }),
  );
});

test('the plain layout of software A counts lengths from that of its first value', () => {
  const bytes = new Uint8Array(8 + 84 + 16 + 8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 1, true);
  bytes.set(new TextEncoder().encode('EchoLine'), 8);
  view.setUint32(8 + 76, 2, true);
  const both = new Uint8Array(8 + 84 + 32 + 4);
  both.set(bytes.subarray(0, 92));
  const fields = new DataView(both.buffer);
  fields.setInt32(92, 77, true);
  fields.setInt32(108, 77 + 3, true);
  both.set(new TextEncoder().encode('36'), 124);
  assert.deepEqual(readCsa(both).texts('EchoLine'), ['36']);
});

test('no bytes make the reader fail or go on for ever', () => {
  const damaged = fc.tuple(fc.uint8Array({ maxLength: 400 }), fc.boolean());
  fc.assert(
    fc.property(damaged, ([noise, named]) => {
      const whole = csaHeader({ B_value: ['1000'], MosaicRefAcqTimes: [1, 2, 3] });
      whole.set(noise.subarray(0, whole.length - 16), named ? 16 : 0);
      readCsa(whole);
      readCsa(noise);
    }),
  );
});

test('a protocol has decimal and hexadecimal numbers, and texts without their quotation marks', () => {
  const lines = {
    'sKSpace.lBaseResolution': 72,
    'sKSpace.ucPhasePartialFourier': '0x10',
    tSequenceFileName: '""%SiemensSeq%\\ep2d""',
  };
  const protocol = readProtocol(protocolText(lines))!;
  assert.equal(protocol.number('sKSpace.lBaseResolution'), 72);
  assert.equal(protocol.number('sKSpace.ucPhasePartialFourier'), 16);
  assert.equal(protocol.text('tSequenceFileName'), '%SiemensSeq%\\ep2d');
  assert.equal(protocol.number('tSequenceFileName'), undefined);
  assert.equal(readProtocol('<XProtocol>'), undefined);
});
