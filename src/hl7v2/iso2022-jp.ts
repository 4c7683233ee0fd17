// Japanese text by escape sequences: ISO IR6, IR13 and IR14 (one byte), IR87 (JIS X 0208) and IR159 (JIS X 0212), all in
// the lower half of the code table. Table 0211 of HL7 v2; ISO/IEC 2022.

const ESC = 0x1b;

/** How the bytes after an escape sequence are turned into EUC-JP, which the platform decodes. */
type Reading = 'ascii' | 'katakana' | 'jis-x-0208' | 'jis-x-0212';

const designations: readonly (readonly [sequence: string, reading: Reading])[] = [
  ['$(D', 'jis-x-0212'],
  ['$(B', 'jis-x-0208'],
  ['$B', 'jis-x-0208'],
  ['$@', 'jis-x-0208'],
  ['(I', 'katakana'],
  ['(B', 'ascii'],
  ['(J', 'ascii'],
];

const eucJp = new TextDecoder('euc-jp');

/** Bytes of 7 bits; an escape sequence of another set is dropped, and what follows it is read as ASCII. */
export function decodeIso2022Jp(bytes: Uint8Array): string {
  const euc: number[] = [];
  let reading: Reading = 'ascii';
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at]!;
    if (byte === ESC) {
      const found = designationAt(bytes, at + 1);
      reading = found?.[1] ?? 'ascii';
      at += 1 + (found?.[0].length ?? 0);
      continue;
    }
    const isGraphic = byte > 0x20 && byte < 0x7f;
    // The end of a segment ends every designation.
    if (byte === 0x0d || byte === 0x0a) reading = 'ascii';
    if (!isGraphic || reading === 'ascii') {
      euc.push(byte);
      at++;
    } else if (reading === 'katakana') {
      euc.push(0x8e, byte | 0x80);
      at++;
    } else {
      if (reading === 'jis-x-0212') euc.push(0x8f);
      euc.push(byte | 0x80, (bytes[at + 1] ?? 0) | 0x80);
      at += 2;
    }
  }
  return eucJp.decode(Uint8Array.from(euc));
}

function designationAt(bytes: Uint8Array, at: number): (typeof designations)[number] | undefined {
  return designations.find(([sequence]) =>
    Array.from(sequence).every((character, index) => bytes[at + index] === character.charCodeAt(0)),
  );
}
