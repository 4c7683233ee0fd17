// How fast the simulator decides: a national week under each policy, in one thread. `npm run bench simulate [SEED]`.

import { makeArrivals } from '../src/reading/simulate/arrivals.ts';
import { defaultScenario } from '../src/reading/simulate/default-scenario.ts';
import { policies } from '../src/reading/simulate/policies.ts';
import { makeRoster } from '../src/reading/simulate/roster.ts';
import { run } from '../src/reading/simulate/run.ts';

const seed = Number(process.argv[2] ?? 42);
const began = performance.now();
const arrivals = makeArrivals(defaultScenario, seed);
console.log(`${arrivals.count} examinations made in ${seconds(began)} s`);

for (const [arrangement, name, breadth] of [
  ['trusts', 'fifo', undefined],
  ['pool', 'fifo', undefined],
  ['pool', 'atc', undefined],
  ['pool', 'atc', 0.15],
] as const) {
  const pools = defaultScenario.arrangements[arrangement]!;
  const shifts = makeRoster(defaultScenario, seed, { pools, utilisation: 0.93 });
  const since = performance.now();
  const { decisions } = run(defaultScenario, arrivals, shifts, {
    ...{ seed, pools, policy: policies[name]! },
    ...(breadth === undefined ? {} : { breadth }),
  });
  const perSecond = Math.round(decisions / ((performance.now() - since) / 1000)).toLocaleString('en');
  const what = breadth === undefined ? '' : `, privileged at ${breadth * 100} % of 140 clients`;
  console.log(`${arrangement} ${name}${what}: ${decisions} decisions in ${seconds(since)} s, ${perSecond}/s`);
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}
