// The part of libheif-js that we call; the package has types of its bindings alone.

declare module 'libheif-js/wasm-bundle.js' {
  interface HeifImage {
    is_primary(): boolean;
    get_width(): number;
    get_height(): number;
    /** Fills `into.data` with RGBA; gives null where the picture is broken. */
    display<Into extends { data: Uint8ClampedArray; width: number; height: number }>(
      into: Into,
      done: (shown: Into | null) => void,
    ): void;
    free(): void;
  }
  const libheif: { HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] } };
  export default libheif;
}
