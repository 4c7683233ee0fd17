// A Problem in the words of HL7: the code of table 0357 for ERR-3 (ERR-1.4 before v2.5), and where in the message it is.

import type { Problem, ProblemCode } from '../base/problem.ts';

export interface ErrorCondition {
  /** Table 0357. */
  code: string;
  meaning: string;
  /** For people. */
  text: string;
}

export interface Location {
  segment: string;
  field?: string;
}

const meanings: Readonly<Record<string, string>> = {
  '100': 'Segment sequence error',
  '101': 'Required field missing',
  '102': 'Data type error',
  '103': 'Table value not found',
  '200': 'Unsupported message type',
  '201': 'Unsupported event code',
  '203': 'Unsupported version id',
  '204': 'Unknown key identifier',
  '206': 'Application record locked',
  '207': 'Application internal error',
};

/** Everything else is 207. */
const codes: Partial<Record<ProblemCode, string>> = {
  'hl7/unreadable': '100',
  'hl7/missing-segment': '100',
  'hl7/missing-field': '101',
  'hl7/unsupported-message': '200',
  'request/not-built': '200',
  'hl7/unsupported-event': '201',
  'hl7/unsupported-version': '203',
  'hl7/unknown-key': '204',
  'catalogue/not-found': '204',
  'request/overloaded': '206',
};

export function errorConditionOf(problem: Problem): ErrorCondition {
  const code = codes[problem.code] ?? '207';
  return { code, meaning: meanings[code]!, text: problem.message };
}

/** The segment and field that the problem names. */
export function locationOf({ details, code }: Problem): Location | undefined {
  const named = code === 'hl7/missing-segment' ? details.segment : (details.field ?? defaultFields[code]);
  const match = /^([A-Z][A-Z0-9]{2})(?:-(\d+))?/.exec(String(named ?? ''));
  if (match === null) return undefined;
  return { segment: match[1]!, ...(match[2] !== undefined && { field: match[2] }) };
}

const defaultFields: Partial<Record<ProblemCode, string>> = {
  'hl7/unsupported-message': 'MSH-9',
  'hl7/unsupported-event': 'MSH-9',
  'hl7/unsupported-version': 'MSH-12',
};
