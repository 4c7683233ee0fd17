// How fast identity is: all records at once, then questions of one person each against what was loaded, then records
// arriving one by one. The population is made here; the model is estimated from it.
// Usage: identity-speed [RECORDS]

import { estimateModel } from '../src/identity/estimate.ts';
import { IdentityIndex } from '../src/identity/identity-index.ts';
import { encodeParts } from '../src/identity/snapshot.ts';
import { makePopulation } from '../src/identity/testing/population.ts';

const records = Number(process.argv[2] ?? 100_000);
const { sightings, assertions } = makePopulation({ persons: Math.ceil(records / 5), seed: 21, hardness: 1 });
const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const megabytes = (): string => `${Math.round(process.memoryUsage().rss / 1e6)} MB`;
console.log(`${sightings.length} records made; ${megabytes()}`);

const late = sightings.filter((_, at) => at % 100 === 0);
const early = sightings.filter((_, at) => at % 100 !== 0);

const beforeModel = performance.now();
const model = estimateModel(early, 'bench');
console.log(`model estimated in ${seconds(beforeModel)}`);

const beforeLoad = performance.now();
const index = new IdentityIndex(model);
index.load(early, assertions);
console.log(`batch of ${early.length} in ${seconds(beforeLoad)}; ${megabytes()}`);

report(
  '$match',
  late
    .slice(0, 5000)
    .map((sighting) => timed(() => index.match({ ...sighting, patientId: '', issuer: '', id: 'query' }))),
);
report(
  'put',
  late.slice(0, 5000).map((sighting) => timed(() => index.put(sighting))),
);

const beforeBytes = performance.now();
const bytes = [...encodeParts(index.parts())];
const size = bytes.reduce((sum, { length }) => sum + length, 0);
console.log(`snapshot of ${Math.round(size / 1e6)} MB in ${seconds(beforeBytes)}`);

function timed(work: () => unknown): number {
  const since = performance.now();
  work();
  return performance.now() - since;
}

function report(what: string, times: number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string => sorted[Math.floor((sorted.length - 1) * share)]!.toFixed(3);
  const sum = sorted.reduce((total, time) => total + time, 0);
  console.log(
    `${what}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms, ${Math.round((1000 * sorted.length) / sum)}/s`,
  );
}
