// Every DICOM object of the shared corpus, by every preset that removes: no name and no number of its patient at any depth or in
// any bytes around the pixels, and every result is read by us and by DCMTK.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { type CorpusFile, corpus, corpusFolder, withoutCorpus } from '../../../test/support/corpus.ts';
import { without } from '../../../test/support/needs.ts';
import { Problem } from '../../base/problem.ts';
import { presets } from '../../deidentify/profile.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import { isItems } from '../../dicom/element.ts';
import { isPixelValue } from '../../dicom/pixel-values.ts';
import { readDicom } from '../../dicom/reader.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../dicom/transfer-syntax.ts';
import { writeDataSet } from '../../dicom/writer.ts';
import { Deidentifier } from './deidentifier.ts';
import { deidentifyFile, writeTo } from './deidentify-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'fascia-deidentify-'));
after(() => rmSync(folder, { recursive: true }));

const deidentifier = new Deidentifier(presets, () => new Uint8Array(32).fill(1));

/** Names and numbers of less than this stand in many a value by chance. */
const LONG_ENOUGH = 5;

const objects = (): CorpusFile[] =>
  corpus().filter(({ file, expected }) => file.startsWith('dicom') && expected !== undefined);

for (const profile of ['basic', 'R-read']) {
  test(`by ${profile} no patient of the corpus is found in what leaves`, { skip: withoutCorpus }, async () => {
    let written = 0;
    for (const [at, one] of objects().entries()) {
      const out = join(folder, `${profile}-${at}.dcm`);
      const isWritten = await deidentified(join(corpusFolder, one.file), out, profile);
      if (!isWritten) continue;
      written++;
      const { dataset, meta, preamble } = readDicom(new Uint8Array(readFileSync(out)));
      assert.deepEqual(preamble, new Uint8Array(128), one.file);
      assert.equal(dataset.text('PatientIdentityRemoved'), 'YES', one.file);
      // PS3.6 Annex A: a well-known instance, a palette for one, is everybody's.
      for (const uid of ['StudyInstanceUID', 'SeriesInstanceUID', 'SOPInstanceUID'] as const)
        if (!/^(null|1\.2\.840\.10008\..*)$/.test(String(one.expected![uid])))
          assert.notEqual(dataset.text(uid), one.expected![uid], `${one.file} ${uid}`);
      const around = withoutPixels(dataset, meta);
      for (const word of wordsOf(one))
        assert.equal(around.includes(word), false, `${one.file}: ${word.length} characters`);
    }
    assert.ok(written > 0.9 * objects().length, `${written} of ${objects().length}`);
  });
}

test('DCMTK reads every result of what it reads', { skip: withoutCorpus || without('dcmdump', 'dcmtk') }, async () => {
  const results = new Map(objects().map(({ file }, at) => [join(folder, `basic-${at}.dcm`), file] as const));
  const written = [...results.keys()].filter((out) => existsSync(out));
  const unread = await unreadOf(written);
  const originals = unread.map((out) => join(corpusFolder, results.get(out)!));
  assert.deepEqual(await unreadOf(originals), originals);
  assert.ok(written.length - unread.length > 0.9 * objects().length, `${written.length} but ${unread.length}`);
});

/** Those of the files that DCMTK does not read: all at once, then halves of what failed. */
async function unreadOf(files: string[]): Promise<string[]> {
  if (files.length === 0) return [];
  const isRead = await promisify(execFile)('dcmdump', ['-q', '-M', ...files], { maxBuffer: 1 << 28 }).then(
    () => true,
    () => false,
  );
  if (isRead || files.length === 1) return isRead ? [] : files;
  const half = files.length >> 1;
  return [...(await unreadOf(files.slice(0, half))), ...(await unreadOf(files.slice(half)))];
}

/** False where it must not leave. Words in pixels are another test's. */
async function deidentified(file: string, out: string, profile: string): Promise<boolean> {
  try {
    const made = await deidentifyFile(file, deidentifier, { tenant: '1', step: { profile }, pixels: 'clear' });
    try {
      if (!made.isStopped) await writeTo(out, made);
      return !made.isStopped;
    } finally {
      await made.close();
    }
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    return false;
  }
}

/** All text of all values, as they stand in bytes, but for samples. */
function withoutPixels(dataset: DataSet, meta: DataSet): string {
  for (const tag of [...dataset.elements.keys()]) if (isPixelValue(tag)) dataset.delete(tag);
  const parts = [dataset, meta].flatMap((each) => writeDataSet(each, transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!));
  return new TextDecoder('latin1').decode(Buffer.concat(parts)) + textsOf(dataset);
}

function textsOf(dataset: DataSet): string {
  return [...dataset.elements.values()]
    .flatMap(({ tag, value }) => (isItems(value) ? value.map(textsOf) : dataset.texts(tag)))
    .join('\n');
}

function wordsOf({ expected }: CorpusFile): string[] {
  const { PatientName: name, PatientID: id } = expected!;
  return [name, id].filter((word): word is string => word !== null && word.length >= LONG_ENOUGH);
}
