// Elements written byte by byte, so that a test can lie in any of them. Explicit VR Little Endian (PS3.5 7.1.2).

const longForm = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);

/** `tag` as `ggggeeee`; `length` where it is not that of the value. */
export function element(tag: string, vr: string, value: Uint8Array | string, length?: number): Uint8Array {
  const bytes = typeof value === 'string' ? padded(value, vr) : value;
  const head = Buffer.alloc(longForm.has(vr) ? 12 : 8);
  head.writeUInt16LE(Number.parseInt(tag.slice(0, 4), 16), 0);
  head.writeUInt16LE(Number.parseInt(tag.slice(4), 16), 2);
  head.write(vr, 4, 'latin1');
  if (longForm.has(vr)) head.writeUInt32LE(length ?? bytes.length, 8);
  else head.writeUInt16LE(length ?? bytes.length, 6);
  return Buffer.concat([head, bytes]);
}

/** An item, or a delimiter: `fffee000`, `fffee00d`, `fffee0dd`. */
export function item(tag: string, length: number): Uint8Array {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(Number.parseInt(tag.slice(0, 4), 16), 0);
  head.writeUInt16LE(Number.parseInt(tag.slice(4), 16), 2);
  head.writeUInt32LE(length, 4);
  return head;
}

/** PS3.5 6.2: UIDs are padded with NUL, other text with a space. */
function padded(text: string, vr: string): Uint8Array {
  const even = text.length % 2 === 0 ? text : `${text}${vr === 'UI' ? '\0' : ' '}`;
  return Buffer.from(even, 'latin1');
}
