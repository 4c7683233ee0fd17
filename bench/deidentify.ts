// What de-identification does in a second: CT slices of 512 by 512 from files to files by R-read, in one process and in two. The
// goal is 300 a second on two cores. Run: npm run bench deidentify [INSTANCES]

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { presets } from '../src/deidentify/profile.ts';
import { Deidentifier } from '../src/server/deidentify/deidentifier.ts';
import { deidentifyFile, writeTo } from '../src/server/deidentify/deidentify-file.ts';
import { ctSlice } from '../test/support/ct-slice.ts';

const FILES = 40;
const wish = { tenant: '1', step: { profile: 'R-read', domain: 'bench' } };

if (process.send !== undefined) {
  const [folder, count] = [process.argv[2]!, Number(process.argv[3])];
  await many(folder, 20);
  const started = performance.now();
  await many(folder, count);
  process.send((performance.now() - started) / 1000);
  process.disconnect();
} else {
  const count = Number(process.argv[2] ?? 1000);
  const folder = mkdtempSync(join(tmpdir(), 'fascia-bench-deidentify-'));
  try {
    for (let i = 0; i < FILES; i++) {
      const { file } = ctSlice({ studyUid: '1.2.3.4', instance: i + 1, rows: 512, columns: 512 });
      writeFileSync(join(folder, `${i}.dcm`), file);
    }
    for (const processes of [1, 2]) {
      const seconds = await Promise.all(Array.from({ length: processes }, () => secondsOf(folder, count)));
      const rate = (processes * count) / Math.max(...seconds);
      console.log(`${processes} process${processes === 1 ? '' : 'es'}: ${rate.toFixed(0)} instances/s`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function secondsOf(folder: string, count: number): Promise<number> {
  const child = fork(import.meta.filename, [folder, String(count)]);
  const [seconds] = await once(child, 'message');
  return seconds as number;
}

async function many(folder: string, count: number): Promise<void> {
  const deidentifier = new Deidentifier(presets, () => new Uint8Array(32).fill(7));
  for (let i = 0; i < count; i++) {
    const made = await deidentifyFile(join(folder, `${i % FILES}.dcm`), deidentifier, wish);
    await writeTo(join(folder, `${process.pid}.out`), made);
    await made.close();
  }
}
