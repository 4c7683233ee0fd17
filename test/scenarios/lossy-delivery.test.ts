// Compression with loss happens by an explicit rule alone, and what comes of it is another object, which says so: PS3.3
// C.7.6.1.1.5 and C.7.6.1.1.2.

import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { readDicom } from '../../src/dicom/reader.ts';
import { call, ledgerOnce, putRules } from '../support/delivery.ts';
import { stow } from '../support/dicomweb.ts';
import { makeInstance } from '../support/instances.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';

const JPEG_2000 = '1.2.840.10008.1.2.4.91';
const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';

const image = (attributes = {}) => makeInstance({ rows: 128, columns: 128, attributes });

async function folderDestination(t: TestContext, node: NodeProcess, name: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'fascia-folder-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await call(node, 'PUT', `/destinations/${name}`, { kind: 'folder', settings: { path: folder } });
  return folder;
}

async function filesIn(folder: string) {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.dcm'));
  return Promise.all(names.map(async (name) => readDicom(await readFile(path.join(folder, name)))));
}

test('an image that a rule compresses with loss arrives as a derived image, and one that lost something before does not', async (t) => {
  const node = await startNodeProcess((cleanUp) => t.after(cleanUp), { environment: openDoors });
  const wavelets = await folderDestination(t, node, 'wavelets');
  const baseline = await folderDestination(t, node, 'baseline');
  const rule = (name: string, to: string) => ({
    name,
    when: 'true',
    after: 'instance',
    do: { transform: [{ transcode: { to, lossy: { ratio: 8 } } }], send: name },
  });
  await putRules(node, [rule('wavelets', JPEG_2000), rule('baseline', JPEG_BASELINE)]);
  const [whole, lost] = [image(), image({ LossyImageCompression: '01' })];
  await stow(
    node.url,
    [whole, lost].map(({ file }) => file),
  );
  const rows = await ledgerOnce(node, (all) => all.length === 4 && all.every(({ state }) => state !== 'queued'));
  const reasonOf = (destination: string, { sopInstanceUid }: typeof whole) =>
    rows.find((row) => row.destination === destination && row.sopInstanceUid === sopInstanceUid)!.reason;
  assert.match(reasonOf('wavelets', lost)!, /transcode lossy-already/);
  assert.match(reasonOf('baseline', lost)!, /transcode lossy-already/);
  assert.match(reasonOf('baseline', whole)!, /JPEG Baseline.* cannot hold such frames/);
  assert.deepEqual(await filesIn(baseline), []);

  const [sent, ...others] = await filesIn(wavelets);
  assert.deepEqual(others, []);
  const { dataset, transferSyntax } = sent!;
  assert.equal(transferSyntax.uid, JPEG_2000);
  assert.notEqual(dataset.text('SOPInstanceUID'), whole.sopInstanceUid);
  assert.equal(dataset.text('SeriesInstanceUID'), whole.seriesInstanceUid);
  assert.deepEqual(dataset.texts('ImageType'), ['DERIVED', 'PRIMARY', 'AXIAL']);
  assert.equal(dataset.text('LossyImageCompression'), '01');
  assert.deepEqual(dataset.texts('LossyImageCompressionMethod'), ['ISO_15444_1']);
  const [ratio, ...moreRatios] = dataset.numbers('LossyImageCompressionRatio');
  assert.deepEqual(moreRatios, []);
  assert.ok(ratio! >= 8, `${ratio}`);
  const [source] = dataset.items('SourceImageSequence');
  assert.equal(source!.text('ReferencedSOPInstanceUID'), whole.sopInstanceUid);
});
