// The header fields of one part (RFC 2045 3, RFC 5322 2.2): names in lower case, values unfolded and trimmed.

import { Problem } from '../../base/problem.ts';

/** The fields of a header block without its empty line. Throws Problem request/malformed where a line is no field. */
export function parsePartHeaders(block: string): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  // RFC 5322 2.2.3: a line that begins with white space continues the one before.
  for (const line of block.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    if (line === '') continue;
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon < 0 || !/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name)) {
      throw new Problem('request/malformed', { reason: 'a part has a line among its headers that is no header' });
    }
    headers.set(name, line.slice(colon + 1).trim());
  }
  return headers;
}
