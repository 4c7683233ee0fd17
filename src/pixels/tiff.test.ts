import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { labToRgb } from './cielab.ts';
import { linearLightProfile } from './testing/icc-profile.ts';
import { tiffOf } from './tiff.ts';

test('a TIFF holds the pixels of a rendered frame as they are, gray and colour', async () => {
  for (const channels of [1, 3] as const) {
    const data = Uint8Array.from({ length: 5 * 3 * channels }, (_, i) => (i * 37) & 255);
    const { data: read, info } = await sharp(tiffOf({ width: 5, height: 3, channels, data }))
      .raw()
      .toBuffer({ resolveWithObject: true });
    assert.deepEqual([info.width, info.height], [5, 3]);
    const step = info.channels / channels;
    assert.deepEqual(
      [...read].filter((_, i) => i % step === 0),
      [...data],
    );
  }
});

test('the ICC profile goes along, and an image library converts by it: half of the light is 188 in sRGB', async () => {
  const profile = linearLightProfile();
  const file = tiffOf({ width: 2, height: 1, channels: 3, data: Uint8Array.of(128, 128, 128, 255, 255, 255) }, profile);
  assert.deepEqual(new Uint8Array((await sharp(file).metadata()).icc!), profile);
  const converted = await sharp(file).toColourspace('srgb').raw().toBuffer();
  const expected = [188, 188, 188, 255, 255, 255];
  assert.ok(
    converted.every((value, i) => Math.abs(value - expected[i]!) <= 1),
    `${[...converted]}`,
  );
});

test('PS3.3 C.10.7.1.1: CIELab as 16-bit numbers, white, black, middle gray and the red of sRGB', () => {
  const encoded = (l: number, a: number, b: number) => [
    Math.round((l / 100) * 65535),
    Math.round(((a + 128) / 255) * 65535),
    Math.round(((b + 128) / 255) * 65535),
  ];
  const near = (lab: number[], rgb: number[]) =>
    assert.ok(
      labToRgb(lab).every((value, i) => Math.abs(value - rgb[i]!) <= 1),
      `${labToRgb(lab)} is not ${rgb}`,
    );
  near(encoded(100, 0, 0), [255, 255, 255]);
  near(encoded(0, 0, 0), [0, 0, 0]);
  near(encoded(53.585, 0, 0), [128, 128, 128]);
  near(encoded(54.29, 80.81, 69.89), [255, 0, 0]);
});
