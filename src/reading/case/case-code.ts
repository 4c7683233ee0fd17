// The code of a case: what a reader and a site's desk say to one another on the telephone, on viewer, worklist and report.
// Digits and consonants that neither look alike nor make words; the last is a check character.

/** 29 characters, a prime number: then a weighted sum finds every wrong character and every two that were exchanged. */
const ALPHABET = '123456789BCDFGHJKMNPQRSTVWXYZ';
const CHECKED = 7;
const CODES = BigInt(ALPHABET.length) ** BigInt(CHECKED);

/** A code made of at least 8 bytes that nobody can foresee: `4KTM-9QX2`. One of 17 thousand million; it may be in use. */
export function caseCode(random: Uint8Array): string {
  let left = random.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) % CODES;
  let text = '';
  for (let at = 0; at < CHECKED; at++) {
    text += ALPHABET[Number(left % BigInt(ALPHABET.length))];
    left /= BigInt(ALPHABET.length);
  }
  return grouped(text + checkCharacter(text));
}

/** The code that somebody typed or said, however it was grouped; undefined where it is none. */
export function readCaseCode(said: string): string | undefined {
  // I and L are not in use: whoever writes one means 1.
  const text = said.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1');
  if (text.length !== CHECKED + 1 || ![...text].every((each) => ALPHABET.includes(each))) return undefined;
  return checkCharacter(text.slice(0, CHECKED)) === text[CHECKED] ? grouped(text) : undefined;
}

/** Makes the sum of value × place over all eight characters divisible by 29. */
function checkCharacter(text: string): string {
  const sum = [...text].reduce((total, each, at) => total + ALPHABET.indexOf(each) * (at + 1), 0);
  const place = CHECKED + 1;
  const value = [...ALPHABET].findIndex((_, each) => (sum + each * place) % ALPHABET.length === 0);
  return ALPHABET[value]!;
}

const grouped = (text: string): string => `${text.slice(0, 4)}-${text.slice(4)}`;
