// What rendering makes: 8-bit samples by pixel, gray or red-green-blue.

export interface Raster {
  width: number;
  height: number;
  channels: 1 | 3;
  data: Uint8Array;
}

/** Gray as three equal colours; colour as it is. */
export function toColour(raster: Raster): Raster {
  if (raster.channels === 3) return raster;
  const data = new Uint8Array(raster.data.length * 3);
  for (let i = 0, to = 0; i < raster.data.length; i++, to += 3) {
    data[to] = data[to + 1] = data[to + 2] = raster.data[i]!;
  }
  return { ...raster, channels: 3, data };
}
