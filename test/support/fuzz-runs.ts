// How long fuzz tests go on: in `npm test` as long as a test may take, in `npm run fuzz` many times as long and with inputs
// that nobody saw before.

const times = Number(process.env.FUZZ_TIMES ?? 1);

/** Inputs to be tried, where `npm test` tries `usual`. */
export const fuzzRuns = (usual: number): number => usual * times;

/** For generators of our own; fast-check prints its seed itself. */
export const fuzzSeed = Number(process.env.FUZZ_SEED ?? (times === 1 ? 42 : Date.now() % 2 ** 31));
