// Segmented Palette Color Lookup Table Data: a table written as runs of values, straight lines and repetitions.
// PS3.3 C.7.9.2.

import { words } from './lut.ts';

const DISCRETE = 0;
const LINEAR = 1;
const INDIRECT = 2;

/** The table in full, at most `length` entries; what cannot be understood ends it, the rest is zero. */
export function expandSegments(data: Uint8Array, length: number, bits: number): Uint8Array | Uint16Array {
  const segments = bits <= 8 ? data : words(data);
  const table = bits <= 8 ? new Uint8Array(length) : new Uint16Array(length);
  copySegments({ segments, table, written: 0 }, 0, Number.POSITIVE_INFINITY, true);
  return table;
}

interface Expansion {
  segments: Uint8Array | Uint16Array;
  table: Uint8Array | Uint16Array;
  written: number;
}

/** Expands up to `count` segments from `at`. Segments that are repeated may not repeat others themselves. */
function copySegments(expansion: Expansion, at: number, count: number, mayRepeat: boolean): void {
  const { segments, table } = expansion;
  const offsetUnits = segments instanceof Uint8Array ? 4 : 2;
  let next = at;
  for (let done = 0; done < count && next + 2 < segments.length && expansion.written < table.length; done++) {
    const opcode = segments[next]!;
    const size = segments[next + 1]!;
    if (opcode === DISCRETE) {
      copyDiscrete(expansion, next + 2, size);
      next += 2 + size;
    } else if (opcode === LINEAR) {
      drawLine(expansion, size, segments[next + 2]!);
      next += 3;
    } else if (opcode === INDIRECT && mayRepeat) {
      copySegments(expansion, indirectTarget(segments, next + 2), size, false);
      next += 2 + offsetUnits;
    } else return;
  }
}

function copyDiscrete(expansion: Expansion, at: number, size: number): void {
  const { segments, table } = expansion;
  for (let i = 0; i < size && expansion.written < table.length; i++) table[expansion.written++] = segments[at + i] ?? 0;
}

/** C.7.9.2.2: from the last entry written to `end`, in `size` steps. */
function drawLine(expansion: Expansion, size: number, end: number): void {
  const { table } = expansion;
  const start = table[expansion.written - 1] ?? 0;
  for (let i = 1; i <= size && expansion.written < table.length; i++) {
    table[expansion.written++] = Math.round(start + ((end - start) * i) / size);
  }
}

/** C.7.9.2.3: an offset in bytes, least significant part first, as an index of segment data. */
function indirectTarget(segments: Uint8Array | Uint16Array, at: number): number {
  const part = (i: number) => segments[at + i] ?? 0;
  if (segments instanceof Uint16Array) return (part(0) + part(1) * 0x10000) >>> 1;
  return part(0) + part(1) * 0x100 + part(2) * 0x10000 + part(3) * 0x1000000;
}
