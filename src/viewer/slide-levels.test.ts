import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet } from '../dicom/dataset.ts';
import { toJson } from '../dicom/json.ts';
import type { JsonObject } from './dicom-json.ts';
import { slideLevels } from './slide-levels.ts';

const level = (columns: number, rows: number, kind = 'VOLUME') =>
  new DataSet()
    .set('SOPInstanceUID', `1.${columns}`)
    .set('ImageType', ['ORIGINAL', 'PRIMARY', kind, 'NONE'])
    .set('TotalPixelMatrixColumns', columns)
    .set('TotalPixelMatrixRows', rows)
    .set('Columns', 10)
    .set('Rows', 10)
    .set('NumberOfFrames', Math.ceil(columns / 10) * Math.ceil(rows / 10))
    .set('DimensionOrganizationType', 'TILED_FULL');

const levelsOf = (...objects: DataSet[]) => slideLevels(objects.map((object) => toJson(object) as JsonObject));

test('PS3.3 C.8.12: the levels of a slide come finest first, without its label and overview', () => {
  const levels = levelsOf(
    level(24, 13),
    level(95, 51),
    level(80, 40, 'LABEL'),
    level(30, 30, 'OVERVIEW'),
    level(48, 26),
  );
  assert.deepEqual(
    levels.map(({ columns }) => columns),
    [95, 48, 24],
  );
});

test('PS3.3 C.7.6.17.3: frames of TILED_FULL go along the rows of tiles', () => {
  const [finest] = levelsOf(level(95, 51));
  assert.equal(finest!.frameAt(0, 0), 1);
  assert.equal(finest!.frameAt(9, 0), 10);
  assert.equal(finest!.frameAt(0, 1), 11);
  assert.equal(finest!.frameAt(10, 0), undefined);
  assert.equal(finest!.frameAt(9, 5), 60);
  assert.equal(finest!.frameAt(0, 6), undefined);
});

test('PS3.3 C.8.12.14: frames of TILED_SPARSE lie where they say, and where none lies there is none', () => {
  const at = (column: number, row: number) =>
    new DataSet().set('PlanePositionSlideSequence', [
      new DataSet().set('ColumnPositionInTotalImagePixelMatrix', column).set('RowPositionInTotalImagePixelMatrix', row),
    ]);
  const sparse = level(95, 51)
    .set('DimensionOrganizationType', 'TILED_SPARSE')
    .set('PerFrameFunctionalGroupsSequence', [at(21, 11), at(1, 1), at(21, 11)]);
  const [finest] = levelsOf(sparse);
  assert.deepEqual([finest!.frameAt(2, 1), finest!.frameAt(0, 0), finest!.frameAt(1, 0)], [1, 2, undefined]);
});

test('PS3.3 C.7.6.1.1.5: a level says how much was lost', () => {
  const lossy = level(95, 51).set('LossyImageCompression', '01').set('LossyImageCompressionRatio', ['12.04']);
  assert.deepEqual(
    levelsOf(lossy, level(24, 13)).map((each) => each.lossy),
    ['12:1', ''],
  );
});

test('a series without a total pixel matrix is no slide', () => {
  assert.deepEqual(levelsOf(new DataSet().set('Rows', 10).set('Columns', 10)), []);
});
