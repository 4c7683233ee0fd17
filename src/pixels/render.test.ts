import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DataSet } from '../dicom/dataset.ts';
import { tag } from '../dicom/tag.ts';
import { imageOf } from './image.ts';
import { nativeFrame } from './native-frame.ts';
import { type RenderWish, renderFrame } from './render.ts';
import { bitPlane, type SyntheticOptions, syntheticImage, wordBytes } from './testing/synthetic.ts';

type Change = (dataset: DataSet) => void;

function rendered(options: SyntheticOptions, change: Change = () => {}, wish: RenderWish = {}, frame = 1) {
  const { dataset, frames } = syntheticImage(options);
  change(dataset);
  return renderFrame(frames[frame - 1]!, imageOf(dataset), frame, wish);
}

/** An image of one row with these stored values. */
const row = (values: number[], options: SyntheticOptions = {}): SyntheticOptions => ({
  rows: 1,
  columns: values.length,
  value: (_, column) => values[column]!,
  ...options,
});

const grays = (options: SyntheticOptions, change?: Change, wish?: RenderWish) => [
  ...rendered(options, change, wish).data,
];

describe('gray', () => {
  test('without a window, samples of more than 8 bits are spread from the least to the greatest of the frame', () => {
    assert.deepEqual(grays(row([1000, 1100, 1200])), [0, 128, 255]);
  });

  test('without a window, samples of 8 bits are shown as they are', () => {
    assert.deepEqual(grays(row([0, 60, 120], { bitsAllocated: 8 })), [0, 60, 120]);
  });

  test('padding is left out of that range and shown black', () => {
    const change: Change = (dataset) => dataset.set('PixelPaddingValue', 65535, 'US');
    assert.deepEqual(grays(row([1000, 65535, 1200]), change), [0, 0, 255]);
  });

  test('a window treats padding as other values, but in projection X-ray padding is black whatever the polarity', () => {
    const change: Change = (dataset) =>
      dataset.set('PixelPaddingValue', 0, 'US').set('WindowCenter', 0).set('WindowWidth', 100);
    const options = row([0, 30], { photometricInterpretation: 'MONOCHROME1' });
    assert.deepEqual(grays(options, change), [126, 49]);
    const mammogram: Change = (dataset) => {
      change(dataset);
      dataset.set('PresentationIntentType', 'FOR PRESENTATION');
    };
    assert.deepEqual(grays(options, mammogram), [0, 49]);
  });

  test('a window asked for takes the place of the image’s and counts after the rescale', () => {
    const change: Change = (dataset) =>
      dataset.set('RescaleIntercept', -1000).set('WindowCenter', 9).set('WindowWidth', 9);
    const window = { center: 100, width: 200, function: 'LINEAR_EXACT' } as const;
    assert.deepEqual(grays(row([1000, 1100, 1200]), change, { window }), [0, 128, 255]);
  });

  test('PS3.5 8.1.1: single bits, the first in the least significant', () => {
    const samples = nativeFrame(Uint8Array.of(0b1010_0000, 0b0000_0011), 5, imageOf(new DataSet()));
    assert.equal(samples[0]! & 0b1_1111, 0b1_1101);
    const bits = [1, 0, 1, 1, 0, 0, 0, 0, 1];
    assert.deepEqual(
      grays(row(bits, { bitsAllocated: 1 })),
      bits.map((bit) => bit * 255),
    );
  });

  test('a fractional segmentation is full where it has its Maximum Fractional Value', () => {
    const change: Change = (dataset) =>
      dataset.set('SegmentationType', 'FRACTIONAL').set('MaximumFractionalValue', 100);
    assert.deepEqual(grays(row([0, 50, 100], { bitsAllocated: 8 }), change), [0, 128, 255]);
  });

  test('of a label map, the highest label is the brightest', () => {
    const change: Change = (dataset) =>
      dataset.set('SegmentationType', 'LABELMAP').set(
        'SegmentSequence',
        [1, 3, 2].map((label) => new DataSet().set('SegmentNumber', label)),
      );
    assert.deepEqual(grays(row([0, 1, 3, 9], { bitsAllocated: 8 }), change), [0, 85, 255, 255]);
  });

  test('PS3.3 C.7.6.24: floating point pixels; what is no number is black', () => {
    const { dataset } = syntheticImage({ rows: 1, columns: 4, bitsAllocated: 32 });
    const samples = new Uint8Array(Float32Array.of(-0.5, 0, 0.5, Number.NaN).buffer);
    dataset.delete('PixelData');
    dataset.set('FloatPixelData', samples, 'OF');
    assert.deepEqual([...renderFrame(samples, imageOf(dataset), 1, {}).data], [0, 128, 255, 0]);
  });

  test('double floating point pixels through a window of a thousandth', () => {
    const { dataset } = syntheticImage({ rows: 1, columns: 3, bitsAllocated: 8 });
    const samples = new Uint8Array(Float64Array.of(0.001, 0.0015, 0.002).buffer);
    for (const key of ['PixelData', 'BitsAllocated', 'BitsStored', 'HighBit']) dataset.delete(key);
    dataset.set('DoubleFloatPixelData', samples, 'OD').set('WindowCenter', 0.0015).set('WindowWidth', 0.001);
    assert.deepEqual([...renderFrame(samples, imageOf(dataset), 1, {}).data], [0, 128, 255]);
  });

  test('samples at any place in their buffer', () => {
    const { dataset, frames } = syntheticImage(row([1, 2, 3]));
    const shifted = new Uint8Array(7);
    shifted.set(frames[0]!, 1);
    assert.deepEqual([...renderFrame(shifted.subarray(1), imageOf(dataset), 1, {}).data], [0, 128, 255]);
  });

  test('a frame that is too short is malformed', () => {
    const { dataset } = syntheticImage();
    assert.throws(() => renderFrame(new Uint8Array(10), imageOf(dataset), 1, {}), { code: 'request/malformed' });
  });
});

describe('colour', () => {
  const pixel = (options: SyntheticOptions, samples: number[], change?: Change) => {
    const value = (_row: number, _column: number, _frame: number, sample: number) => samples[sample]!;
    return [...rendered({ bitsAllocated: 8, rows: 1, columns: 1, ...options, value }, change).data];
  };

  test('PS3.3 C.7.6.3.1.2: YBR_FULL', () => {
    assert.deepEqual(pixel({ photometricInterpretation: 'YBR_FULL' }, [76, 85, 255]), [254, 0, 0]);
    assert.deepEqual(pixel({ photometricInterpretation: 'YBR_FULL' }, [100, 128, 128]), [100, 100, 100]);
  });

  test('PS3.3 C.7.6.3.1.2: YBR_PARTIAL has black at 16 and white at 235', () => {
    assert.deepEqual(pixel({ photometricInterpretation: 'YBR_PARTIAL_420' }, [16, 128, 128]), [0, 0, 0]);
    assert.deepEqual(pixel({ photometricInterpretation: 'YBR_PARTIAL_420' }, [235, 128, 128]), [255, 255, 255]);
  });

  test('PS3.3 C.7.6.3.1.2: natively, two pixels of 4:2:2 share their colour differences', () => {
    const { dataset } = syntheticImage({
      rows: 1,
      columns: 2,
      bitsAllocated: 8,
      photometricInterpretation: 'YBR_FULL_422',
    });
    const { data } = renderFrame(Uint8Array.of(76, 100, 128, 128), imageOf(dataset), 1, {});
    assert.deepEqual([...data], [76, 76, 76, 100, 100, 100]);
  });

  test('what a codec made RGB is taken as it is', () => {
    assert.deepEqual(pixel({ photometricInterpretation: 'YBR_RCT' }, [1, 2, 3]), [1, 2, 3]);
  });

  test('PS3.3 C.7.6.19: a supplemental palette colours the values it maps and leaves the others gray', () => {
    const change: Change = (dataset) => {
      for (const [i, colour] of ['Red', 'Green', 'Blue'].entries()) {
        dataset.set(`${colour}PaletteColorLookupTableDescriptor`, [2, 200, 8], 'US');
        dataset.set(`${colour}PaletteColorLookupTableData`, Uint8Array.of(10 + i, 20 + i), 'OW');
      }
    };
    const options = row([100, 200, 201], { bitsAllocated: 8 });
    assert.deepEqual(grays(options, change), [100, 200, 201], 'not asked for');
    const coloured: Change = (dataset) => {
      change(dataset);
      dataset.set('PixelPresentation', 'COLOR');
    };
    assert.deepEqual(grays(options, coloured), [100, 100, 100, 10, 11, 12, 20, 21, 22]);
  });
});

describe('overlays and shutters', () => {
  const square = { rows: 4, columns: 4, bitsAllocated: 8, value: () => 7 } as const;

  const overlay =
    (elements: Record<number, [number | string | Uint8Array | number[], 'US' | 'CS' | 'SS' | 'OW' | 'IS']>): Change =>
    (dataset) => {
      dataset.set(tag(0x6000, 0x0010), 4, 'US').set(tag(0x6000, 0x0011), 4, 'US');
      dataset.set(tag(0x6000, 0x0040), 'G', 'CS').set(tag(0x6000, 0x0050), [1, 1], 'SS');
      for (const [element, [value, vr]] of Object.entries(elements))
        dataset.set(tag(0x6000, Number(element)), value, vr);
    };

  test('PS3.3 C.9.3: each frame has its own plane of a multi-frame overlay, from Image Frame Origin on', () => {
    const planes = bitPlane(8, 4, (r, c) => (r === 0 && c === 0) || (r === 5 && c === 1));
    const change = overlay({ 12288: [planes, 'OW'], 21: ['2', 'IS'], 81: [2, 'US'] });
    const white = [1, 2, 3].map((frame) => rendered({ ...square, frames: 3 }, change, {}, frame).data.indexOf(255));
    assert.deepEqual(white, [-1, 0, 5]);
  });

  test('a region of interest is outlined, so that it does not hide what it marks', () => {
    const region = bitPlane(4, 4, (r, c) => r < 3 && c < 3);
    const { data } = rendered(square, overlay({ 12288: [region, 'OW'], 64: ['R', 'CS'] }));
    assert.deepEqual([...data], [255, 255, 255, 7, 255, 7, 255, 7, 255, 255, 255, 7, 7, 7, 7, 7]);
  });

  test('overlays can be left out', () => {
    const all = bitPlane(4, 4, () => true);
    assert.ok(
      rendered(square, overlay({ 12288: [all, 'OW'] }), { overlays: false }).data.every((value) => value === 7),
    );
  });

  const shutters: [string, Change, number[]][] = [
    [
      'RECTANGULAR',
      (d) =>
        d
          .set('ShutterLeftVerticalEdge', 2)
          .set('ShutterRightVerticalEdge', 3)
          .set('ShutterUpperHorizontalEdge', 1)
          .set('ShutterLowerHorizontalEdge', 2),
      [5, 7, 7, 5, 5, 7, 7, 5, 5, 5, 5, 5, 5, 5, 5, 5],
    ],
    [
      'CIRCULAR',
      (d) => d.set('CenterOfCircularShutter', [2, 2]).set('RadiusOfCircularShutter', 1),
      [5, 7, 5, 5, 7, 7, 7, 5, 5, 7, 5, 5, 5, 5, 5, 5],
    ],
    [
      'POLYGONAL',
      (d) => d.set('VerticesOfThePolygonalShutter', [0, 0, 0, 3.5, 3.5, 0]),
      [7, 7, 5, 5, 7, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5],
    ],
  ];
  for (const [shape, change, expected] of shutters) {
    test(`PS3.3 C.7.6.11: what a ${shape} shutter covers has its presentation value`, () => {
      const { data } = rendered(square, (dataset) => {
        change(dataset);
        dataset.set('ShutterShape', shape).set('ShutterPresentationValue', 5 * 257);
      });
      assert.deepEqual([...data], expected);
    });
  }
});

test('PS3.3 10.7.1.3: pixels twice as high as wide make an image of twice the rows, and the other way round', () => {
  const change =
    (spacing: number[]): Change =>
    (dataset) =>
      dataset.set('PixelSpacing', spacing);
  const size = ({ width, height, data }: { width: number; height: number; data: Uint8Array }) => [
    width,
    height,
    data.length,
  ];
  const options = { rows: 4, columns: 6, bitsAllocated: 8 } as const;
  assert.deepEqual(size(rendered(options, change([2, 1]))), [6, 8, 48]);
  assert.deepEqual(size(rendered(options, change([1, 2]))), [12, 4, 48]);
  assert.deepEqual(size(rendered(options, change([2, 1]), { squarePixels: false })), [6, 4, 24]);
  assert.deepEqual(size(rendered({ ...options, rows: 200 }, change([1.005, 1]))), [6, 200, 1200], 'nobody sees it');
  assert.deepEqual(size(rendered(options, change([5000, 1]))), [6, 4, 24], 'what nobody builds is not believed');
});

test('a Palette Color image of 16 bits, and one whose values lie outside its table', () => {
  const change: Change = (dataset) => {
    for (const colour of ['Red', 'Green', 'Blue']) {
      dataset.set(`${colour}PaletteColorLookupTableDescriptor`, [3, 1000, 16], 'US');
      dataset.set(`${colour}PaletteColorLookupTableData`, wordBytes([0x1000, 0x2000, 0xffff]), 'OW');
    }
  };
  const options = row([0, 1001, 2000], { photometricInterpretation: 'PALETTE COLOR' });
  assert.deepEqual(grays(options, change), [16, 16, 16, 32, 32, 32, 255, 255, 255]);
});
