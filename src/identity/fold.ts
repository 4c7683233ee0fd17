// Text as it is compared: repaired, in Latin letters where the script has a regular romanisation, lower case, without marks.
// The German forms of ä ö ü are kept (ae oe ue); `canonical` in romanisation.ts makes ue and u the same.

/** Words of a–z and digits, or of letters of another script, one space between them. */
export function fold(text: string): string {
  if (asciiWords.test(text)) return text.toLowerCase();
  const lower = romanise(repairCharset(text).normalize('NFKC').toLowerCase());
  return lower
    .replace(/[äöü]/g, (letter) => germanForms[letter]!)
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u064b-\u065f\u0670]/g, '')
    .normalize('NFC')
    .replace(/[ßæœøłđðþıʼ]/g, (letter) => wholeLetters[letter]!)
    .replace(/['’`´.]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const asciiWords = /^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/;

const germanForms: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue' };

const wholeLetters: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ʼ: '',
};

/** UTF-8 that was read as Latin-1 or Windows-1252, read again as UTF-8; anything else unchanged. */
export function repairCharset(text: string): string {
  if (!/[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u2122]/.test(text)) return text;
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const byte = code < 256 ? code : windows1252.get(code);
    if (byte === undefined) return text;
    bytes[at] = byte;
  }
  try {
    return utf8.decode(bytes);
  } catch {
    return text;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Where Windows-1252 differs from Latin-1: code point to byte. */
const windows1252 = new Map(
  [...'€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'].map((letter, at) => [
    letter.codePointAt(0)!,
    128 + at,
  ]),
);

/** Scripts whose letters have a regular Latin form; Han characters stay, they have none without a language. */
function romanise(text: string): string {
  if (!/[\u0370-\u06ff\u3041-\u30ff\uac00-\ud7a3]/.test(text)) return text;
  let result = '';
  for (const letter of text) {
    const code = letter.codePointAt(0)!;
    if (code >= 0xac00 && code <= 0xd7a3) result += hangul(code - 0xac00);
    else if (code >= 0x3041 && code <= 0x30ff) result = kana(result, letter, code);
    else result += letterForms.get(letter) ?? letter;
  }
  return result;
}

const pairs = (letters: string, forms: string): [string, string][] => {
  const words = forms.split(' ');
  return [...letters].map((letter, at) => [letter, words[at] === '-' ? '' : words[at]!]);
};

/** Cyrillic (BGN/PCGN without apostrophes), Greek, and the consonants of Arabic, which writes no short vowels. */
const letterForms = new Map<string, string>([
  ...pairs(
    'абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўђћљњџјѓќ',
    'a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch - y - e yu ya i i e g u dj c lj nj dz j g k',
  ),
  ...pairs('αβγδεζηθικλμνξοπρσςτυφχψω', 'a v g d e z i th i k l m n x o p r s s t i f ch ps o'),
  ...pairs('άέήίόύώϊϋ', 'a e i i o i o i i'),
  ...pairs(
    'اأإآبتثجحخدذرزسشصضطظعغفقكلمنهويىةءئؤپچگژکی',
    'a a i a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y a a - y w p ch g zh k y',
  ),
]);

const leads = 'g kk n d tt r m b pp s ss - j jj ch k t p h'.split(' ').map((lead) => lead.replace('-', ''));
const vowels = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' ');
const tails = '- k k k n n n t l k m l l l p l m p p t t ng t t k t p t'
  .split(' ')
  .map((tail) => tail.replace('-', ''));

/** Revised Romanization of one syllable, letter by letter. */
const hangul = (at: number): string =>
  leads[Math.floor(at / 588)]! + vowels[Math.floor((at % 588) / 28)]! + tails[at % 28]!;

const kanaRows = new Map<number, string>();
const rows: readonly [number, string][] = [
  [0x3041, 'a a i i u u e e o o ka ga ki gi ku gu ke ge ko go sa za shi ji su zu se ze so zo ta da chi ji'],
  [0x3063, '* tsu zu te de to do na ni nu ne no ha ba pa hi bi pi fu bu pu he be pe ho bo po ma mi mu me mo'],
  [0x3083, '+ya ya +yu yu +yo yo ra ri ru re ro wa wa i e o n vu ka ke'],
];
for (const [start, forms] of rows) for (const [at, form] of forms.split(' ').entries()) kanaRows.set(start + at, form);

/** Hepburn: small ya yu yo join the syllable before, small tsu doubles the next consonant, the long mark is silent. */
function kana(before: string, letter: string, code: number): string {
  const form = kanaRows.get(code >= 0x30a1 ? code - 0x60 : code);
  if (form === undefined) return code === 0x30fc ? before : before + letter;
  if (form === '*') return before;
  if (!form.startsWith('+')) return before + form;
  const stem = before.replace(/i$/, '');
  return stem + (/(?:sh|ch|j)$/.test(stem) ? form.slice(2) : form.slice(1));
}
