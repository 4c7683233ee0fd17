import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { campaignRounds, campaignSeed } from '../../../test/support/campaign/rounds.ts';
import { Random } from '../../identity/testing/random.ts';
import { caseCode } from '../case/case-code.ts';
import { type SampledReading, sampleReason } from './sample.ts';

const quality = { secondReadRate: 0.05, newStarterCases: 20, blind: true };
const macOf = (key: string) => (message: string) => new Uint8Array(createHmac('sha256', key).update(message).digest());

const reading = (code: string, over: Partial<SampledReading> = {}): SampledReading => ({
  case: code,
  reader: 'ada',
  facts: { modality: 'CT', bodyRegion: 'HEAD', readType: 'final' },
  readBefore: 1000,
  ...over,
});

/** How far counts are from an even rate, as chi-square, and above what it is by chance in one of ten thousand. */
function unevenness(drawn: readonly number[], of: readonly number[], rate: number): { chi: number; limit: number } {
  const chi = drawn.reduce((sum, count, at) => {
    const expected = of[at]! * rate;
    return sum + (count - expected) ** 2 / (expected * (1 - rate));
  }, 0);
  // Wilson and Hilferty: the chi-square distribution's cube root is nearly normal; 3.719 leaves 1 in 10,000.
  const freedom = drawn.length;
  const limit = freedom * (1 - 2 / (9 * freedom) + 3.719 * Math.sqrt(2 / (9 * freedom))) ** 3;
  return { chi, limit };
}

test('the draw favours and spares nobody: reader, hour, site and priority are drawn alike', () => {
  // All of it: `npm run campaign -- sampling 100000`.
  const runs = campaignRounds(20_000);
  const random = new Random(campaignSeed);
  const mac = macOf(`key ${campaignSeed}`);
  const sizes = { reader: 40, hour: 24, site: 100, priority: 4 };
  const tallies = Object.entries(sizes).map(([name, size]) => ({
    name,
    drawn: new Array<number>(size).fill(0),
    of: new Array<number>(size).fill(0),
  }));
  let drawn = 0;
  for (let run = 0; run < runs; run++) {
    const code = caseCode(Uint8Array.from({ length: 8 }, () => random.below(256)));
    const isDrawn = sampleReason(mac, reading(code), quality) === 'random';
    if (isDrawn) drawn += 1;
    for (const tally of tallies) {
      const at = random.below(tally.of.length);
      tally.of[at]! += 1;
      if (isDrawn) tally.drawn[at]! += 1;
    }
  }
  for (const { name, drawn: counts, of } of tallies) {
    const { chi, limit } = unevenness(counts, of, quality.secondReadRate);
    assert.ok(chi < limit, `${name}: chi-square ${chi.toFixed(1)} of at most ${limit.toFixed(1)}`);
  }
  const { chi, limit } = unevenness([drawn], [runs], quality.secondReadRate);
  assert.ok(chi < limit, `${drawn} of ${runs}`);
});

test('the test of evenness sees one who is spared', () => {
  const { chi, limit } = unevenness([50, 50, 50, 5], [1000, 1000, 1000, 1000], 0.05);
  assert.ok(chi > limit);
});

test('the answer for a case is always the same, and another without the key', () => {
  const codes = Array.from({ length: 2000 }, (_, at) => `CASE-${at}`);
  const drawnWith = (key: string) => codes.filter((code) => sampleReason(macOf(key), reading(code), quality));
  assert.deepEqual(drawnWith('a'), drawnWith('a'));
  assert.notDeepEqual(drawnWith('a'), drawnWith('b'));
});

test('all of the first readings of a new starter are read again, and the draw begins with the one after', () => {
  const never = { ...quality, secondReadRate: 0 };
  const reasons = [0, 19, 20].map((readBefore) => sampleReason(macOf('k'), reading('C', { readBefore }), never));
  assert.deepEqual(reasons, ['new-starter', 'new-starter', undefined]);
});

test('what is looked at more closely is drawn at its own rate, and nothing else is', () => {
  const targets = [
    { modality: 'MG', rate: 1 },
    { reader: 'ben', bodyRegion: 'CHEST', rate: 1 },
  ];
  const never = { ...quality, secondReadRate: 0 };
  const asked = (over: Partial<SampledReading>) => sampleReason(macOf('k'), reading('C', over), never, targets);
  assert.equal(asked({ facts: { modality: 'MG', readType: 'final' } }), 'targeted');
  assert.equal(asked({ reader: 'ben', facts: { modality: 'CT', bodyRegion: 'CHEST', readType: 'final' } }), 'targeted');
  assert.equal(asked({ reader: 'ben' }), undefined);
  assert.equal(asked({}), undefined);
});

test('second and trial readings are not drawn again', () => {
  for (const readType of ['second', 'trial'] as const) {
    const asked = reading('C', { readBefore: 0, facts: { modality: 'CT', readType } });
    assert.equal(sampleReason(macOf('k'), asked, { ...quality, secondReadRate: 1 }), undefined);
  }
});
