// A reporter for `node --test`: tells what failed and what was skipped and why, and hands the counts to test/run.ts. Under
// CI=true a test that was skipped for want of a program counts as failed: there .ci/run installs the programs.

import { inspect } from 'node:util';
import type { Counts } from './counts.ts';

interface TestEvent {
  type: string;
  data: {
    name: string;
    file?: string;
    line?: number;
    skip?: boolean | string;
    todo?: boolean | string;
    message?: string;
    details: { type?: string; error?: Error & { cause?: unknown }; duration_ms?: number };
  };
}

const missingProgram = /not found \(apt-get install/;

export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of events) {
    if (type === 'test:stderr' || type === 'test:stdout') yield data.message ?? '';
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const reason = data.skip ?? data.todo;
    // A suite that is skipped says so for its tests, of which nothing else is heard.
    if (data.details.type === 'suite' && reason === undefined) continue;
    if (type === 'test:fail') {
      counts.failed++;
      yield failure(data);
    } else if (reason !== undefined && reason !== false) {
      const missing = process.env.CI === 'true' && missingProgram.test(String(reason));
      counts[missing ? 'failed' : 'skipped']++;
      yield `  ${missing ? 'FAILED (CI)' : 'skipped'} ${data.name}: ${reason}\n`;
    } else {
      counts.passed++;
    }
  }
  process.send?.(counts);
}

function failure({ name, file, line, details }: TestEvent['data']): string {
  const error = details.error?.cause ?? details.error;
  const text = error instanceof Error ? (error.stack ?? error.message) : inspect(error);
  return `  FAILED ${name} (${file ?? ''}:${line ?? ''})\n${text.replace(/^/gm, '    ')}\n`;
}
