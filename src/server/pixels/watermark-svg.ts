// The words of a link that was given away, written across a picture again and again, so that no part of it is without them.

import { escapeHtml } from '../../viewer/html.ts';

/** Of the height of a picture: few enough to be read, small enough to see what lies beneath. */
const ROWS = 7;

/** To be laid over a picture of `width` and `height` pixels. */
export function watermarkSvg(text: string, width: number, height: number): string {
  const size = Math.min(width, height) / ROWS / 3;
  const step = height / ROWS;
  // XML 1.0 allows no control characters, escaped or not.
  const words = escapeHtml(text.replace(/\p{Cc}/gu, ' '));
  const repeats = Math.ceil((2 * (width + height)) / (size * (text.length + 4) * 0.5));
  const line = Array.from({ length: repeats }, () => words).join('\u2003\u2003');
  const rows = Array.from({ length: ROWS * 2 }, (_, row) => {
    return `<text x="${-height}" y="${(row - ROWS / 2) * step}">${line}</text>`;
  });
  // Light on a dark rim: read on bone and on air alike.
  const paint = `fill="white" fill-opacity="0.35" stroke="black" stroke-opacity="0.35" stroke-width="${size / 12}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><g font-family="sans-serif" font-size="${size}" ${paint} transform="rotate(-20)">${rows.join('')}</g></svg>`;
}
