// Codes, identifiers and what else is matched as a whole (R4 search.html#token).

import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import type { Typed } from './expression.ts';
import type { IndexValue } from './index-value.ts';
import { textValue } from './string-values.ts';

export function tokensOf(parameter: string, { value, type }: Typed): IndexValue[] {
  if (!isObject(value)) return [token(parameter, undefined, String(value))];
  return makers[type]?.(parameter, value) ?? [];
}

const makers: Readonly<Record<string, (parameter: string, value: JsonObject) => IndexValue[]>> = {
  Coding: (parameter, coding) => [
    token(parameter, textOf(coding.system), textOf(coding.code)),
    ...textsOf(parameter, coding.display),
  ],
  CodeableConcept(parameter, { coding, text }) {
    const codings = listOf(coding);
    // A concept in words alone is there, though no code finds it.
    const tokens =
      codings.length === 0 ? [token(parameter)] : codings.flatMap((each) => makers.Coding!(parameter, each));
    return [...tokens, ...textsOf(parameter, text)];
  },
  Identifier(parameter, { system, value, type }) {
    const types = isObject(type) ? listOf(type.coding) : [];
    const [number, text] = [textOf(value), isObject(type) ? type.text : undefined];
    return [
      token(parameter, textOf(system), number),
      ...(number === undefined ? [] : types.flatMap((each) => ofType(parameter, each, number))),
      ...textsOf(parameter, text),
    ];
  },
  // A phone number says by what it is reached: `phone|+49 30 1234`.
  ContactPoint: (parameter, { system, value }) => [token(parameter, textOf(system), textOf(value))],
};

/** R4 search.html#token, `:of-type`: system and code of the type, and the value. */
function ofType(parameter: string, { system, code }: JsonObject, number: string): IndexValue[] {
  const kind = textOf(code);
  return kind === undefined ? [] : [token(`${parameter}:of-type`, textOf(system), `${kind}|${number}`)];
}

function token(parameter: string, system?: string, code?: string): IndexValue {
  return {
    kind: 'token',
    parameter,
    ...(system === undefined ? {} : { system }),
    ...(code === undefined ? {} : { code: code.toLowerCase() }),
  };
}

const textsOf = (parameter: string, text: JsonValue | undefined): IndexValue[] =>
  typeof text === 'string' ? [textValue(`${parameter}:text`, text)] : [];

export const textOf = (value: JsonValue | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const listOf = (value: JsonValue | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
