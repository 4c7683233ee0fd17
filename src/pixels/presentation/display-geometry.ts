// Which part of an image a presentation state shows, how it is turned, and where its points come to lie. PS3.3 C.10.4
// (Displayed Area), C.10.6 (Spatial Transformation).

import type { DataSet } from '../../dicom/dataset.ts';
import type { Raster } from '../raster.ts';
import { squareSize } from '../resample.ts';
import { appliesTo, type ImageReference, referencesOf } from './image-reference.ts';

export interface DisplayedArea {
  references?: ImageReference[];
  /** Pixels of the image, counted from 1, both included; may reach beyond it. */
  left: number;
  top: number;
  right: number;
  bottom: number;
  sizeMode: 'SCALE TO FIT' | 'TRUE SIZE' | 'MAGNIFY';
  /** Of MAGNIFY: pixels of the display for one of the image. */
  magnification?: number;
  /** Height of a pixel divided by its width, in place of the image's. */
  pixelAspect?: number;
}

export interface SpatialTransformation {
  /** Clockwise, before the flip. */
  rotation: 0 | 90 | 180 | 270;
  horizontalFlip: boolean;
}

export const limits = {
  /** An area that asks for more pixels around the image than this many times its own is not followed. */
  areaTimesImage: 16,
};

export function displayedAreasOf(dataset: DataSet): DisplayedArea[] {
  return dataset.items('DisplayedAreaSelectionSequence').flatMap((item) => {
    const [x1, y1] = item.numbers('DisplayedAreaTopLeftHandCorner');
    const [x2, y2] = item.numbers('DisplayedAreaBottomRightHandCorner');
    if (x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined) return [];
    const [vertical, horizontal] = [
      item.numbers('PresentationPixelSpacing'),
      item.numbers('PresentationPixelAspectRatio'),
    ].find((pair) => pair.length === 2 && pair.every((number) => number > 0)) ?? [1, 1];
    const mode = item.text('PresentationSizeMode');
    return [
      {
        references: referencesOf(item),
        // C.10.4: the corners are those after the transformation, in places before it: either may be the smaller.
        left: Math.min(x1, x2),
        top: Math.min(y1, y2),
        right: Math.max(x1, x2),
        bottom: Math.max(y1, y2),
        sizeMode: mode === 'TRUE SIZE' || mode === 'MAGNIFY' ? mode : ('SCALE TO FIT' as const),
        magnification: item.number('PresentationPixelMagnificationRatio'),
        pixelAspect: vertical! / horizontal!,
      },
    ];
  });
}

export function spatialTransformationOf(dataset: DataSet): SpatialTransformation {
  const turns = Math.round((dataset.number('ImageRotation') ?? 0) / 90);
  const rotation = ((((turns % 4) + 4) % 4) * 90) as SpatialTransformation['rotation'];
  return { rotation, horizontalFlip: dataset.text('ImageHorizontalFlip') === 'Y' };
}

/** The area for a frame of an image; undefined for the whole of it. */
export function areaFor(
  areas: readonly DisplayedArea[],
  image: { sopInstanceUid: string; rows: number; columns: number },
  frame: number,
): DisplayedArea | undefined {
  const area = areas.find(({ references }) => appliesTo(references, image.sopInstanceUid, frame));
  if (area === undefined) return undefined;
  const pixels = (area.right - area.left + 1) * (area.bottom - area.top + 1);
  return pixels <= image.rows * image.columns * limits.areaTimesImage ? area : undefined;
}

/** Cuts an area out; black where it lies beyond the image. */
export function cropped(raster: Raster, { left, top, right, bottom }: DisplayedArea): Raster {
  const { channels } = raster;
  const width = right - left + 1;
  const height = bottom - top + 1;
  const data = new Uint8Array(width * height * channels);
  const from = Math.max(1, left);
  const to = Math.min(raster.width, right);
  for (let row = Math.max(1, top); row <= Math.min(raster.height, bottom) && from <= to; row++) {
    const start = ((row - 1) * raster.width + from - 1) * channels;
    const line = raster.data.subarray(start, start + (to - from + 1) * channels);
    data.set(line, ((row - top) * width + from - left) * channels);
  }
  return { width, height, channels, data };
}

export function transformed(raster: Raster, transformation: SpatialTransformation): Raster {
  if (transformation.rotation === 0 && !transformation.horizontalFlip) return raster;
  const { width, height, channels, data } = raster;
  const turned = transformation.rotation % 180 === 0 ? { width, height } : { width: height, height: width };
  const out = new Uint8Array(data.length);
  const move = placed(transformation, { width: width - 1, height: height - 1 });
  let from = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [toX, toY] = move(x, y);
      const to = (toY * turned.width + toX) * channels;
      for (let c = 0; c < channels; c++) out[to + c] = data[from++]!;
    }
  }
  return { ...turned, channels, data: out };
}

/** Where a point of a rectangle comes to lie when it is turned clockwise, then flipped. */
function placed(
  { rotation, horizontalFlip }: SpatialTransformation,
  { width, height }: { width: number; height: number },
): (x: number, y: number) => [number, number] {
  const turn: Record<SpatialTransformation['rotation'], (x: number, y: number) => [number, number]> = {
    0: (x, y) => [x, y],
    90: (x, y) => [height - y, x],
    180: (x, y) => [width - x, height - y],
    270: (x, y) => [y, width - x],
  };
  const turned = turn[rotation];
  if (!horizontalFlip) return turned;
  const right = rotation % 180 === 0 ? width : height;
  return (x, y) => {
    const [turnedX, turnedY] = turned(x, y);
    return [right - turnedX, turnedY];
  };
}

/**
 * From places of the image (0\0 is the corner of its first pixel, PS3.3 C.10.5.1.2) to places of the rendered one: cut to an
 * area, scaled to square pixels, turned.
 */
export function placeOnDisplay(
  area: { left: number; top: number; right: number; bottom: number },
  pixelAspect: number,
  transformation: SpatialTransformation,
): (x: number, y: number) => [number, number] {
  const size = { width: area.right - area.left + 1, height: area.bottom - area.top + 1 };
  const square = squareSize(size, pixelAspect);
  const move = placed(transformation, square);
  return (x, y) =>
    move(((x - area.left + 1) * square.width) / size.width, ((y - area.top + 1) * square.height) / size.height);
}
