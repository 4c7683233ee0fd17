// The members of DICOM JSON text as text: cut, chosen and put together without parsing what they hold, so that numbers
// and spelling stay as they are and an answer costs microseconds. For text of our own making (dicom/json.ts): no spaces.

/** `"00100020":{…}` under `00100020`. */
export type Members = Map<string, string>;

/**
 * Adds the top-level members of an object, with or without its braces, to `members`; a later one takes the place of an
 * earlier. Only those that `wanted` names.
 */
export function cutMembers(text: string, members: Members, wanted?: ReadonlySet<string>): void {
  let at = text.startsWith('{') ? 1 : 0;
  while (text.charCodeAt(at) === QUOTE) {
    const tag = text.slice(at + 1, at + 9);
    const end = endOfObject(text, at + 11);
    if (wanted === undefined || wanted.has(tag)) members.set(tag, text.slice(at, end));
    at = end + 1;
  }
}

/** A JSON object, its attributes in ascending order (PS3.18 F.2.2). */
export function objectOf(members: Members): string {
  const tags = [...members.keys()].sort();
  return `{${tags.map((tag) => members.get(tag)).join(',')}}`;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/** Behind the brace that closes the one at `start`. */
function endOfObject(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === OPENING_BRACE) depth++;
    else if (code === CLOSING_BRACE && --depth === 0) return at + 1;
  }
  return text.length;
}

/** Where the quote is that closes the one at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (let code = text.charCodeAt(at); code !== QUOTE && at < text.length; code = text.charCodeAt(at)) {
    at += code === BACKSLASH ? 2 : 1;
  }
  return at;
}
