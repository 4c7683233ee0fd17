// What rendering makes: 8-bit samples by pixel, gray or red-green-blue.

export interface Raster {
  width: number;
  height: number;
  channels: 1 | 3;
  data: Uint8Array;
}
