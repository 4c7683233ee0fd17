// Pictures of CT slices from a started node: the first one, each slice once (nothing is cached), and the same slices again.
// Prints requests a second with 16 connections, and the median time. Run: npm run bench pictures [slices]

import { askEach, startCtNode } from './support/ct-node.ts';

const CONNECTIONS = 16;
const slices = Number(process.argv[2] ?? 300);
await using closing = new AsyncDisposableStack();
const { node, paths } = await startCtNode((cleanUp) => closing.defer(cleanUp), slices);

async function measure(what: string, urls: string[], connections = CONNECTIONS): Promise<void> {
  const began = performance.now();
  const times = await askEach(urls, { accept: 'image/jpeg', connections });
  const seconds = (performance.now() - began) / 1000;
  const median = times.sort((a, b) => a - b)[times.length >> 1]!;
  console.log(`${what.padEnd(26)} ${(urls.length / seconds).toFixed(0).padStart(6)}/s, median ${median.toFixed(1)} ms`);
}

const urls = (what: string): string[] => paths.map((path) => `${node.url}${path}/${what}`);
await measure('first picture', urls('rendered?quality=80').slice(0, 1), 1);
for (const [name, what] of [
  ['rendered', 'rendered'],
  ['thumbnail of 128', 'thumbnail?viewport=128,128'],
] as const) {
  await measure(`${name}, made`, urls(what));
  await measure(`${name}, cached`, urls(what));
}
