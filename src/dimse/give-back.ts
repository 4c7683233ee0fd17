// Frees the memory of bytes that have passed. Left to the garbage collector, the chunks of a large object pile up to a
// hundred megabytes before it looks.

/** Only where `chunk` is all of its memory: parts of a shared buffer stay. Whoever still holds the chunk finds it empty. */
export function giveBack(chunk: Uint8Array): void {
  const { buffer } = chunk;
  if (buffer instanceof ArrayBuffer && chunk.length === buffer.byteLength && !buffer.detached) buffer.transfer(0);
}
