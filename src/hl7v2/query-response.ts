// Answers to the queries of query.ts: RSP^K23 (ITI-9) and RSP^K22 (ITI-21), with QAK, the query given back, and one PID for
// each patient. HL7 v2.8.2 5.4.2; IHE ITI TF-2 3.9.4.2 and 3.21.4.2.

import { type Answering, responseHeader } from './acknowledgement.ts';
import { escapeText } from './escape.ts';
import { type Cx, writeCx } from './identifiers.ts';
import { type Message, messageOf } from './message.ts';
import { writeXpn, type Xad, type Xpn } from './person.ts';
import { components, type Segment, segment } from './segment.ts';

export interface AnsweredPatient {
  identifiers: readonly Pick<Cx, 'id' | 'assigningAuthority' | 'identifierTypeCode'>[];
  names?: readonly Partial<Xpn>[];
  /** YYYYMMDD. */
  birthDate?: string;
  /** Table 0001. */
  sex?: string;
  address?: Partial<Xad>;
  phone?: string;
  /** 0 to 100: QRI-1. */
  confidence?: number;
}

/** found: no patients is an answer too. unknown: the patient or an authority of the query is not known here. */
export type QueryAnswer =
  | { outcome: 'found'; patients: readonly AnsweredPatient[]; continuation?: string }
  | { outcome: 'unknown'; what: 'patient' | 'authority' }
  /** Of the `repetition`th domain asked for, counted from 1. */
  | { outcome: 'unknown'; what: 'domain'; repetition: number };

/** In the asker's character set where that has every character of the answer, else in UNICODE UTF-8. */
export function respond(query: Message, answer: QueryAnswer, answering: Answering): Message {
  const isPix = query.header.triggerEvent === 'Q23';
  const isFound = answer.outcome === 'found';
  const patients = isFound ? answer.patients : [];
  const status = isFound ? (patients.length === 0 ? 'NF' : 'OK') : 'AE';
  const qpd = query.segment('QPD');
  // QPD is given back as it came, in the delimiters of the answer.
  const asked = qpd && segment('QPD', fieldsOf(qpd));
  const messageType = isPix ? 'RSP^K23^RSP_K23' : 'RSP^K22^RSP_K21';
  const segments = [
    responseHeader(query, messageType, answering),
    segment('MSA', [isFound ? 'AA' : 'AE', escapeText(query.header.messageControlId)]),
    ...(isFound ? [] : [unknownKey(answer, isPix)]),
    segment('QAK', [
      escapeText(qpd?.text(2) ?? ''),
      status,
      components(qpd ? [qpd.text(1), qpd.text(1, 2), qpd.text(1, 3)] : []),
      String(patients.length),
    ]),
    ...(asked ? [asked] : []),
    ...patients.flatMap((patient, at) => (isPix ? [pixPatient(patient)] : pdqPatient(patient, at + 1))),
    ...(isFound && answer.continuation !== undefined ? [segment('DSC', [escapeText(answer.continuation), 'I'])] : []),
  ];
  return messageOf(segments, query.characterSet);
}

function pixPatient({ identifiers }: AnsweredPatient): Segment {
  // ITI TF-2 3.9.4.2.2.4: no name is told; the field is there and says so.
  return segment('PID', ['', '', identifiers.map((each) => writeCx(each)).join('~'), '', '~^^^^^^S']);
}

function pdqPatient(patient: AnsweredPatient, setId: number): Segment[] {
  const { identifiers, names = [], birthDate, sex, address, phone, confidence } = patient;
  const pid = segment('PID', [
    String(setId),
    '',
    identifiers.map((each) => writeCx(each)).join('~'),
    '',
    names.map(writeXpn).join('~'),
    '',
    birthDate,
    sex,
    '',
    '',
    address && writeXad(address),
    '',
    escapeText(phone ?? ''),
  ]);
  return confidence === undefined ? [pid] : [pid, segment('QRI', [String(Math.round(confidence)), '', 'Fascia'])];
}

function writeXad(address: Partial<Xad>): string {
  const { street, otherDesignation, city, stateOrProvince, zipOrPostalCode, country, addressType } = address;
  return components([street, otherDesignation, city, stateOrProvince, zipOrPostalCode, country, addressType]);
}

/** Table 0357, 204: where in QPD the key is that nobody knows. */
function unknownKey(answer: Extract<QueryAnswer, { outcome: 'unknown' }>, isPix: boolean): Segment {
  const field = answer.what === 'domain' && !isPix ? '8' : answer.what === 'domain' ? '4' : '3';
  const repetition = answer.what === 'domain' ? String(answer.repetition) : '1';
  const component = answer.what === 'patient' ? '1' : answer.what === 'authority' ? '4' : '';
  const text = `${answer.what === 'patient' ? 'the patient' : 'the assigning authority'} is not known here`;
  return segment('ERR', [
    '',
    components(['QPD', '1', field, repetition, component]),
    components(['204', 'Unknown key identifier', 'HL70357']),
    'E',
    '',
    '',
    '',
    text,
  ]);
}

/** Each field with its delimiters as ours. */
function fieldsOf(qpd: Segment): string[] {
  const { component, repetition, subcomponent } = qpd.delimiters;
  const ours = new Map([
    [component, '^'],
    [repetition, '~'],
    [subcomponent, '&'],
  ]);
  const usual = [...ours].every(([theirs, own]) => theirs === own);
  return Array.from({ length: qpd.fieldCount }, (_, at) => {
    const raw = qpd.field(at + 1);
    return usual ? raw : Array.from(raw, (character) => ours.get(character) ?? character).join('');
  });
}
