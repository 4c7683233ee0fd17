// How fast the multipart parser passes a STOW-RS body on: a hundred 0.5 MB parts in chunks as a socket gives them.

import { randomBytes } from 'node:crypto';
import { MultipartParser } from '../src/dicomweb/multipart/parser.ts';

const parts = 100;
const partBytes = 512 * 1024;
const chunkBytes = 64 * 1024;
const boundary = randomBytes(24).toString('hex');

const pieces: Buffer[] = [];
for (let part = 0; part < parts; part++) {
  pieces.push(
    Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`),
    randomBytes(partBytes),
    Buffer.from('\r\n'),
  );
}
const body = Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);

const rates: number[] = [];
for (let run = 0; run < 10; run++) {
  const parser = new MultipartParser(boundary);
  let seenBytes = 0;
  const start = performance.now();
  for (let at = 0; at < body.length; at += chunkBytes) {
    for (const token of parser.push(body.subarray(at, at + chunkBytes))) {
      if (token.kind === 'data') seenBytes += token.bytes.length;
    }
  }
  parser.end();
  rates.push(body.length / 1e3 / (performance.now() - start));
  if (seenBytes !== parts * partBytes) throw new Error(`parsed ${seenBytes} bytes of ${parts * partBytes}`);
}
rates.sort((a, b) => a - b);
console.log(
  JSON.stringify({ bench: 'multipart', medianMbPerS: Math.round(rates[5]!), bestMbPerS: Math.round(rates[9]!) }),
);
