// Attributes of any value, as senders that are broken or mean harm would write them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../base/problem.ts';
import { DataSet } from '../dicom/dataset.ts';
import { imageOf } from './image.ts';
import { presentationStateOf } from './presentation/presentation-state.ts';
import { type Rendered, renderFrame } from './render.ts';
import { syntheticImage } from './testing/synthetic.ts';

const word = fc.integer({ min: 0, max: 0xffff });
const few = fc.integer({ min: 0, max: 20 });
const interpretations = ['MONOCHROME1', 'MONOCHROME2', 'PALETTE COLOR', 'RGB', 'YBR_FULL', 'YBR_FULL_422', 'HSV', ''];
const descriptor = fc.array(word, { maxLength: 4 });
const data = fc.uint8Array({ maxLength: 40 });

/** Each attribute may be replaced by one of these; undefined leaves it as it is. */
const attributes: Record<string, fc.Arbitrary<string | number | number[] | Uint8Array>> = {
  Rows: few,
  Columns: few,
  SamplesPerPixel: fc.integer({ min: 0, max: 4 }),
  BitsAllocated: fc.oneof(fc.constantFrom(0, 1, 2, 8, 12, 16, 24, 32, 64), word),
  BitsStored: fc.oneof(few, word),
  HighBit: fc.oneof(few, word),
  PixelRepresentation: fc.integer({ min: 0, max: 3 }),
  PlanarConfiguration: fc.integer({ min: 0, max: 3 }),
  PhotometricInterpretation: fc.constantFrom(...interpretations),
  NumberOfFrames: fc.constantFrom('0', '-1', '2', '2147483647'),
  WindowCenter: fc.constantFrom('0', '-1e30', '1e300', '40'),
  WindowWidth: fc.constantFrom('0', '-5', '1e-30', '1e300', '400'),
  RescaleSlope: fc.constantFrom('0', '-1', '1e-300', '1e300'),
  PixelSpacing: fc.constantFrom('1\\2', '0\\0', '1e-9\\1', '-1\\1'),
  PixelPaddingValue: word,
  ShutterShape: fc.constantFrom('RECTANGULAR', 'CIRCULAR', 'POLYGONAL', 'RECTANGULAR\\POLYGONAL'),
  VerticesOfThePolygonalShutter: fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 12 }),
  RedPaletteColorLookupTableDescriptor: descriptor,
  GreenPaletteColorLookupTableDescriptor: descriptor,
  BluePaletteColorLookupTableDescriptor: descriptor,
  RedPaletteColorLookupTableData: data,
  GreenPaletteColorLookupTableData: data,
  SegmentedBluePaletteColorLookupTableData: data,
  ImageRotation: word,
  PresentationLUTShape: fc.constantFrom('INVERSE', 'IDENTITY', 'X'),
};

const changes = fc.record(
  Object.fromEntries(Object.entries(attributes).map(([key, values]) => [key, fc.option(values, { nil: undefined })])),
);

test('whatever the attributes say, a frame is rendered whole or refused as malformed', () => {
  fc.assert(
    fc.property(changes, fc.integer({ min: -2, max: 9 }), (changed, frame) => {
      const { dataset, frames } = syntheticImage({ rows: 20, columns: 20 });
      for (const [key, value] of Object.entries(changed)) if (value !== undefined) dataset.set(key, value);
      const presentation = frame > 5 ? presentationStateOf(dataset) : undefined;
      let rendered: Rendered;
      try {
        rendered = renderFrame(frames[0]!, imageOf(dataset), frame, { presentation });
      } catch (thrown) {
        assert.ok(thrown instanceof Problem && thrown.code === 'request/malformed', String(thrown));
        return;
      }
      assert.equal(rendered.data.length, rendered.width * rendered.height * rendered.channels);
    }),
    { numRuns: 500 },
  );
});

test('an area, a shutter or a rotation that nobody can mean is refused in time and room', () => {
  const area = new DataSet()
    .set('DisplayedAreaTopLeftHandCorner', [-2_000_000_000, -2_000_000_000])
    .set('DisplayedAreaBottomRightHandCorner', [2_000_000_000, 2_000_000_000]);
  const state = new DataSet()
    .set('DisplayedAreaSelectionSequence', [area])
    .set('ShutterShape', 'POLYGONAL')
    .set(
      'VerticesOfThePolygonalShutter',
      Array.from({ length: 20_000 }, (_, i) => i % 97),
    );
  const { dataset, frames } = syntheticImage({ rows: 512, columns: 512 });
  const { width, height } = renderFrame(frames[0]!, imageOf(dataset), 1, { presentation: presentationStateOf(state) });
  assert.deepEqual([width, height], [512, 512]);
});
