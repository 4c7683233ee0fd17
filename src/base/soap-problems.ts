// Failures of messages by SOAP, whichever side sends them: rows of problem.ts. HTTP status as SOAP 1.2 Part 2 Table 20 has it.

import type { Answers } from './problem-answers.ts';

export const soapProblems = {
  'soap/version-mismatch': {
    text: 'the message is no envelope of SOAP 1.2',
    dimse: 0xc000,
    http: 500,
    fhir: 'not-supported',
    ack: 'AR',
    retry: false,
  },
  'soap/must-understand': {
    text: 'the header {name} must be understood, and is not',
    dimse: 0xc000,
    http: 500,
    fhir: 'not-supported',
    ack: 'AR',
    retry: false,
  },
  'soap/action-unknown': {
    text: 'no such action is done here',
    dimse: 0xc000,
    http: 400,
    fhir: 'not-supported',
    ack: 'AR',
    retry: false,
  },
  'soap/addressing': {
    text: 'the addressing headers cannot be followed: {reason}',
    dimse: 0xc000,
    http: 400,
    fhir: 'invalid',
    ack: 'AR',
    retry: false,
  },
  'xds/no-number': {
    text: 'the patient has no number of the affinity domain, or more than one',
    dimse: 0xc000,
    http: 409,
    fhir: 'not-found',
    ack: 'AE',
    retry: true,
  },
} as const satisfies Record<string, Answers>;
