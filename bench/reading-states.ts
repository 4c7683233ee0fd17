// The states of cases under a crowd that asks anything: what was appended, refused and why, and every law that broke (none).
// Usage: reading-states [EVENTS] [SEED]

import { Random } from '../src/identity/testing/random.ts';
import { runSimulatedStore } from '../src/reading/testing/simulated-store.ts';

const [events = 1_000_000, seed = 42] = process.argv.slice(2).map(Number);
const since = performance.now();
const run = runSimulatedStore(new Random(seed), events);
const seconds = (performance.now() - since) / 1000;

console.log(`${run.asked} happenings asked, ${run.appended} appended, ${run.stale} by what was known before`);
console.log(`${seconds.toFixed(1)} s, ${(run.asked / seconds).toFixed(0)} a second; seed ${seed}`);
console.log('refused:', run.refused);
console.log('left in these states, and brought to an end from there:', run.left);
console.log(`laws broken: ${run.broken.length}`);
for (const each of run.broken.slice(0, 20)) console.log(`  ${each}`);
if (run.broken.length > 0) process.exitCode = 1;
