// One row of a simulation with one seed, in a thread.

import { type Row, tryRow } from '../reading/simulate/experiment.ts';
import type { Measured } from '../reading/simulate/measure.ts';
import type { Scenario } from '../reading/simulate/scenario.ts';

export interface SimulateTask {
  scenario: Scenario;
  row: Row;
  seed: number;
}

export default function simulateTask({ scenario, row, seed }: SimulateTask): Measured {
  return tryRow(scenario, row, seed);
}
