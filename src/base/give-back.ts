// Memory of bytes that are done with goes back at once, not at some later garbage collection: the chunks of a 2 GB object
// would pile up by a hundred megabytes, and taking fresh pages for each costs more than handling the bytes.

/** Only where `chunk` is all of its memory: parts of a shared buffer stay. Whoever still holds the chunk finds it empty. */
export function giveBack(chunk: Uint8Array): void {
  const { buffer } = chunk;
  if (buffer instanceof ArrayBuffer && !buffer.detached && chunk.length === buffer.byteLength) buffer.transfer(0);
}
