import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readTable, writeTable } from './csv.ts';

test('RFC 4180: a table that is written and read is equal', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ' ', ',', '"', '\n', 'é') });
  const row = fc.record({ id: cell.map((text) => `1${text}`), text: cell });
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      assert.deepEqual(
        readTable(writeTable(['id', 'text'], rows)),
        rows.map((one) => ({ ...one })),
      );
    }),
  );
});

test('a byte order mark and lines that end with CR LF are read', () => {
  assert.deepEqual(readTable('\uFEFFid,a\r\n1,"x, ""y"""\r\n2,\r\n'), [
    { id: '1', a: 'x, "y"' },
    { id: '2', a: '' },
  ]);
});
