import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../base/problem.ts';
import { acknowledgements } from './acknowledgement.ts';
import { readMessage } from './reader.ts';

const answering = { controlId: () => '9', now: () => '2026-11-23T10:00:00.000Z' };
const order = (modes: string, control = 'NW') =>
  readMessage(
    new TextEncoder().encode(
      [`MSH|^~\\&|RIS|RAD|||20261123||OMI^O23^OMI_O23|1|P|2.5.1|||${modes}`, `ORC|${control}|P1^RIS|F1`].join('\r'),
    ),
  );
const segmentsOf = (message: ReturnType<typeof readMessage>, problem?: Problem) =>
  acknowledgements(message, problem ? { problem } : {}, answering).map(({ segments }) =>
    segments.filter(({ name }) => name !== 'ERR').map((each) => (each.name === 'MSH' ? each.field(9) : each.raw)),
  );

test('2.9.3: the application answers an order by its response, which names each order', () => {
  assert.deepEqual(segmentsOf(order('NE|AL')), [['ORI^O24^ORI_O24', 'MSA|AA|1', 'ORC|OK|P1^RIS|F1']]);
  assert.deepEqual(segmentsOf(order('NE|AL', 'CA')), [['ORI^O24^ORI_O24', 'MSA|AA|1', 'ORC|CR|P1^RIS|F1']]);
  const problem = new Problem('hl7/missing-field', { field: 'PID-3' });
  assert.match(segmentsOf(order('NE|AL', 'CA'), problem)[0]!.join(), /^ORI.*MSA\|AE\|1.*ORC\|UC\|P1\^RIS\|F1$/);
});

test('IHE RAD-2: in original mode, and for safe storage, it is ACK', () => {
  assert.deepEqual(segmentsOf(order('|')), [['ACK^O23^ACK', 'MSA|AA|1']]);
  assert.deepEqual(segmentsOf(order('AL|NE')), [['ACK^O23^ACK', 'MSA|CA|1']]);
});
