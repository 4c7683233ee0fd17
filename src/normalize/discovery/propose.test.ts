import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DataSet } from '../../dicom/dataset.ts';
import { attributeFacts } from '../acquisition/acquisition.ts';
import { printPrivateTag } from '../acquisition/private-tag.ts';
import { madeSeries } from '../acquisition/testing/made-series.ts';
import { accept, noMappings, withdraw } from './mapping-set.ts';
import { type Proposal, propose, trusted } from './propose.ts';
import { hiddenElements } from './testing/hidden-elements.ts';

for (const seed of [1, 2, 3]) {
  test(`of ten elements of three vendors drawn with seed ${seed} eight are found first, and nothing wrong is trusted`, () => {
    const { objects, truth } = hiddenElements(seed);
    const proposals = propose(objects);
    const best = (tag: string): Proposal | undefined => proposals.get(tag)?.[0];
    const missed = [...truth].filter(([tag, attribute]) => best(tag)?.attribute !== attribute);
    assert.ok(missed.length <= 2, JSON.stringify(missed.map(([tag, attribute]) => [attribute, best(tag)])));
    const wrong = [...proposals.keys()].filter(
      (tag) => best(tag)!.confidence >= trusted && truth.get(tag) !== best(tag)!.attribute,
    );
    assert.deepEqual(wrong, []);
  });
}

const element = { creator: 'UNKNOWN', group: 0x0077, element: 0x10, vr: 'DS' } as const;
const key = printPrivateTag(element);

/** Series of one plane, each with a protocol of its own. */
const archive = (count: number, of: (i: number) => { EchoTime: number; hidden: number }): DataSet[] =>
  Array.from({ length: count }, (_, i) => {
    const { EchoTime, hidden } = of(i);
    const attributes = { SeriesInstanceUID: `1.2.${i}`, EchoTime };
    return madeSeries({ slices: 1, attributes, privates: [[element, hidden]] })[0]!;
  });

const echoes = archive(12, (i) => ({ EchoTime: 10 + i * 7.5, hidden: (10 + i * 7.5) / 1000 }));

test('a proposal tells its evidence: how many instances, series and values, and how they vary', () => {
  const [best] = propose(echoes).get(key)!;
  assert.equal(best!.attribute, 'EchoTime');
  assert.deepEqual(best!.conversion, { kind: 'linear', scale: 1000 });
  const { instances, series, distinctValues, varies, coverage } = best!.evidence;
  assert.deepEqual([instances, series, distinctValues, varies, coverage], [12, 12, 12, 'by series', 1]);
  assert.ok(best!.confidence >= trusted);
});

test('two values in four series are no evidence to trust', () => {
  const few = archive(4, (i) => ({ EchoTime: i < 2 ? 20 : 30, hidden: i < 2 ? 20 : 30 }));
  const [best] = propose(few).get(key) ?? [];
  assert.ok((best?.confidence ?? 0) < trusted);
});

test('values that never change follow nothing', () => {
  assert.equal(propose(archive(12, () => ({ EchoTime: 30, hidden: 30 }))).get(key), undefined);
});

test('of two attributes with the same values neither is trusted', () => {
  const twins = echoes.map((object) => object.set('EffectiveEchoTime', object.number('EchoTime')!));
  const [first, second] = propose(twins).get(key)!;
  assert.deepEqual([first!.attribute, second!.attribute], ['EchoTime', 'EffectiveEchoTime']);
  assert.ok(first!.confidence < trusted);
});

test('what a person has accepted is a fact from then on, by its version, until it is withdrawn', () => {
  const [best] = propose(archive(12, (i) => ({ EchoTime: 10 + i, hidden: 10 + i }))).get(key)!;
  const first = accept(noMappings, best!, 'reader@north', '20260115120000');
  assert.equal(first.version, 1);
  const [object] = madeSeries({ slices: 1, privates: [[element, 42]] });
  object!.delete('EchoTime');
  const [fact] = attributeFacts(object!, first.mappings);
  assert.deepEqual(
    [fact!.attribute, fact!.value, fact!.sources],
    ['EchoTime', 42, [{ path: '00771010', creator: 'UNKNOWN' }]],
  );
  const again = accept(first, best!, 'other@north', '20260116120000');
  assert.deepEqual(
    again.mappings.map(({ since, acceptedBy }) => [since, acceptedBy]),
    [[2, 'other@north']],
  );
  assert.deepEqual(withdraw(again, element, 'EchoTime'), { version: 3, mappings: [] });
  assert.deepEqual(JSON.parse(JSON.stringify(first)), first);
});
