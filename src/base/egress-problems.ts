// Failures of what leaves for a reading provider, and of the way back: rows of problem.ts.

import type { Answers } from './problem-answers.ts';

export const egressProblems = {
  'reading/not-in-vault': {
    text: 'the vault has no such {what}',
    dimse: 0xc000,
    http: 404,
    fhir: 'not-found',
    ack: 'AE',
    retry: false,
  },
  'reading/erased': {
    text: 'the key of this patient was destroyed: nobody comes back from the pseudonym',
    dimse: 0xc000,
    http: 410,
    fhir: 'deleted',
    ack: 'AE',
    retry: false,
  },
  'reading/vault-locked': {
    text: 'the vault is sealed with another key than this node has',
    dimse: 0xa700,
    http: 503,
    fhir: 'exception',
    ack: 'AE',
    retry: false,
  },
  'reading/may-not-leave': {
    text: 'this may not leave: {reason}',
    dimse: 0x0124,
    http: 403,
    fhir: 'forbidden',
    ack: 'AE',
    retry: false,
  },
  'reading/copies-not-whole': {
    text: 'the copies of this case are not all in the room of the reader',
    dimse: 0xc000,
    http: 409,
    fhir: 'conflict',
    ack: 'AE',
    retry: true,
  },
  'reading/nothing-held': {
    text: 'nothing of the case is held back, or nothing of it has left yet',
    dimse: 0xc000,
    http: 409,
    fhir: 'conflict',
    ack: 'AE',
    retry: false,
  },
  'reading/return-waits': {
    text: 'it cannot come home: {reasons}',
    dimse: 0xc000,
    http: 409,
    fhir: 'conflict',
    ack: 'AE',
    retry: false,
  },
} as const satisfies Record<string, Answers>;
