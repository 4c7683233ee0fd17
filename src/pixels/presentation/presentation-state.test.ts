import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet } from '../../dicom/dataset.ts';
import { tag } from '../../dicom/tag.ts';
import { imageOf } from '../image.ts';
import { renderFrame } from '../render.ts';
import { bitPlane, syntheticImage } from '../testing/synthetic.ts';
import { syntheticState } from '../testing/synthetic-state.ts';
import { graphicsSvg } from './graphics-svg.ts';
import { presentationStateOf } from './presentation-state.ts';

type Change = (dataset: DataSet) => void;

/** An image of 4 by 6 pixels, each its own gray, as a state shows it. */
function shown(changeState: Change, changeImage: Change = () => {}) {
  const { dataset, frames } = syntheticImage({ rows: 4, columns: 6, bitsAllocated: 8, value: (r, c) => r * 10 + c });
  changeImage(dataset);
  const state = syntheticState(dataset);
  changeState(state);
  return renderFrame(frames[0]!, imageOf(dataset), 1, { presentation: presentationStateOf(state) });
}

const area = (left: number, top: number, right: number, bottom: number): DataSet =>
  new DataSet()
    .set('DisplayedAreaTopLeftHandCorner', [left, top])
    .set('DisplayedAreaBottomRightHandCorner', [right, bottom])
    .set('PresentationSizeMode', 'SCALE TO FIT')
    .set('PresentationPixelAspectRatio', [1, 1]);

const drawn = (object: DataSet, units = 'PIXEL'): Change => {
  object.set('GraphicAnnotationUnits', units);
  const annotation = new DataSet().set('GraphicLayer', 'ONE').set('GraphicObjectSequence', [object]);
  return (state) => state.set('GraphicAnnotationSequence', [annotation]);
};
const line = (points: number[]) => new DataSet().set('GraphicType', 'POLYLINE').set('GraphicData', points);

test('PS3.3 C.10.4: the displayed area is cut out, black where it reaches beyond the image', () => {
  const { width, height, data } = shown((state) => state.set('DisplayedAreaSelectionSequence', [area(5, 2, 7, 3)]));
  assert.deepEqual([width, height, ...data], [3, 2, 14, 15, 0, 24, 25, 0]);
});

test('an area of another image is not followed, nor one of a million times the image', () => {
  const other = new DataSet().set('ReferencedSOPInstanceUID', '2.25.1');
  const areas = [area(1, 1, 1, 1).set('ReferencedImageSequence', [other]), area(-100_000, 1, 100_000, 100_000)];
  assert.equal(shown((state) => state.set('DisplayedAreaSelectionSequence', areas)).data.length, 24);
});

test('PS3.3 C.10.6: the image is turned clockwise, then flipped', () => {
  const { width, height, data } = shown((state) => state.set('ImageRotation', 90).set('ImageHorizontalFlip', 'Y'));
  assert.deepEqual([width, height, ...data.subarray(0, 8)], [4, 6, 0, 10, 20, 30, 1, 11, 21, 31]);
});

test('graphics lie where their pixels went: cut, turned and flipped with them', () => {
  const { graphics } = shown((state) => {
    drawn(line([1, 0, 5, 4]))(state);
    state.set('DisplayedAreaSelectionSequence', [area(2, 1, 6, 4)]);
    state.set('ImageRotation', 90);
  });
  assert.deepEqual(graphics, [
    { kind: 'shape', type: 'POLYLINE', points: [4, 0, 0, 4], filled: false, rgb: [255, 255, 255] },
  ]);
});

test('PS3.3 C.10.5.1: DISPLAY units are shares of what is displayed', () => {
  const { graphics } = shown(drawn(line([0, 0, 0.5, 1]), 'DISPLAY'));
  assert.deepEqual(graphics[0]?.kind === 'shape' && graphics[0].points, [0, 0, 3, 4]);
});

test('graphics of other images are left out, layers are drawn in their order and colour', () => {
  const item = (layer: string, uid: string) =>
    new DataSet()
      .set('GraphicLayer', layer)
      .set('ReferencedImageSequence', [new DataSet().set('ReferencedSOPInstanceUID', uid)])
      .set('GraphicObjectSequence', [line([0, 0, 1, 1]).set('GraphicAnnotationUnits', 'PIXEL')]);
  const layer = (name: string, order: number, gray: number) =>
    new DataSet()
      .set('GraphicLayer', name)
      .set('GraphicLayerOrder', order)
      .set('GraphicLayerRecommendedDisplayGrayscaleValue', gray);
  const { graphics } = shown((state) =>
    state
      .set('GraphicLayerSequence', [layer('LAST', 2, 0xffff), layer('FIRST', 1, 0x8080)])
      .set('GraphicAnnotationSequence', [item('LAST', '2.25.700'), item('FIRST', '2.25.700'), item('FIRST', '2.25.1')]),
  );
  assert.deepEqual(
    graphics.map(({ rgb }) => rgb[0]),
    [128, 255],
  );
});

test('text is set in its box or at its anchor, line by line, and none of it becomes markup', () => {
  const boxed = new DataSet()
    .set('UnformattedTextValue', 'a < b\r\n"c" & d')
    .set('BoundingBoxAnnotationUnits', 'PIXEL')
    .set('BoundingBoxTopLeftHandCorner', [1, 1])
    .set('BoundingBoxBottomRightHandCorner', [5, 3])
    .set('BoundingBoxTextHorizontalJustification', 'CENTER');
  const annotation = new DataSet().set('GraphicLayer', 'ONE').set('TextObjectSequence', [boxed]);
  const { graphics, width, height } = shown((state) => state.set('GraphicAnnotationSequence', [annotation]));
  assert.deepEqual(graphics, [
    { kind: 'text', lines: ['a < b', '"c" & d'], x: 3, y: 1, align: 'CENTER', height: 2, rgb: [255, 255, 255] },
  ]);
  const svg = graphicsSvg(graphics, width, height);
  assert.match(svg, /text-anchor="middle".*a &lt; b<.*&quot;c&quot; &amp; d</);
});

test('every Graphic Type becomes a shape of SVG', () => {
  const types = { POINT: 'circle', POLYLINE: 'polyline', INTERPOLATED: 'path', CIRCLE: 'circle', ELLIPSE: 'ellipse' };
  for (const [type, shape] of Object.entries(types)) {
    const object = line([1, 1, 3, 1, 2, 0, 2, 2]).set('GraphicType', type);
    const { graphics } = shown(drawn(object));
    assert.match(graphicsSvg(graphics, 6, 4), new RegExp(`<${shape} `));
  }
  const { graphics } = shown(drawn(line([1, 1, 3, 1, 2, 0, 2, 2]).set('GraphicType', 'ELLIPSE')));
  assert.match(graphicsSvg(graphics, 6, 4), /cx="2" cy="1" rx="1" ry="1"/);
});

test('PS3.3 C.11.7: an overlay of the image is shown where the state activates it', () => {
  const withOverlay: Change = (dataset) => {
    dataset.set(tag(0x6000, 0x0010), 4, 'US').set(tag(0x6000, 0x0011), 6, 'US').set(tag(0x6000, 0x0040), 'G', 'CS');
    dataset.set(
      tag(0x6000, 0x3000),
      bitPlane(4, 6, (r, c) => r === 0 && c === 2),
      'OW',
    );
  };
  assert.equal(shown(() => {}, withOverlay).data[2], 2);
  assert.equal(shown((state) => state.set(tag(0x6000, 0x1001), 'ONE', 'CS'), withOverlay).data[2], 255);
});

test('PS3.3 C.7.6.15: a bitmap shutter covers the set bits of its overlay', () => {
  const { data } = shown((state) => {
    state.set(tag(0x6002, 0x0010), 4, 'US').set(tag(0x6002, 0x0011), 6, 'US').set(tag(0x6002, 0x0040), 'G', 'CS');
    state.set(
      tag(0x6002, 0x3000),
      bitPlane(4, 6, (r, c) => r === 1 && c === 1),
      'OW',
    );
    state.set('ShutterShape', 'BITMAP').set('ShutterOverlayGroup', 0x6002).set('ShutterPresentationValue', 0xffff);
  });
  assert.deepEqual([...data.subarray(6, 9)], [10, 255, 12]);
});

test('PS3.3 C.11.13: a pseudo-colour state spreads full output over its palette', () => {
  const { channels, data } = shown((state) => {
    for (const [i, colour] of ['Red', 'Green', 'Blue'].entries()) {
      state.set(`${colour}PaletteColorLookupTableDescriptor`, [256, 0, 8], 'US');
      state.set(
        `${colour}PaletteColorLookupTableData`,
        Uint8Array.from({ length: 256 }, (_, n) => (i === 0 ? n : i)),
        'OW',
      );
    }
  });
  assert.deepEqual([channels, ...data.subarray(3, 6)], [3, 1, 1, 2]);
});

test('PS3.3 C.11.14: a blending state names what lies below, what above and how much of it is seen', () => {
  const item = (position: string, uid: string) => {
    const reference = new DataSet().set('ReferencedSOPInstanceUID', uid);
    const series = new DataSet().set('ReferencedImageSequence', [reference]);
    return new DataSet().set('BlendingPosition', position).set('ReferencedSeriesSequence', [series]);
  };
  const state = new DataSet()
    .set('RelativeOpacity', 0.25)
    .set('BlendingSequence', [item('UNDERLYING', '2.25.1'), item('SUPERIMPOSED', '2.25.2')]);
  assert.deepEqual(presentationStateOf(state).blending, {
    relativeOpacity: 0.25,
    underlying: [{ sopInstanceUid: '2.25.1' }],
    superimposed: [{ sopInstanceUid: '2.25.2' }],
  });
});
