// Graphics as SVG, to lie over a rendered frame. One element for each graphic; nothing of the text is taken as markup.

import type { Graphic, WrittenText } from './graphics.ts';

/** `width` and `height` are those of the rendered frame; the drawing scales with whatever size it is shown in. */
export function graphicsSvg(graphics: readonly Graphic[], width: number, height: number): string {
  // Lines and letters as large as a reader expects of the whole image, whatever its matrix.
  const unit = Math.max(1, Math.min(width, height) / 512);
  const drawn = graphics.map((graphic) => element(graphic, unit)).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${drawn}</svg>`;
}

const LETTER = 14;

/** White lines on white bone would not be seen: all is drawn on a dark rim. */
const RIM = 'black';

function element(graphic: Graphic, unit: number): string {
  const colour = `rgb(${graphic.rgb.join(',')})`;
  if (graphic.kind === 'text') return textElement(graphic, colour, unit);
  const shape = shapes[graphic.type];
  const rim = `fill="none" stroke="${RIM}" stroke-opacity="0.6" stroke-width="${3 * unit}"`;
  const paint = `fill="${graphic.filled ? colour : 'none'}" stroke="${colour}" stroke-width="${unit}"`;
  return shape(graphic.points, rim, unit) + shape(graphic.points, paint, unit);
}

function textElement({ lines, x, y, align, height }: WrittenText, colour: string, unit: number): string {
  const anchor = { LEFT: 'start', CENTER: 'middle', RIGHT: 'end' }[align];
  const usual = LETTER * unit;
  const size = height === undefined || height === 0 ? usual : Math.min(usual, height / lines.length);
  const rim = `paint-order="stroke" stroke="${RIM}" stroke-width="${size / 5}"`;
  const spans = lines.map((line, i) => `<tspan x="${x}" y="${y + size * (i + 0.8)}">${escaped(line)}</tspan>`);
  return `<text font-family="sans-serif" font-size="${size}" text-anchor="${anchor}" fill="${colour}" ${rim}>${spans.join('')}</text>`;
}

type Shape = (points: readonly number[], paint: string, unit: number) => string;

/** PS3.3 C.10.5.1.2: what the points of each Graphic Type mean. */
const shapes: Record<Extract<Graphic, { kind: 'shape' }>['type'], Shape> = {
  POINT: ([x, y], paint, unit) => `<circle cx="${x}" cy="${y}" r="${2 * unit}" ${paint}/>`,
  POLYLINE: (points, paint) => `<polyline points="${points.join(' ')}" ${paint}/>`,
  INTERPOLATED: (points, paint) => `<path d="${smoothPath(points)}" ${paint}/>`,
  // The centre, then a point of the circumference.
  CIRCLE: ([x = 0, y = 0, onX = x, onY = y], paint) =>
    `<circle cx="${x}" cy="${y}" r="${Math.hypot(onX - x, onY - y)}" ${paint}/>`,
  // The ends of the major axis, then those of the minor axis.
  ELLIPSE: ([x1 = 0, y1 = 0, x2 = x1, y2 = y1, x3 = x1, y3 = y1, x4 = x3, y4 = y3], paint) => {
    const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2];
    const degrees = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
    const [major, minor] = [Math.hypot(x2 - x1, y2 - y1) / 2, Math.hypot(x4 - x3, y4 - y3) / 2];
    return `<ellipse cx="${x}" cy="${y}" rx="${major}" ry="${minor}" transform="rotate(${degrees} ${x} ${y})" ${paint}/>`;
  },
};

/** A curve through all points: Catmull-Rom, as cubic Béziers. */
function smoothPath(points: readonly number[]): string {
  const last = points.length / 2 - 1;
  const at = (i: number) => {
    const index = Math.min(Math.max(i, 0), last) * 2;
    return [points[index]!, points[index + 1]!] as const;
  };
  const pieces = [`M${at(0).join(' ')}`];
  for (let i = 0; i < last; i++) {
    const [before, start, end, after] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const control1 = [start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6];
    const control2 = [end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6];
    pieces.push(`C${[...control1, ...control2, ...end].join(' ')}`);
  }
  return pieces.join('');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 allows no control characters, escaped or not. */
const escaped = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b-\u001f]/g, ' ').replace(/[&<>"]/g, (character) => entities[character]!);
