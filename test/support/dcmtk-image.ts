// What DCMTK makes of an image, to compare our rendering with: dcmj2pnm for images, dcmp2pgm for those with a presentation
// state. The answer is read from the PGM or PPM file they write.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

export interface PortableMap {
  width: number;
  height: number;
  channels: 1 | 3;
  data: Uint8Array;
}

const run = promisify(execFile);

/** One frame (from 1) of the image in `file`, written to `output` on the way; undefined where DCMTK cannot show it. */
export async function dcmj2pnm(
  file: string,
  output: string,
  options: readonly string[],
  frame = 1,
): Promise<PortableMap | undefined> {
  return converted('dcmj2pnm', ['--quiet', ...options, '+F', String(frame), '+op', file, output], output);
}

/** The image in `file` as the presentation state in `state` has it shown. */
export async function dcmp2pgm(file: string, state: string, output: string): Promise<PortableMap | undefined> {
  return converted('dcmp2pgm', ['-p', state, file, output], output);
}

async function converted(program: string, args: readonly string[], output: string): Promise<PortableMap | undefined> {
  try {
    await run(program, [...args]);
  } catch (thrown) {
    // It ended with a complaint; that it is missing at all is for the test to have found before.
    if (typeof (thrown as { code?: unknown }).code === 'number') return undefined;
    throw thrown;
  }
  return portableMap(new Uint8Array(readFileSync(output)));
}

/** The binary forms, P5 and P6, of 8 bits. */
function portableMap(bytes: Uint8Array): PortableMap {
  const header = /^P([56])\s(?:#.*\n)*\s*(\d+)\s+(\d+)\s+255\s/.exec(
    new TextDecoder('latin1').decode(bytes.subarray(0, 200)),
  );
  if (header === null) throw new Error('no PGM or PPM of 8 bits');
  const [whole, kind, width, height] = header;
  const data = bytes.subarray(whole.length);
  return { width: Number(width), height: Number(height), channels: kind === '6' ? 3 : 1, data };
}
