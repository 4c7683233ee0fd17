// The part of @cornerstonejs/codec-openjph (OpenJPH as WebAssembly) that htj2k.ts uses; the package brings no types.

declare module '@cornerstonejs/codec-openjph' {
  export interface FrameInfo {
    width: number;
    height: number;
    bitsPerSample: number;
    componentCount: number;
    isSigned: boolean;
    isUsingColorTransform: boolean;
  }

  /** Lives in WebAssembly memory until `delete`. */
  export interface Encoder {
    /** Memory for the native samples. */
    getDecodedBuffer(frame: FrameInfo): Uint8Array;
    setQuality(lossless: boolean, quantizationStep: number): void;
    setDecompositions(levels: number): void;
    setProgressionOrder(order: number): void;
    setTLMMarker(isWanted: boolean): void;
    setTilePartDivisionsAtResolutions(isWanted: boolean): void;
    encode(): void;
    getEncodedBuffer(): Uint8Array;
    delete(): void;
  }

  export interface Decoder {
    /** Memory for the codestream. */
    getEncodedBuffer(sizeBytes: number): Uint8Array;
    readHeader(): void;
    decode(): void;
    /** `level` of 0 is the whole image, each one more halves it. */
    decodeSubResolution(level: number): void;
    getDecodedBuffer(): Uint8Array;
    getFrameInfo(): FrameInfo;
    getNumDecompositions(): number;
    delete(): void;
  }

  export interface OpenJph {
    HTJ2KEncoder: new () => Encoder;
    HTJ2KDecoder: new () => Decoder;
  }

  export default function load(): Promise<OpenJph>;
}
