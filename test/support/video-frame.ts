// The first picture of a video that is stored in an instance, as FFmpeg decodes it.

import { spawnSync } from 'node:child_process';
import { isFragments } from '../../src/dicom/element.ts';
import { readDicom } from '../../src/dicom/reader.ts';
import type { Raster } from '../../src/pixels/raster.ts';
import { rasterOf } from './screen.ts';

/** Throws where FFmpeg finds no picture in it. */
export async function videoReference(file: Uint8Array): Promise<Raster> {
  const value = readDicom(file).dataset.get('PixelData')!.value;
  if (!isFragments(value)) throw new TypeError('no video');
  const input = Buffer.concat(value.fragments.map(({ bytes }) => bytes!));
  // From a pipe it could not seek, as the index of an MP4 at its end needs.
  const source = ['-v', 'error', '-i', 'cache:pipe:0', '-frames:v', '1'];
  // Where the stream does not say, browsers take a picture of this size for one of HDTV.
  const picture = ['-vf', 'scale=in_color_matrix=bt709', '-f', 'image2pipe', '-c:v', 'png', 'pipe:1'];
  const args = [...source, ...picture];
  const { stdout, stderr } = spawnSync('ffmpeg', args, { input, maxBuffer: 1 << 28 });
  if (stdout.length === 0) throw new Error(`FFmpeg: ${stderr}`);
  return rasterOf(stdout);
}
