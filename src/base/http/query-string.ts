// The query component of a URL (PS3.18 8.3.4, RFC 3986 3.4): names and values, percent-decoded once.

import { Problem } from '../problem.ts';

export interface QueryParameter {
  name: string;
  value: string;
}

/** The parameters in their order. Throws Problem request/malformed where percent-encoding is not UTF-8. */
export function parseQueryString(raw: string): QueryParameter[] {
  return raw
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      const name = decode(formSpaces(equals < 0 ? pair : pair.slice(0, equals)));
      const value = equals < 0 ? '' : pair.slice(equals + 1);
      // Forms and most clients write a space as `+`; but in `accept=application/dicom+json` it is meant as it stands.
      return { name, value: decode(name === 'accept' ? value : formSpaces(value)) };
    });
}

/** All values of a parameter that may be repeated. */
export function valuesOf(query: readonly QueryParameter[], name: string): string[] {
  return query.filter((parameter) => parameter.name === name).map(({ value }) => value);
}

/** The value of a parameter that may occur once. Throws Problem request/malformed where it occurs again. */
export function onlyValueOf(query: readonly QueryParameter[], name: string): string | undefined {
  const values = valuesOf(query, name);
  if (values.length > 1) throw new Problem('request/malformed', { reason: `${name} is given more than once` });
  return values[0];
}

const formSpaces = (text: string): string => text.replaceAll('+', ' ');

/** Percent-decoding of UTF-8, once. Throws Problem request/malformed. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Problem('request/malformed', { reason: 'the URL holds percent-encoding that is not UTF-8' });
  }
}
