// Every failure that a peer can see, with the answer each protocol gives. Throw a Problem where you know, catch it once,
// at the door. Those of HL7 v2, FHIR and identity stand in health-record-problems.ts, those of worklists in
// workflow-problems.ts, those of the reading exchange in reading-problems.ts, those of SOAP in soap-problems.ts.

import { egressProblems } from './egress-problems.ts';
import { healthRecordProblems } from './health-record-problems.ts';
import type { Answers } from './problem-answers.ts';
import { readingProblems } from './reading-problems.ts';
import { soapProblems } from './soap-problems.ts';
import { workflowProblems } from './workflow-problems.ts';

export const problems = {
  ...egressProblems,
  ...healthRecordProblems,
  ...workflowProblems,
  ...readingProblems,
  ...soapProblems,
  'storage/full': {
    text: 'no room for {sizeBytes} bytes',
    dimse: 0xa700,
    http: 503,
    fhir: 'no-store',
    ack: 'AR',
    retry: true,
  },
  'storage/unavailable': {
    text: 'the catalogue cannot be reached',
    dimse: 0xa700,
    http: 503,
    fhir: 'transient',
    ack: 'AR',
    retry: true,
  },
  'storage/damaged': {
    text: 'the stored object {objectId} cannot be read',
    dimse: 0xc001,
    http: 500,
    fhir: 'exception',
    ack: 'AE',
    retry: false,
  },
  'request/overloaded': {
    text: 'too much work in flight: {limit}',
    dimse: 0xa700,
    http: 503,
    fhir: 'throttled',
    ack: 'AR',
    retry: true,
  },
  'request/too-large': {
    text: '{what} is over the limit of {limit}',
    dimse: 0xa700,
    http: 413,
    fhir: 'too-long',
    ack: 'AR',
    retry: false,
  },
  'request/uri-too-long': {
    text: 'the URL is over the limit of {limit} bytes',
    dimse: 0xc000,
    http: 414,
    fhir: 'too-long',
    ack: 'AR',
    retry: false,
  },
  'request/malformed': { text: '{reason}', dimse: 0xc000, http: 400, fhir: 'invalid', ack: 'AR', retry: false },
  'request/not-acceptable': {
    text: 'none of the accepted media types can be served: {reason}',
    dimse: 0x0122,
    http: 406,
    fhir: 'not-supported',
    ack: 'AR',
    retry: false,
  },
  'request/unsupported-media-type': {
    text: 'media type {mediaType} is not accepted here',
    dimse: 0x0122,
    http: 415,
    fhir: 'not-supported',
    ack: 'AR',
    retry: false,
  },
  'request/method-not-allowed': {
    text: 'method {method} is not offered here',
    dimse: 0x0211,
    http: 405,
    fhir: 'not-supported',
    ack: 'AR',
    retry: false,
  },
  'request/not-built': {
    text: '{what} is not offered by this version',
    dimse: 0x0211,
    http: 501,
    fhir: 'not-supported',
    ack: 'AR',
    retry: false,
  },
  'request/cancelled': {
    text: 'cancelled by the peer',
    dimse: 0xfe00,
    http: 499,
    fhir: 'processing',
    ack: 'AE',
    retry: true,
  },
  'auth/unauthenticated': {
    text: 'no valid credential: {reason}',
    dimse: 0x0124,
    http: 401,
    fhir: 'login',
    ack: 'AR',
    retry: false,
  },
  'auth/forbidden': {
    text: 'this credential may not {action}',
    dimse: 0x0124,
    http: 403,
    fhir: 'forbidden',
    ack: 'AR',
    retry: false,
  },
  'auth/issuer-away': {
    text: 'who issued this credential cannot be asked just now',
    dimse: 0xa700,
    http: 503,
    fhir: 'transient',
    ack: 'AR',
    retry: true,
  },
  'launch/refused': {
    text: 'this launch cannot be followed: {reason}',
    dimse: 0x0124,
    http: 403,
    fhir: 'forbidden',
    ack: 'AR',
    retry: false,
  },
  'launch/ehr-failed': {
    text: 'the EHR {ehr} did not answer as it should: {reason}',
    dimse: 0x0110,
    http: 502,
    fhir: 'transient',
    ack: 'AE',
    retry: true,
  },
  'auth/too-many-failures': {
    text: 'too many failed attempts from this address',
    dimse: 0x0124,
    http: 429,
    fhir: 'throttled',
    ack: 'AR',
    retry: true,
  },
  'catalogue/not-found': {
    text: 'no such {what}',
    dimse: 0x0112,
    http: 404,
    fhir: 'not-found',
    ack: 'AE',
    retry: false,
  },
  'catalogue/hidden': {
    text: 'this {what} was withdrawn: {reason}',
    dimse: 0x0112,
    http: 410,
    fhir: 'deleted',
    ack: 'AE',
    retry: false,
  },
  'dicom/unreadable': {
    text: 'cannot understand the data set at byte {offset}: {reason}',
    dimse: 0xc000,
    http: 400,
    fhir: 'structure',
    ack: 'AE',
    retry: false,
  },
  'dicom/limit': {
    text: 'the data set is over the limit {limit} at byte {offset}',
    dimse: 0xc000,
    http: 400,
    fhir: 'too-costly',
    ack: 'AE',
    retry: false,
  },
  'dicom/missing-attribute': {
    text: '{attribute} is missing or empty',
    dimse: 0xc000,
    http: 400,
    fhir: 'required',
    ack: 'AE',
    retry: false,
  },
  'dicom/invalid-uid': {
    text: '{attribute} is not a valid UID',
    dimse: 0xc000,
    http: 400,
    fhir: 'value',
    ack: 'AE',
    retry: false,
  },
  'dicom/not-storable': {
    text: 'SOP class {sopClassUid} is not a storable instance',
    dimse: 0x0122,
    http: 400,
    fhir: 'not-supported',
    ack: 'AE',
    retry: false,
  },
  'dicom/instance-mismatch': {
    text: '{attribute} of the data set is not the one announced',
    dimse: 0xa900,
    http: 409,
    fhir: 'conflict',
    ack: 'AE',
    retry: false,
  },
  'dicom/study-mismatch': {
    text: 'the instance belongs to another study than the one posted to',
    dimse: 0xa900,
    http: 409,
    fhir: 'conflict',
    ack: 'AE',
    retry: false,
  },
  'dicom/bulk-mismatch': {
    text: '{attribute} of the metadata is not that of the bulk data',
    dimse: 0xa900,
    http: 409,
    fhir: 'conflict',
    ack: 'AE',
    retry: false,
  },
  'dicom/bulk-missing': {
    text: 'the bulk data of {attribute} is not among the parts',
    dimse: 0xc000,
    http: 400,
    fhir: 'required',
    ack: 'AE',
    retry: false,
  },
  'dicom/not-expressible': {
    text: '{what} is not what a DICOM transfer syntax holds',
    dimse: 0xc122,
    http: 415,
    fhir: 'not-supported',
    ack: 'AE',
    retry: false,
  },
  'delivery/not-now': {
    text: 'the receiver cannot take it now',
    dimse: 0xa700,
    http: 503,
    fhir: 'transient',
    ack: 'AR',
    retry: true,
  },
  'delivery/not-admitted': {
    text: 'the receiver does not let us in',
    dimse: 0x0124,
    http: 502,
    fhir: 'forbidden',
    ack: 'AE',
    retry: true,
  },
  'delivery/other-host-key': {
    text: 'who answers has another host key than the receiver must have',
    dimse: 0xa700,
    http: 502,
    fhir: 'security',
    ack: 'AE',
    retry: true,
  },
  'delivery/lost': {
    text: 'the receiver accepted it and does not have it',
    dimse: 0xc000,
    http: 502,
    fhir: 'processing',
    ack: 'AE',
    retry: true,
  },
  'delivery/incomplete': {
    text: 'fewer objects came than the archive has of the study',
    dimse: 0xa702,
    http: 502,
    fhir: 'transient',
    ack: 'AE',
    retry: true,
  },
  'delivery/not-committed': {
    text: 'the receiver accepted it and does not commit to keep it',
    dimse: 0xc000,
    http: 502,
    fhir: 'processing',
    ack: 'AE',
    retry: true,
  },
  'delivery/not-transformed': {
    text: 'a step of its rule cannot be done: {reason}',
    dimse: 0xc000,
    http: 422,
    fhir: 'processing',
    ack: 'AE',
    retry: false,
  },
  'fhir/not-a-report': {
    text: 'it is no report of images that can be shown like this',
    dimse: 0xc000,
    http: 422,
    fhir: 'not-supported',
    ack: 'AE',
    retry: false,
  },
  'delivery/not-carried': {
    text: 'it has characters that this form, or the character set of the receiver, has not',
    dimse: 0xc000,
    http: 422,
    fhir: 'not-supported',
    ack: 'AE',
    retry: false,
  },
  'delivery/refused': {
    text: 'the receiver will not have it',
    dimse: 0xc000,
    http: 502,
    fhir: 'processing',
    ack: 'AE',
    retry: false,
  },
  'dimse/unsupported-transfer-syntax': {
    text: 'transfer syntax {transferSyntaxUid} cannot be handled',
    dimse: 0xc122,
    http: 400,
    fhir: 'not-supported',
    ack: 'AE',
    retry: false,
  },
  'dimse/identifier-mismatch': {
    text: 'the identifier does not fit the SOP class: {reason}',
    dimse: 0xa900,
    http: 400,
    fhir: 'invalid',
    ack: 'AE',
    retry: false,
  },
  'dimse/destination-unknown': {
    text: 'move destination {aeTitle} is not a known peer',
    dimse: 0xa801,
    http: 404,
    fhir: 'not-found',
    ack: 'AE',
    retry: false,
  },
  'dimse/sub-operations-failed': {
    text: 'sub-operations could not be performed: {reason}',
    dimse: 0xa702,
    http: 502,
    fhir: 'transient',
    ack: 'AE',
    retry: true,
  },
  'dimse/peer-unreachable': {
    text: 'peer {aeTitle} cannot be reached: {reason}',
    dimse: 0xa702,
    http: 502,
    fhir: 'transient',
    ack: 'AE',
    retry: true,
  },
  'dimse/association-rejected': {
    text: 'peer {aeTitle} rejected the association: {reason}',
    dimse: 0xa702,
    http: 502,
    fhir: 'transient',
    ack: 'AE',
    retry: true,
  },
  'dimse/association-ended': {
    text: 'the association ended: {reason}',
    dimse: 0xa702,
    http: 502,
    fhir: 'transient',
    ack: 'AE',
    retry: true,
  },
  'dimse/operation-failed': {
    text: 'the peer answered {operation} with status {status}',
    dimse: 0xa702,
    http: 502,
    fhir: 'transient',
    ack: 'AE',
    retry: true,
  },
  'dimse/context-refused': {
    text: 'the peer accepted no presentation context for {sopClassUid} in a transfer syntax that can be sent',
    dimse: 0x0122,
    http: 502,
    fhir: 'not-supported',
    ack: 'AE',
    retry: false,
  },
  'internal/unexpected': {
    text: 'an unexpected error; the log has it under {requestId}',
    dimse: 0x0110,
    http: 500,
    fhir: 'exception',
    ack: 'AE',
    retry: true,
  },
} as const satisfies Record<string, Answers>;

export type ProblemCode = keyof typeof problems;
export type ProblemDetails = Record<string, string | number | undefined>;

/** A failure with a row in `problems`. `details` fill the text and must hold no patient data. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, details: ProblemDetails = {}, cause?: unknown) {
    super(fill(problems[code].text, details), cause === undefined ? undefined : { cause });
    this.name = 'Problem';
    this.code = code;
    this.details = details;
  }

  get answers(): Answers {
    return problems[this.code];
  }
}

/** Any thrown value as a Problem: itself, or `internal/unexpected` with the value as its cause. */
export function asProblem(thrown: unknown, details: ProblemDetails = {}): Problem {
  return thrown instanceof Problem ? thrown : new Problem('internal/unexpected', details, thrown);
}

function fill(text: string, details: ProblemDetails): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(details[name] ?? whole));
}
