import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shownAttributes } from './attributes.ts';
import { isObject } from './dropped-files.ts';

test('sequences are opened, and private attributes are looked up under their creator', () => {
  const asked: [number, string | undefined][] = [];
  const rows = shownAttributes(
    {
      '00081140': { vr: 'SQ', Value: [{ '00081150': { vr: 'UI', Value: ['1.2.3'] } }] },
      '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Doe^Jane' }] },
      '00290010': { vr: 'LO', Value: ['MAKER HEADER'] },
      '00291008': { vr: 'CS', Value: ['A', 'B'] },
      '7FE00010': { vr: 'OW', BulkDataURI: 'x' },
    },
    (tag, creator) => {
      asked.push([tag, creator]);
      return 'name';
    },
  );
  assert.deepEqual(
    rows.map(({ path, depth, value }) => [path, depth, value]),
    [
      ['00081140', 0, '1 items'],
      ['00081140/1/00081150', 1, '1.2.3'],
      ['00100010', 0, 'DOE, Jane'],
      ['00290010', 0, 'MAKER HEADER'],
      ['00291008', 0, 'A \\ B'],
      ['7FE00010', 0, 'bulk data'],
    ],
  );
  assert.deepEqual(asked[4], [0x0029_1008, 'MAKER HEADER']);
});

test('a CD’s directory and its viewer are passed over, its objects are not', () => {
  const file = (name: string, size = 1) => ({ name, size }) as File;
  const names = ['DICOMDIR', 'autorun.inf', 'VIEWER.EXE', 'readme.txt', 'IM000001', '1.2.840.1', 'slice.dcm'];
  assert.deepEqual(
    names.filter((name) => isObject(file(name))),
    ['IM000001', '1.2.840.1', 'slice.dcm'],
  );
  assert.ok(!isObject(file('IM000001', 0)));
});
