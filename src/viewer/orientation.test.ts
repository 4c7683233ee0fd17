import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { lettersOfCosines, lettersOfNames } from './orientation.ts';

test('PS3.3 C.7.6.2.1.1: an axial slice has the patient’s right at its left edge and anterior at the top', () => {
  assert.deepEqual(lettersOfCosines([1, 0, 0, 0, 1, 0]), { left: 'R', right: 'L', top: 'A', bottom: 'P' });
});

test('coronal and sagittal slices have the head at the top', () => {
  assert.deepEqual(lettersOfCosines([1, 0, 0, 0, 0, -1]), { left: 'R', right: 'L', top: 'H', bottom: 'F' });
  assert.deepEqual(lettersOfCosines([0, 1, 0, 0, 0, -1]), { left: 'A', right: 'P', top: 'H', bottom: 'F' });
});

test('an oblique slice names the strongest direction first', () => {
  const half = Math.SQRT1_2;
  const tilted = lettersOfCosines([0.9, 0.43, 0, 0, half, -half]);
  assert.equal(tilted.right, 'LP');
  assert.equal(tilted.left, 'RA');
});

test('PS3.3 C.7.6.1.1.1: Patient Orientation of a projection gives the edges it leads to', () => {
  assert.deepEqual(lettersOfNames(['A', 'F']), { left: 'P', right: 'A', top: 'H', bottom: 'F' });
});

test('an image that does not say where it lies has no letters', () => {
  const none = { left: '', right: '', top: '', bottom: '' };
  assert.deepEqual(lettersOfCosines(undefined), none);
  assert.deepEqual(lettersOfCosines([1, 0, 0]), none);
  assert.deepEqual(lettersOfNames([]), none);
});

test('opposite edges always have opposite letters', () => {
  const opposite: Record<string, string> = { L: 'R', R: 'L', A: 'P', P: 'A', H: 'F', F: 'H' };
  const cosines = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(cosines, (values) => {
      const { left, right, top, bottom } = lettersOfCosines(values);
      assert.equal([...right].map((letter) => opposite[letter]).join(''), left);
      assert.equal([...bottom].map((letter) => opposite[letter]).join(''), top);
    }),
  );
});
