// Media types with parameters (RFC 9110 8.3.1, PS3.18 8.7), read as leniently as clients write them: `type=application/dicom`
// without quotes although it holds a slash, white space around `=`, parameters in any order.

export interface MediaType {
  /** `multipart/related`, in lower case. */
  type: string;
  /** Names in lower case; values without their quotes. */
  parameters: ReadonlyMap<string, string>;
}

/** The media type of a Content-Type; undefined where there is none. */
export function parseMediaType(text: string | undefined): MediaType | undefined {
  return parseMediaTypes(text ?? '')[0];
}

/** The comma-separated media types of an Accept. Members that are none are left out. */
export function parseMediaTypes(text: string): MediaType[] {
  const mediaTypes: MediaType[] = [];
  for (const member of splitOutsideQuotes(text, ',')) {
    const [type, ...parameters] = splitOutsideQuotes(member, ';');
    if (!/^[^\s/]+\/[^\s/]+$/.test(type!)) continue;
    mediaTypes.push({ type: type!.toLowerCase(), parameters: new Map(parameters.flatMap(parseParameter)) });
  }
  return mediaTypes;
}

function parseParameter(text: string): [string, string][] {
  const equals = text.indexOf('=');
  if (equals < 0) return [];
  return [[text.slice(0, equals).trim().toLowerCase(), unquote(text.slice(equals + 1).trim())]];
}

function unquote(value: string): string {
  if (!value.startsWith('"')) return value;
  return value.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1');
}

/** The trimmed pieces of `text` between separators that stand outside quoted strings. */
function splitOutsideQuotes(text: string, separator: ',' | ';'): string[] {
  const pieces: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (quoted && character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (character === separator && !quoted) {
      pieces.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  pieces.push(text.slice(start).trim());
  return pieces;
}
