import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Moments } from './moments.ts';
import { NodesById, personIdOf, ToldIds } from './person-ids.ts';
import { TextTable } from './text-table.ts';

test('a text has one number, and as many texts as there are stay apart', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (texts) => {
      const table = new TextTable();
      const known = new Map<string, number>();
      for (const text of texts) {
        assert.equal(table.find(text), known.get(text));
        if (!known.has(text)) known.set(text, known.size);
        assert.equal(table.number(text), known.get(text));
      }
      assert.deepEqual(table.texts, [...known.keys()]);
    }),
  );
  const many = new TextTable();
  for (let at = 0; at < 20_000; at++) assert.equal(many.number(`NORTH|${at}`), at);
  for (let at = 0; at < 20_000; at++) assert.equal(many.find(`NORTH|${at}`), at);
});

test('an id leads to the node that had it last, and what was told is told again as it was', () => {
  const [nodes, told] = [new NodesById(), new ToldIds()];
  const ids = Array.from({ length: 10_000 }, (_, at) => personIdOf(`SOUTH|${at}`));
  ids.forEach((id, node) => {
    assert.equal(nodes.get(id), undefined);
    nodes.set(id, node);
    told.set(node, id);
  });
  nodes.set(ids[3]!, 7);
  assert.deepEqual(
    ids.map((id) => nodes.get(id)),
    ids.map((_, node) => (node === 3 ? 7 : node)),
  );
  assert.deepEqual(
    ids.map((_, node) => told.get(node)),
    ids,
  );
  assert.equal(told.get(10_001), undefined);
});

test('moments are in the order of their texts, whichever way they are written', () => {
  const text = fc.oneof(
    fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => date.toISOString()),
    fc.constantFrom('', '2026', '2026-03-01', '2026-03-01T00:00:00Z', '2026-13-01T00:00:00.000Z', '19991231'),
  );
  fc.assert(
    fc.property(text, text, (one, other) => {
      const moments = new Moments();
      moments.set(0, 'something else');
      moments.set(0, one);
      moments.set(1, other);
      assert.deepEqual([moments.get(0), moments.get(1), moments.get(2)], [one, other, undefined]);
      assert.equal(Math.sign(moments.compare(0, 1)), one < other ? -1 : one > other ? 1 : 0);
    }),
  );
});
