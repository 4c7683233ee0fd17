// Whether transcoding slows what arrives: C-STORE of CT slices by DCMTK's storescu, alone and while 8 clients ask for HTJ2K
// and JPEG 2000 of other slices. Alone and under load take turns and each is compared with its neighbour, so that a
// machine that others use does not decide. Prints the rates and the share that is left. Needs DCMTK. Run: npm run bench transcoding-load [slices to store]

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { askEach, ctSeries, startCtNode } from './support/ct-node.ts';

const CLIENTS = 8;
const ROUNDS = 7;
const ACCEPTED = [
  'multipart/related; type="image/jphc"; transfer-syntax=1.2.840.10008.1.2.4.202',
  'multipart/related; type="image/jp2"; transfer-syntax=1.2.840.10008.1.2.4.90',
];
const stored = Number(process.argv[2] ?? 150);
await using closing = new AsyncDisposableStack();
const folder = await mkdtemp(path.join(tmpdir(), 'fascia-bench-'));
closing.defer(() => rm(folder, { recursive: true }));
const { node, paths } = await startCtNode((cleanUp) => closing.defer(cleanUp), 400);

/** Instances a second of a series that the node has not seen. */
async function store(name: string): Promise<number> {
  const series = path.join(folder, name);
  await mkdir(series);
  for (const { file } of ctSeries(stored)) await writeFile(path.join(series, crypto.randomUUID()), file);
  const began = performance.now();
  const sender = spawn('storescu', ['-aec', 'FASCIA', '127.0.0.1', String(node.dicomPort), '+sd', series], {
    env: { ...process.env, TCP_NODELAY: '1' },
    stdio: 'ignore',
  });
  const [code] = await once(sender, 'exit');
  const rate = (stored * 1000) / (performance.now() - began);
  if (code !== 0) throw new Error(`storescu ended with ${code}`);
  await rm(series, { recursive: true });
  return rate;
}

async function storeWhileTranscoding(round: number): Promise<number> {
  let isStoring = true;
  // Each round asks for frames that no round before it has had made.
  const share = paths.slice((round * paths.length) / ROUNDS, ((round + 1) * paths.length) / ROUNDS);
  const urls = share.map((each) => `${node.url}${each}/frames/1`);
  const asking = ACCEPTED.map((accept) =>
    askEach(urls, { accept, connections: CLIENTS / ACCEPTED.length, goesOn: () => isStoring }),
  );
  const rate = await store(`loaded${round}`);
  isStoring = false;
  const made = (await Promise.all(asking)).flat().length;
  console.log(`round ${round + 1}: ${made} frames were transcoded`);
  return rate;
}

const median = (rates: number[]): number => rates.toSorted((a, b) => a - b)[rates.length >> 1]!;
const alone: number[] = [];
const loaded: number[] = [];
await store('warm-up');
for (let round = 0; round < ROUNDS; round++) {
  alone.push(await store(`alone${round}`));
  loaded.push(await storeWhileTranscoding(round));
}
const left = loaded.map((rate, round) => (100 * rate) / alone[round]!);
console.log(`alone ${median(alone).toFixed(0)}/s, while transcoding ${median(loaded).toFixed(0)}/s`);
console.log(
  `left in each round: ${left.map((share) => share.toFixed(0)).join(', ')} %, median ${median(left).toFixed(0)} %`,
);
