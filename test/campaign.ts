// `npm run campaign -- NAME [ROUNDS]`: a scenario of `npm test` that has rounds, with ROUNDS of them (100 when not said) and
// from a fresh seed. What breaks prints its seed; `CAMPAIGN_SEED=… npm run campaign -- NAME` repeats its faults.

import { spawn } from 'node:child_process';
import { join } from 'node:path';

const campaigns: Readonly<Record<string, string>> = {
  delivery: 'test/scenarios/delivery-campaign.test.ts',
  reports: 'test/interop/reports.test.ts',
  'reading-log': 'test/scenarios/reading-log.test.ts',
  critical: 'src/reading/critical/due-step.test.ts',
  sampling: 'src/reading/quality/sample.test.ts',
  metering: 'src/reading/metering/reconcile.test.ts',
};

const [name = '', rounds = '100'] = process.argv.slice(2);
const file = campaigns[name];
if (file === undefined || !/^[1-9]\d*$/.test(rounds)) {
  console.error(`usage: npm run campaign -- ${Object.keys(campaigns).join('|')} [ROUNDS]`);
  process.exit(2);
}
// What fails is told at once, and not only in the end.
const reporters = ['spec', 'stdout', './test/support/reporter.ts', 'stderr'].map((value, at) =>
  at % 2 === 0 ? `--test-reporter=${value}` : `--test-reporter-destination=${value}`,
);
const child = spawn(process.execPath, [...reporters, file], {
  cwd: join(import.meta.dirname, '..'),
  stdio: 'inherit',
  env: { UV_THREADPOOL_SIZE: '16', TCP_NODELAY: '1', ...process.env, CAMPAIGN_ROUNDS: rounds },
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal));
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});
