// Memory of bytes that are done with goes back at once, not at some later garbage collection: the chunks of a 2 GB body
// would pile up by a hundred megabytes, and taking fresh pages for each costs more than handling the bytes.

/** Empties `chunk` where nobody else can have a part in its memory. */
export function giveBack(chunk: Uint8Array): void {
  const { buffer } = chunk;
  if (buffer instanceof ArrayBuffer && !buffer.detached && chunk.length === buffer.byteLength) buffer.transfer(0);
}
