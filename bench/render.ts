// What rendering a frame costs: a CT slice of 512 x 512 from 16 to 8 bits, and the other forms. Prints milliseconds for
// each, the median of many; the goal for CT is below 2 ms. Run: npm run bench render

import { imageOf } from '../src/pixels/image.ts';
import { type RenderWish, renderFrame } from '../src/pixels/render.ts';
import { syntheticCt, syntheticImage } from '../src/pixels/testing/synthetic.ts';

const ROUNDS = 60;
const side = { rows: 512, columns: 512 };

type Case = [name: string, made: ReturnType<typeof syntheticImage>, wish?: RenderWish];

const cases: Case[] = [
  ['CT, 12 bits, window', syntheticCt()],
  ['CT, 12 bits, SIGMOID', syntheticCt(), { window: { center: 40, width: 400, function: 'SIGMOID' } }],
  ['16 bits signed, no window', syntheticImage({ ...side, signed: true })],
  [
    '16 bits signed, SIGMOID',
    syntheticImage({ ...side, signed: true }),
    { window: { center: 0, width: 9000, function: 'SIGMOID' } },
  ],
  ['32 bits, no window', syntheticImage({ ...side, bitsAllocated: 32 })],
  ['8 bits', syntheticImage({ ...side, bitsAllocated: 8 })],
  ['RGB, 8 bits', syntheticImage({ ...side, bitsAllocated: 8, photometricInterpretation: 'RGB' })],
  ['YBR_FULL, 8 bits', syntheticImage({ ...side, bitsAllocated: 8, photometricInterpretation: 'YBR_FULL' })],
];

for (const [name, { dataset, frames }, wish] of cases) {
  const image = imageOf(dataset);
  const times = Array.from({ length: ROUNDS }, () => {
    const started = performance.now();
    renderFrame(frames[0]!, image, 1, wish ?? {});
    return performance.now() - started;
  }).sort((a, b) => a - b);
  console.log(`${name}: ${times[ROUNDS >> 1]!.toFixed(2)} ms, at most ${times[ROUNDS - 1]!.toFixed(1)} ms`);
}
