// FHIR in JSON (R4 json.html), before anybody looks at what it says. The JSON form is also the form in memory: properties
// under the names of the standard, extensions of primitives beside them as `_name`.
//
// A decimal keeps its precision (datatypes.html#decimal): one whose text is not what JavaScript would write is held as a raw
// JSON value, and is written as it came.

import { Problem } from '../base/problem.ts';
import { limits } from './limits.ts';

export interface JsonObject {
  [name: string]: JsonValue | undefined;
}
export type JsonValue = string | number | boolean | null | RawNumber | JsonValue[] | JsonObject;

/** A number as text: what `JSON.rawJSON` makes. A structured clone of it is an object like any other. */
export interface RawNumber {
  readonly rawJSON: string;
}

/** The platform's JSON with source text access (ECMAScript proposal, in V8 since 11.4), which TypeScript does not know yet. */
const json = JSON as unknown as {
  parse(text: string, reviver?: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
  rawJSON(text: string): RawNumber;
  isRawJSON(value: unknown): value is RawNumber;
};

export const isRawNumber = (value: unknown): value is RawNumber => json.isRawJSON(value);

/** A number by its text; as a raw number where its text would otherwise be lost. Throws SyntaxError where it is none. */
export function numberOfText(text: string): number | RawNumber {
  const value = Number(text);
  return String(value) === text ? value : json.rawJSON(text);
}

/** A number's text, as JSON and XML write it. */
export const textOfNumber = (value: number | RawNumber): string => (isRawNumber(value) ? value.rawJSON : String(value));

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawNumber(value);

/** Numbers whose text JavaScript may write otherwise; one too many costs time only. */
const losesText = /\d\.\d*0(?!\d)|\d[eE][+-]?\d|[:[,\s]-?[\d.]{16}|0\.0{6}|-0(?!\.)/;

/** Throws Problem request/malformed for what is no JSON object, request/too-large over a limit. */
export function parseJson(source: string): JsonObject {
  const value = parseJsonValue(source);
  if (!isObject(value)) throw new Problem('request/malformed', { reason: 'the body is not a JSON object' });
  return value;
}

/** Throws Problem request/malformed for what is no JSON, request/too-large over a limit. */
export function parseJsonValue(source: string): JsonValue {
  if (source.length > limits.characters)
    throw new Problem('request/too-large', { what: 'the resource', limit: limits.characters });
  const text = source.charCodeAt(0) === 0xfeff ? source.slice(1) : source;
  checkDepth(text);
  try {
    return losesText.test(text) ? (json.parse(text, keepText) as JsonValue) : JSON.parse(text);
  } catch {
    // The message of the engine quotes the text, which may be a patient's.
    throw new Problem('request/malformed', { reason: 'the body is not JSON' });
  }
}

const keepText = (_key: string, value: unknown, { source }: { source?: string }): unknown =>
  typeof value === 'number' && source !== undefined ? numberOfText(source) : value;

/** Nesting that would overflow a stack is refused before it is parsed. */
function checkDepth(text: string): void {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (quoted) {
      if (character === BACKSLASH) at += 1;
      else if (character === QUOTE) quoted = false;
    } else if (character === QUOTE) quoted = true;
    else if (character === BRACE || character === BRACKET) {
      depth += 1;
      if (depth > limits.depth) throw new Problem('request/too-large', { what: 'nesting', limit: limits.depth });
    } else if (character === BRACE_END || character === BRACKET_END) depth -= 1;
  }
}

const [QUOTE, BACKSLASH, BRACE, BRACKET, BRACE_END, BRACKET_END] = [0x22, 0x5c, 0x7b, 0x5b, 0x7d, 0x5d];
