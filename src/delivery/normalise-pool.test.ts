import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testArchive } from '../../test/support/archive.ts';
import { makeInstance } from '../../test/support/instances.ts';
import { silentLog } from '../base/log.ts';
import { DataSet } from '../dicom/dataset.ts';
import { studiesForRules } from '../storage/study-for-rules.ts';
import { limits, NormalisePool } from './normalise-pool.ts';

test('of a header too long to be read as a whole what the columns of the catalogue hold is normalised', async (t) => {
  const archive = await testArchive(t);
  const pool = new NormalisePool(archive.database, silentLog);
  archive.closing.defer(() => pool.close());
  const usual = { StudyDescription: 'CT Abdomen', SeriesDescription: 'Abdomen', ConvolutionKernel: 'B70f' };
  const items = Array.from({ length: limits.headerBytes / 100 }, () => new DataSet().set('PatientID', 'x'.repeat(64)));
  await archive.stow(makeInstance({ attributes: usual }).file);
  await archive.stow(makeInstance({ attributes: { ...usual, OtherPatientIDsSequence: items } }).file);
  const rows = await archive.database.query<{ id: string }>('select id from study order by id');
  const ids = rows.map(({ id }) => id);
  const [whole, columns] = await Promise.all(
    (await studiesForRules(archive.database, ids)).map((study) => pool.of(study)),
  );
  const said = ({ procedure, series }: typeof whole & {}, name: string) =>
    [...procedure, ...[...series.values()].flat()].find(({ attribute }) => attribute === name)?.value;
  assert.equal(said(whole!, 'BodyRegion'), 'ABDOMEN');
  assert.equal(said(columns!, 'BodyRegion'), 'ABDOMEN');
  // No column holds the kernel.
  assert.equal(said(whole!, 'Reconstruction'), 'bone');
  assert.notEqual(said(columns!, 'Reconstruction'), 'bone');
});
