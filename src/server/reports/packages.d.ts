// The parts that we call of packages that have no types of their own.

declare module 'linebreak' {
  export default class LineBreaker {
    constructor(text: string);
    /** Where a line may be broken next; null behind the end. UAX 14. */
    nextBreak(): { position: number; required?: boolean } | null;
  }
}

declare module 'bidi-js' {
  interface Levels {
    levels: Uint8Array;
  }
  export interface Bidi {
    getEmbeddingLevels(text: string, base?: 'ltr' | 'rtl' | 'auto'): Levels;
    /** Both ends included; each is to be turned round, one after the other. */
    getReorderSegments(text: string, levels: Levels, start?: number, end?: number): [start: number, end: number][];
  }
  export default function bidiFactory(): Bidi;
}
