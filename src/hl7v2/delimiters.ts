// The delimiters of a message, which it states itself in MSH-1 and MSH-2. HL7 v2.8.2 2.5.4 and 2.5.5.2.

import type { Finding } from './finding.ts';

export interface Delimiters {
  field: string;
  component: string;
  repetition: string;
  escapeCharacter: string;
  subcomponent: string;
  /** Since v2.7, where MSH-2 has a fifth character. */
  truncation?: string;
}

/** Those that every version recommends. */
export const usualDelimiters: Delimiters = {
  field: '|',
  component: '^',
  repetition: '~',
  escapeCharacter: '\\',
  subcomponent: '&',
};

/** The delimiters that a header segment (MSH, BHS, FHS) states; the usual ones, with a finding, where it states none that work. */
export function readDelimiters(header: string, findings: Finding[]): Delimiters {
  const field = header.charAt(3);
  if (!isDelimiter(field)) {
    findings.push({ where: 'MSH-1', what: 'no field separator', assumed: '|' });
    return usualDelimiters;
  }
  const end = header.indexOf(field, 4);
  const stated = end < 0 ? header.slice(4) : header.slice(4, end);
  const [component, repetition, escapeCharacter, subcomponent, truncation] = [...stated];
  const all = [field, ...stated];
  const complete = stated.length === 4 || stated.length === 5;
  if (complete && all.every(isDelimiter) && new Set(all).size === all.length) {
    return {
      field,
      component: component!,
      repetition: repetition!,
      escapeCharacter: escapeCharacter!,
      subcomponent: subcomponent!,
      ...(truncation !== undefined && { truncation }),
    };
  }
  // v2.1 and v2.2 senders that never use the last ones leave them out.
  const missing = stated.length < 4 && '^~\\&'.startsWith(stated) ? 'incomplete' : 'not usable';
  findings.push({ where: 'MSH-2', what: `encoding characters ${missing}`, assumed: '^~\\&' });
  return { ...usualDelimiters, field };
}

/** 2.5.4: a printable character that no text consists of. */
function isDelimiter(character: string): boolean {
  return /^[\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]$/.test(character);
}
