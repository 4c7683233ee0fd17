// Our acquisition values beside those of an independent converter (dcm2niix), series by series: how many are equal within
// the digits it prints. Looks at every dcm_qa_* folder of $FASCIA_SHARED/data/normalise, or at the folders given.
// Usage: normalise-acquisition [FOLDER…], each with In/ and Ref/.

import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { compareWithConverter } from './support/converter-references.ts';

const shared = join(process.env.FASCIA_SHARED ?? join(import.meta.dirname, '../../shared'), 'data/normalise');
const given = process.argv.slice(2);
const folders = given.length > 0 ? given : globSync('dcm_qa_*', { cwd: shared }).map((name) => join(shared, name));
if (folders.length === 0) throw new Error(`no dcm_qa_* below ${shared} (FASCIA_SHARED)`);

let [equal, all] = [0, 0];
for (const folder of folders.toSorted()) {
  const { compared, differences, unmatched } = await compareWithConverter(folder);
  for (const file of unmatched) console.log(`  ${file}: its series is not here`);
  for (const difference of differences) console.log(`  ${difference}`);
  console.log(`${basename(folder)}: ${compared - differences.length} of ${compared} equal`);
  equal += compared - differences.length;
  all += compared;
}
console.log(`all: ${equal} of ${all} equal (${((100 * equal) / all).toFixed(2)} %)`);
