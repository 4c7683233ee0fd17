// The annotations of a presentation state where they lie on a rendered frame, as vectors: a browser draws them sharp at any
// size, and a server lays them over the pixels as SVG. PS3.3 C.10.5.1.

import type { AnnotationUnits, GraphicAnnotation, GraphicType, TextObject } from './graphic-annotation.ts';
import { appliesTo } from './image-reference.ts';

/** In pixels of the rendered frame, 0, 0 the corner of its first. Points are x, y, x, y … as GraphicData has them. */
export type Graphic =
  | { kind: 'shape'; type: GraphicType; points: number[]; filled: boolean; rgb: [number, number, number] }
  | WrittenText;

export interface WrittenText {
  kind: 'text';
  lines: string[];
  /** Of the top of the first line: its beginning, middle or end, as `align` says. */
  x: number;
  y: number;
  align: 'LEFT' | 'CENTER' | 'RIGHT';
  /** Of the box all lines are to stay in; absent where there is none. */
  height?: number;
  rgb: [number, number, number];
}

/** Where places of the image, and shares of the displayed area, come to lie. */
export interface Placement {
  pixel: (x: number, y: number) => [number, number];
  width: number;
  height: number;
}

/** What is to be drawn on a frame (from 1) of an image, in order. */
export function graphicsOn(
  annotations: readonly GraphicAnnotation[],
  sopInstanceUid: string,
  frame: number,
  placement: Placement,
): Graphic[] {
  const here = annotations.filter(({ references }) => appliesTo(references, sopInstanceUid, frame));
  return here.flatMap(({ graphics, texts, rgb }) => [
    ...graphics.map(({ type, units, points, filled }): Graphic => {
      return { kind: 'shape', type, points: placedPoints(points, units, placement), filled, rgb };
    }),
    ...texts.flatMap((text) => textGraphics(text, rgb, placement)),
  ]);
}

function textGraphics(
  { text, box, anchor }: TextObject,
  rgb: [number, number, number],
  placement: Placement,
): Graphic[] {
  const lines = text.split(/\r\n|\r|\n/);
  const graphics: Graphic[] = [];
  const anchorAt = anchor && placedPoints(anchor.point, anchor.units, placement);
  if (box !== undefined) {
    const [x1, y1, x2, y2] = placedPoints(box.points, box.units, placement);
    const [left, right, top] = [Math.min(x1!, x2!), Math.max(x1!, x2!), Math.min(y1!, y2!)];
    const height = Math.abs(y2! - y1!);
    const x = { LEFT: left, CENTER: (left + right) / 2, RIGHT: right }[box.justification];
    graphics.push({ kind: 'text', lines, x, y: top, align: box.justification, height, rgb });
    // C.10.5.1.1: a visible anchor is tied to its text by a line.
    if (anchor?.visible) {
      const points = [...anchorAt!, (left + right) / 2, top];
      graphics.push({ kind: 'shape', type: 'POLYLINE', points, filled: false, rgb });
    }
  } else if (anchorAt !== undefined) {
    graphics.push({ kind: 'text', lines, x: anchorAt[0]!, y: anchorAt[1]!, align: 'LEFT', rgb });
  }
  return graphics;
}

function placedPoints(
  points: readonly number[],
  units: AnnotationUnits,
  { pixel, width, height }: Placement,
): number[] {
  const placed: number[] = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x, y] = [points[i]!, points[i + 1]!];
    placed.push(...(units === 'DISPLAY' ? [x * width, y * height] : pixel(x, y)));
  }
  return placed;
}
