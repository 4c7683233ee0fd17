// Text as it is compared with what is known of a patient: lower case, without marks, compatibility forms resolved, with the
// way back to where each character stood.

export interface Folded {
  text: string;
  /** Where in the original each UTF-16 unit of `text` came from; one more for the end. Absent where nothing moved. */
  at?: readonly number[];
}

/** Marks above and below letters of Latin, Greek and Cyrillic, Hebrew points and Arabic vowels. */
const marks = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g;

/** Letters that Unicode does not take apart. */
const letters: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
};

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

export function fold(original: string): Folded {
  if (isAscii(original)) return { text: original.toLowerCase() };
  let text = '';
  const at: number[] = [];
  let from = 0;
  for (const character of original) {
    const folded = foldCharacter(character);
    for (let i = 0; i < folded.length; i++) at.push(from);
    text += folded;
    from += character.length;
  }
  return { text, at: [...at, original.length] };
}

function foldCharacter(character: string): string {
  const plain = character.normalize('NFKD').replace(marks, '').toLowerCase();
  return letters[plain] ?? plain;
}

/** How German and Nordic names are also written: Müller as Mueller and Muller, and the other way round. */
export function spellingsOf(word: string): string[] {
  const folded = fold(word).text;
  const apart = fold(
    word
      .toLowerCase()
      .normalize('NFC')
      .replace(/[äöüåø]/g, (letter) => expansions[letter]!),
  ).text;
  const joined = folded.replace(/(?<=.)([aou])e/g, '$1');
  return [...new Set([folded, apart, ...(joined.length > 3 ? [joined] : [])])];
}

const expansions: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' };
