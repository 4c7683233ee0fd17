// Acknowledgements as one column holds them: each followed by FS, as on the wire.

const FS = 0x1c;

export function joined(acknowledgements: readonly Uint8Array[] | undefined): Uint8Array | undefined {
  return acknowledgements && Buffer.concat(acknowledgements.flatMap((each) => [each, Uint8Array.of(FS)]));
}

/** The reverse of `joined`. */
export function separated(bytes: Buffer | null): Uint8Array[] | undefined {
  if (bytes === null) return undefined;
  const all: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; ) {
    const to = bytes.indexOf(FS, from);
    all.push(bytes.subarray(from, to));
    from = to + 1;
  }
  return all;
}
