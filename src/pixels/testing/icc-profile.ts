// An ICC profile made for tests: the primaries of sRGB with linear light, so that what it does can be worked out by hand.
// ICC.1:2010 7.2 (header), 9.2 (tags of a three-component matrix-based display profile).

/** Samples under this profile are shares of light: 128 is half of it, which sRGB writes as 188. */
export function linearLightProfile(): Uint8Array {
  const tags: [signature: string, data: Uint8Array][] = [
    ['desc', tagData('desc', Uint8Array.of(0, 0, 0, 2, 0x4c, 0), new Uint8Array(78))],
    ['cprt', tagData('text', Uint8Array.of(0x2d, 0))],
    ['wtpt', xyz(0.9642, 1, 0.8249)],
    ['rXYZ', xyz(0.4361, 0.2225, 0.0139)],
    ['gXYZ', xyz(0.3851, 0.7169, 0.0971)],
    ['bXYZ', xyz(0.1431, 0.0606, 0.7141)],
    // A curve without entries is the identity.
    ...['rTRC', 'gTRC', 'bTRC'].map((name): [string, Uint8Array] => [name, tagData('curv', new Uint8Array(4))]),
  ];
  const tableBytes = 4 + 12 * tags.length;
  const length = tags.reduce((sum, [, data]) => sum + data.length, 128 + tableBytes);
  const profile = new Uint8Array(length);
  const view = new DataView(profile.buffer);
  view.setUint32(0, length);
  view.setUint32(8, 0x02400000);
  for (const [at, text] of [
    [12, 'mntrRGB XYZ '],
    [36, 'acsp'],
  ] as const)
    profile.set(ascii(text), at);
  profile.set(xyz(0.9642, 1, 0.8249).subarray(8), 68);
  view.setUint32(128, tags.length);
  let at = 128 + tableBytes;
  for (const [i, [signature, data]] of tags.entries()) {
    profile.set(ascii(signature), 132 + 12 * i);
    view.setUint32(136 + 12 * i, at);
    view.setUint32(140 + 12 * i, data.length);
    profile.set(data, at);
    at += data.length;
  }
  return profile;
}

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Type signature, four reserved bytes, content; padded to whole words. */
function tagData(type: string, ...content: Uint8Array[]): Uint8Array {
  const bytes = [...ascii(type), 0, 0, 0, 0, ...content.flatMap((part) => [...part])];
  while (bytes.length % 4 !== 0) bytes.push(0);
  return Uint8Array.from(bytes);
}

function xyz(...numbers: number[]): Uint8Array {
  const data = tagData('XYZ ', new Uint8Array(12));
  for (const [i, number] of numbers.entries())
    new DataView(data.buffer).setInt32(8 + 4 * i, Math.round(number * 65536));
  return data;
}
