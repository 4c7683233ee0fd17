// The samples of a frame as they are stored, without loss (PS3.18 10.4.1.1.6, Explicit VR Little Endian).

import { instancePath, type Place } from './image-url.ts';

const FRAME = 'application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1';

/** `frame` from 1. Rejects with an Error for the person. */
export const frameSamples = async (place: Place, frame: number): Promise<Uint8Array> =>
  (await askOriginal(`${instancePath(place)}/frames/${frame}`, FRAME)).bytes();

export async function askOriginal(url: string, accept: string): Promise<Response> {
  const response = await fetch(url, { headers: { Accept: accept } });
  if (!response.ok) throw new Error(`The original cannot be had: the server answered ${response.status}.`);
  return response;
}
