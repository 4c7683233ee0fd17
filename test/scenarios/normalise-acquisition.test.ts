// How series were acquired, asked at the terminal: folders of files that are made here, and the shared sample with what an
// independent converter found in it.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { compareWithConverter } from '../../bench/support/converter-references.ts';
import { concatenated } from '../../src/dicom/bytes.ts';
import type { DataSet } from '../../src/dicom/dataset.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../src/dicom/transfer-syntax.ts';
import { fileMeta, writeDataSet } from '../../src/dicom/writer.ts';
import {
  type Attributes,
  madeSeries,
  type PrivateValues,
} from '../../src/normalize/acquisition/testing/made-series.ts';
import { emptyFolder } from '../support/folder.ts';

const program = join(import.meta.dirname, '../../fascia');

async function fascia(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const failed = (error: { code: number; stdout: string; stderr: string }) => error;
  return promisify(execFile)(program, ['normalise', ...args]).then((output) => ({ code: 0, ...output }), failed);
}

const gradient = { creator: 'SIEMENS MR HEADER', group: 0x0019, element: 0x0e, vr: 'FD' } as const;
const bValue = { creator: 'SIEMENS MR HEADER', group: 0x0019, element: 0x0c, vr: 'IS' } as const;

const diffusion = madeSeries({
  slices: 3,
  volumes: 4,
  attributes: {
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.4',
    Manufacturer: 'SIEMENS',
    PatientName: 'QUIMBLEY^HERMIONE',
    SeriesNumber: 7,
    SeriesDescription: 'ep2d/diff b0 & b1000',
  },
  each: (slice, volume): { attributes: Attributes; privates: PrivateValues } => ({
    attributes: { SOPInstanceUID: `1.2.3.4.${volume}.${slice}` },
    privates: [[bValue, volume === 0 ? 0 : 1000], ...(volume === 0 ? [] : ([[gradient, [0, 1, 0]]] as const))],
  }),
});

const cleanedUp = (t: TestContext) => (cleanUp: () => void) => t.after(cleanUp);

function folderOf(t: TestContext, objects: readonly DataSet[]): string {
  const folder = emptyFolder(cleanedUp(t));
  const syntax = transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!;
  objects.forEach((dataset, i) => {
    const meta = {
      sopClassUid: dataset.text('SOPClassUID')!,
      sopInstanceUid: dataset.text('SOPInstanceUID')!,
      transferSyntaxUid: syntax.uid,
    };
    const file = concatenated([fileMeta(meta), ...writeDataSet(dataset, syntax)]);
    writeFileSync(join(folder, `${i}.dcm${i % 2 === 0 ? '' : '.gz'}`), i % 2 === 0 ? file : gzipSync(file));
  });
  writeFileSync(join(folder, 'README.txt'), 'Series: 7');
  copyFileSync(join(folder, '0.dcm'), join(folder, 'copy of 0.dcm'));
  return folder;
}

test('a folder, copies and files compressed with gzip among them, is told as one line of JSON a series, in units of BIDS', async (t) => {
  const { code, stdout, stderr } = await fascia('series', folderOf(t, diffusion), '--bids');
  assert.equal(code, 0, stderr);
  const lines = stdout.trim().split('\n');
  assert.equal(lines.length, 1);
  const sidecar = JSON.parse(lines[0]!);
  assert.deepEqual([sidecar.SeriesNumber, sidecar.Volumes, sidecar.EchoTime], [7, 4, 0.03]);
  assert.deepEqual(sidecar.bval, [0, 1000, 1000, 1000]);
  assert.doesNotMatch(stdout, /QUIMBLEY/);
  assert.match(stderr, /^1 files passed over: no DICOM.*\n1 files passed over: copies/);
});

test('with --out each series has a sidecar and, of diffusion, .bval and .bvec beside it', async (t) => {
  const out = join(emptyFolder(cleanedUp(t)), 'out');
  const { code, stdout, stderr } = await fascia('series', folderOf(t, diffusion), '--bids', '--out', out);
  assert.deepEqual([code, stdout], [0, ''], stderr);
  const name = '7_ep2d_diff_b0_b1000';
  assert.deepEqual(readdirSync(out).toSorted(), [`${name}.bval`, `${name}.bvec`, `${name}.json`]);
  assert.equal(readFileSync(join(out, `${name}.bval`), 'utf8'), '0 1000 1000 1000\n');
  assert.equal(readFileSync(join(out, `${name}.bvec`), 'utf8'), '0 0 0 0\n0 -1 -1 -1\n0 0 0 0\n');
});

test('without --bids every fact tells its source, confidence and reason', async (t) => {
  const { stdout } = await fascia('series', folderOf(t, diffusion));
  const { facts } = JSON.parse(stdout) as { facts: { attribute: string; sources: unknown[]; reason: string }[] };
  const echo = facts.find(({ attribute }) => attribute === 'EchoTime');
  assert.deepEqual(echo, {
    attribute: 'EchoTime',
    value: 0.03,
    sources: [{ path: '00180081' }],
    confidence: 1,
    reason: 'the object says so',
  });
});

test('what private elements of a folder might mean is proposed with its evidence', async (t) => {
  const varied = Array.from({ length: 12 }, (_, i) => {
    const unknown = { creator: 'UNKNOWN', group: 0x0077, element: 0x10, vr: 'DS' } as const;
    const attributes = {
      SOPClassUID: '1.2.840.10008.5.1.4.1.1.4',
      SOPInstanceUID: `1.2.9.${i}`,
      SeriesInstanceUID: `1.2.8.${i}`,
      FlipAngle: 5 + i * 3,
    };
    return madeSeries({ slices: 1, attributes, privates: [[unknown, 5 + i * 3]] })[0]!;
  });
  const { code, stdout, stderr } = await fascia('discover', folderOf(t, varied));
  assert.equal(code, 0, stderr);
  const [first] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.equal(first.element, '0077xx10 of UNKNOWN');
  assert.equal(first.proposals[0].attribute, 'FlipAngle');
});

test('a folder that is none, and one without series, are told as such', async (t) => {
  assert.equal((await fascia('series', '/nowhere')).code, 2);
  assert.equal((await fascia('series', emptyFolder(cleanedUp(t)))).code, 1);
});

const sample = join(process.env.FASCIA_SHARED ?? '../shared', 'data/normalise');
const skip = existsSync(sample) ? false : 'skipped: no sample below FASCIA_SHARED';

test('of the shared sample at least 99 % of the values equal those of an independent converter', { skip }, async () => {
  for (const name of ['dcm_qa_nih', 'dcm_qa_philips_dwi']) {
    const { compared, differences } = await compareWithConverter(join(sample, name));
    assert.ok(compared >= 40, name);
    assert.ok(differences.length <= compared / 100, differences.join('\n'));
  }
});
