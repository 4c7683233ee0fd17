// Failures of the reading exchange: see problem.ts.

import type { Answers } from './problem-answers.ts';

/** Says no for good: the same request does not succeed later. */
const refused = (http: number, fhir: string, text: string): Answers => ({
  text,
  dimse: 0x0124,
  http,
  fhir,
  ack: 'AE',
  retry: false,
});

export const readingProblems = {
  'reading/unknown-case': refused(404, 'not-found', 'there is no such case'),
  'reading/not-possible': refused(409, 'business-rule', 'a case that is {state} takes no {happening}'),
  'reading/moved': { ...refused(409, 'conflict', 'the case has moved on meanwhile'), retry: true },
  'reading/not-holder': refused(409, 'business-rule', 'the case is not with this reader'),
  'reading/read-before': refused(403, 'forbidden', 'this reader has read the study before and must not read it again'),
  'reading/unseen-change': refused(
    409,
    'business-rule',
    'the study has changed, and nobody has said to have seen it: {changes}',
  ),
  'reading/critical-open': refused(409, 'business-rule', 'a critical result is not acknowledged'),
  'reading/read-type': refused(409, 'business-rule', 'a reading of type {readType} is not signed so'),
  'reading/out-of-step': refused(409, 'conflict', '{what} does not follow what is there'),
  'reading/not-entitled': refused(403, 'forbidden', 'not entitled to it: {gates}'),
  'reading/no-term': refused(422, 'business-rule', 'no term of a contract holds for this study'),
  'reading/review-not-now': refused(409, 'conflict', 'a review that is at {state} takes no {step}'),
  'reading/not-read-back': refused(
    422,
    'business-rule',
    'a critical result of this category is received by who says it back',
  ),
  'reading/not-signable': refused(422, 'business-rule', 'it is not signed as it stands: {checks}'),
  'reading/draft-moved': refused(409, 'conflict', 'version {version} of the draft says something else of {parts}'),
  'reading/step-up': refused(403, 'login', 'to sign, say again who you are: {reason}'),
  'reading/kept-by-exchange': refused(
    403,
    'forbidden',
    'this {what} says how a reading stands: it is changed by what happens to the case',
  ),
  'reading/no-proposals': refused(422, 'business-rule', 'no service proposes reports here'),
} as const satisfies Record<string, Answers>;
