import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adobeRgb, iccProfile, type RgbSpace, rommRgb } from './icc-profile.ts';

/** The tags of a profile, by signature. */
function tagsOf(profile: Uint8Array): Map<string, DataView> {
  const view = new DataView(profile.buffer);
  const text = (at: number) => String.fromCharCode(...profile.subarray(at, at + 4));
  assert.equal(view.getUint32(0), profile.length);
  assert.equal(text(36), 'acsp');
  return new Map(
    Array.from({ length: view.getUint32(128) }, (_, i) => {
      const entry = 132 + 12 * i;
      return [text(entry), new DataView(profile.buffer, view.getUint32(entry + 4), view.getUint32(entry + 8))];
    }),
  );
}

const xyzOf = (tag: DataView): number[] => [8, 12, 16].map((at) => tag.getInt32(at) / 65536);

test('the primaries of Adobe RGB (1998) and ROMM RGB are under D50 what their specifications say', () => {
  const rows: [RgbSpace, number[][]][] = [
    [
      adobeRgb,
      [
        [0.60974, 0.31111, 0.01947],
        [0.20528, 0.62567, 0.06087],
        [0.14919, 0.06322, 0.74457],
      ],
    ],
    [
      rommRgb,
      [
        [0.7977, 0.288, 0],
        [0.1352, 0.7119, 0],
        [0.0313, 0.0001, 0.8249],
      ],
    ],
  ];
  for (const [space, wanted] of rows) {
    const tags = tagsOf(iccProfile(space));
    for (const [at, name] of ['rXYZ', 'gXYZ', 'bXYZ'].entries()) {
      for (const [i, value] of xyzOf(tags.get(name)!).entries()) {
        const away = Math.abs(value - wanted[at]![i]!);
        assert.ok(away < 3e-4, `${space.name} ${name}: ${value}, not ${wanted[at]![i]}`);
      }
    }
  }
});

test('full red, green and blue together are the white that profiles connect by', () => {
  for (const space of [adobeRgb, rommRgb]) {
    const tags = tagsOf(iccProfile(space));
    const parts = ['rXYZ', 'gXYZ', 'bXYZ'].map((name) => xyzOf(tags.get(name)!));
    for (const [i, wanted] of [0.9642, 1, 0.8249].entries()) {
      const sum = parts.reduce((total, part) => total + part[i]!, 0);
      assert.ok(Math.abs(sum - wanted) < 1e-4, `${space.name}: ${sum}, not ${wanted}`);
    }
  }
});

test('tone curves: the exponent of Adobe RGB is 2 + 51/256; that of ROMM RGB begins as a line', () => {
  const adobe = tagsOf(iccProfile(adobeRgb)).get('rTRC')!;
  assert.deepEqual([adobe.getUint32(8), adobe.getUint16(12)], [1, 0x0233]);
  const romm = tagsOf(iccProfile(rommRgb)).get('gTRC')!;
  const share = (at: number) => romm.getUint16(12 + 2 * at) / 65535;
  assert.equal(romm.getUint32(8), 4096);
  assert.equal(share(4095), 1);
  assert.ok(Math.abs(share(64) - 64 / 4095 / 16) < 1e-5);
  assert.ok(Math.abs(share(2048) - (2048 / 4095) ** 1.8) < 1e-5);
});
