// `npm run fuzz [-- TIMES]`: the fuzz tests of `npm test`, with TIMES as many inputs (10 when not said, which makes 20,000
// and more of each kind) from fresh seeds. What breaks prints its seed; `FUZZ_SEED=… npm run fuzz` repeats the reader's.

import { spawn } from 'node:child_process';
import { join } from 'node:path';

const fuzzTests = [
  'src/dicom/reader.test.ts',
  'src/dicom/json-xml-fuzz.test.ts',
  'src/dicomweb/multipart/multipart.test.ts',
  'src/fhir/resource.test.ts',
  'src/fhir/search/parse.test.ts',
  'src/server/fhir/bundle-fuzz.test.ts',
  'src/storage/fhir-search/laws.test.ts',
  'src/dimse/pdu/pdu.test.ts',
  'src/dimse/fuzz.test.ts',
  'src/xds/door.test.ts',
  'src/hl7v2/reader-laws.test.ts',
  'src/hl7v2/mllp/frame.test.ts',
];

const times = Number(process.argv[2] ?? 10);
if (!(Number.isInteger(times) && times > 0)) {
  console.error('usage: npm run fuzz [-- TIMES]');
  process.exit(2);
}
const child = spawn(process.execPath, ['--test', '--test-name-pattern=/fuzz|mutated/', ...fuzzTests], {
  cwd: join(import.meta.dirname, '..'),
  stdio: 'inherit',
  env: { ...process.env, FUZZ_TIMES: String(times) },
});
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});
