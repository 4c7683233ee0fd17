// Memory for direct writes: theirs must begin at a disk's block, and an ArrayBuffer begins where malloc says.

const PAGE_BYTES = 65_536;

/** Of WebAssembly only this, which Node has and its types leave to the DOM's. */
declare const WebAssembly: {
  Memory: new (size: { initial: number; maximum: number; shared: true }) => { buffer: SharedArrayBuffer };
};

/** At least `lengthBytes` of shared memory that begins at a page, as WebAssembly's always does. */
export function alignedMemory(lengthBytes: number): SharedArrayBuffer {
  const pages = Math.ceil(lengthBytes / PAGE_BYTES);
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }).buffer;
}
