// Value Representations. PS3.5 6.2 and 7.1.2.

type Kind = 'text' | 'number' | 'tag' | 'bytes' | 'sequence';

type VrRow = {
  kind: Kind;
  /** PS3.5 7.1.2: explicit VR with a 32-bit length (and two reserved bytes) instead of a 16-bit one. */
  longLength: boolean;
  /** Bytes of one binary value; 1 where values are characters. Byte swapping works on this width. */
  width: number;
  /** PS3.5 6.2: the byte that makes an odd length even. */
  padding: 0x20 | 0x00;
  /** Whether (0008,0005) Specific Character Set governs the characters. */
  extended: boolean;
  /** Whether a backslash separates values (PS3.5 6.4). */
  multiple: boolean;
};

const row = (kind: Kind, width: number, more: Partial<VrRow> = {}): VrRow => ({
  kind,
  width,
  longLength: false,
  padding: kind === 'text' ? 0x20 : 0x00,
  extended: false,
  multiple: true,
  ...more,
});

export const vrs = {
  AE: row('text', 1),
  AS: row('text', 1),
  AT: row('tag', 2),
  CS: row('text', 1),
  DA: row('text', 1),
  DS: row('text', 1),
  DT: row('text', 1),
  FD: row('number', 8),
  FL: row('number', 4),
  IS: row('text', 1),
  LO: row('text', 1, { extended: true }),
  LT: row('text', 1, { extended: true, multiple: false }),
  OB: row('bytes', 1, { longLength: true, multiple: false }),
  OD: row('bytes', 8, { longLength: true, multiple: false }),
  OF: row('bytes', 4, { longLength: true, multiple: false }),
  OL: row('bytes', 4, { longLength: true, multiple: false }),
  OV: row('bytes', 8, { longLength: true, multiple: false }),
  OW: row('bytes', 2, { longLength: true, multiple: false }),
  PN: row('text', 1, { extended: true }),
  SH: row('text', 1, { extended: true }),
  SL: row('number', 4),
  SQ: row('sequence', 1, { longLength: true, multiple: false }),
  SS: row('number', 2),
  ST: row('text', 1, { extended: true, multiple: false }),
  SV: row('number', 8, { longLength: true }),
  TM: row('text', 1),
  UC: row('text', 1, { longLength: true, extended: true }),
  UI: row('text', 1, { padding: 0x00 }),
  UL: row('number', 4),
  UN: row('bytes', 1, { longLength: true, multiple: false }),
  UR: row('text', 1, { longLength: true, multiple: false }),
  US: row('number', 2),
  UT: row('text', 1, { longLength: true, extended: true, multiple: false }),
  UV: row('number', 8, { longLength: true }),
} as const satisfies Record<string, VrRow>;

export type VR = keyof typeof vrs;

/** Whether two characters name a VR of PS3.5 6.2. */
export function isVr(text: string): text is VR {
  return Object.hasOwn(vrs, text);
}
