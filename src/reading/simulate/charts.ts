// Charts as SVG text: bars of rows with their floor, and lines over hours or loads.

import { escapeXml } from '../../base/xml-escape.ts';

const colours = ['#0b6e99', '#d9730d', '#448361', '#9065b0', '#c14c8a'];

export interface Bar {
  name: string;
  value: number;
  /** What no policy gets below. */
  floor: number;
  /** Of all seeds. */
  least: number;
  most: number;
}

/** Bars of shares in percent. */
export function barChart(title: string, bars: readonly Bar[]): string {
  const width = 760;
  const step = 24;
  const top = 34;
  const most = Math.max(1e-9, ...bars.map((bar) => bar.most));
  const x = (value: number): number => 220 + (430 * value) / most;
  const rows = bars.map(({ name, value, floor, least, most: highest }, at) => {
    const y = top + at * step;
    return [
      text(212, y + 12, name, 'end'),
      `<rect x="220" y="${y}" width="${number(x(value) - 220)}" height="16" fill="${colours[0]}"/>`,
      `<line x1="${number(x(least))}" x2="${number(x(highest))}" y1="${y + 8}" y2="${y + 8}" stroke="#222"/>`,
      `<line x1="${number(x(floor))}" x2="${number(x(floor))}" y1="${y - 2}" y2="${y + 18}" stroke="${colours[1]}" stroke-width="2"/>`,
      text(x(highest) + 6, y + 12, `${(100 * value).toFixed(2)} %`, 'start'),
    ].join('');
  });
  return svg(width, top + bars.length * step + 10, title, rows);
}

export interface Series {
  name: string;
  points: readonly (readonly [x: number, y: number])[];
}

export function lineChart(title: string, xName: string, yName: string, series: readonly Series[]): string {
  const [width, height, left, top, bottom] = [760, 320, 64, 40, 44];
  const points = series.flatMap((each) => each.points);
  const [x0, x1] = [Math.min(...points.map(([x]) => x)), Math.max(...points.map(([x]) => x))];
  const y1 = Math.max(1e-9, ...points.map(([, y]) => y));
  const x = (value: number): number => left + ((width - left - 20) * (value - x0)) / Math.max(1e-9, x1 - x0);
  const y = (value: number): number => height - bottom - ((height - top - bottom) * value) / y1;
  const lines = series.map((each, at) => {
    const path = each.points.map(([px, py], n) => `${n === 0 ? 'M' : 'L'}${number(x(px))} ${number(y(py))}`).join('');
    const colour = colours[at % colours.length];
    return [
      `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      `<rect x="${left + 10 + at * 170}" y="24" width="12" height="4" fill="${colour}"/>`,
      text(left + 28 + at * 170, 30, each.name, 'start'),
    ].join('');
  });
  const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
    `<line x1="${left}" x2="${width - 20}" y1="${number(y(share * y1))}" y2="${number(y(share * y1))}" stroke="#ddd"/>`,
    text(left - 6, y(share * y1) + 4, short(share * y1), 'end'),
    text(x(x0 + share * (x1 - x0)), height - bottom + 16, short(x0 + share * (x1 - x0)), 'middle'),
  ]);
  const names = [text(width / 2, height - 8, xName, 'middle'), text(left - 50, 30, yName, 'start')];
  return svg(width, height, title, [...ticks, ...lines, ...names]);
}

function svg(width: number, height: number, title: string, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" font-family="system-ui, sans-serif" font-size="12"><title>${escapeXml(title)}</title>${text(0, 14, title, 'start', 'font-weight="bold" font-size="14"')}${parts.join('')}</svg>`;
}

function text(x: number, y: number, words: string, anchor: 'start' | 'middle' | 'end', more = ''): string {
  return `<text x="${number(x)}" y="${number(y)}" text-anchor="${anchor}" ${more}>${escapeXml(words)}</text>`;
}

const number = (value: number): string => value.toFixed(1);
const short = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
