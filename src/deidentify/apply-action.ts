// Does an action of PS3.15 Table E.1-1a to one element.

import type { DataSet } from '../dicom/dataset.ts';
import { entryOf, tagOf, vrOf } from '../dicom/dictionary.ts';
import { type Element, isBytes, isItems } from '../dicom/element.ts';
import { isUsableUid } from '../dicom/uid.ts';
import { type VR, vrs } from '../dicom/vr.ts';
import { cleanText } from './clean-text.ts';
import type { Action } from './confidentiality-table.ts';
import type { Decision } from './decide-action.ts';
import { dummyDocument } from './dummy-documents.ts';
import { dummyItems, dummyValue, REMOVED } from './dummy-values.ts';
import type { KnownValues } from './known-values.ts';
import type { Profile } from './profile.ts';
import type { PatientPseudonym, Pseudonyms } from './pseudonyms.ts';
import { isTime, shiftedDate, shiftedDateTime } from './shift-dates.ts';

export interface Change {
  /** What was done in the end. */
  action: Action;
  reason: string;
  /** A value that is no text held something of the patient. */
  isInBytes?: true;
}

interface Around {
  profile: Profile;
  pseudonyms: Pseudonyms;
  known: KnownValues;
  patient: PatientPseudonym;
}

interface Applied {
  change: Change;
  /** Items whose attributes are still to be decided. */
  items: readonly DataSet[];
}

const tags = (keywords: string): ReadonlySet<number> => new Set(keywords.split(' ').map((keyword) => tagOf(keyword)!));

const [PATIENT_ID, PATIENT_NAME, PATIENT_AGE] = ['PatientID', 'PatientName', 'PatientAge'].map((each) => tagOf(each)!);
const ACCESSION_NUMBER = tagOf('AccessionNumber')!;
const TIMEZONE_OFFSET = tagOf('TimezoneOffsetFromUTC')!;
const ENCAPSULATED_DOCUMENT = tagOf('EncapsulatedDocument')!;
/** Their words decide how all other bytes are read; a patient who is called so must live with it. */
const meaningful = tags('SpecificCharacterSet Modality PhotometricInterpretation ValueType RelationshipType');
/** PS3.3 C.7.6.1.1.2: the first two values of Image Type. */
const ordinary: ReadonlySet<string> = new Set(['ORIGINAL', 'DERIVED', 'PRIMARY', 'SECONDARY']);

const nothing: readonly DataSet[] = [];

export function applyAction(dataset: DataSet, element: Element, decision: Decision, around: Around): Applied {
  const { reason } = decision;
  const { value } = element;
  switch (decision.action) {
    case 'X':
      dataset.delete(element.tag);
      return { change: { action: 'X', reason }, items: nothing };
    case 'Z':
      return { change: { action: empty(dataset, element, around), reason }, items: nothing };
    case 'D':
      return dummy(dataset, element, reason, around);
    case 'U':
      if (isItems(value)) return { change: { action: 'U', reason }, items: value };
      return { change: { action: replaceUids(dataset, element, around), reason }, items: nothing };
    case 'C':
      if (isItems(value)) return { change: { action: 'C', reason }, items: value };
      return { change: clean(dataset, element, decision, around), items: nothing };
    case 'K':
      if (isItems(value)) return { change: { action: 'K', reason }, items: value };
      return { change: keep(dataset, element, decision, around), items: nothing };
  }
}

/** Emptied, but for what lines up what is sent with what was: PS3.15 E.1.1 allows a dummy wherever it says Z. */
function empty(dataset: DataSet, element: Element, around: Around): Action {
  const { tag } = element;
  if (isPseudonym(tag)) return pseudonym(dataset, element, around);
  if (isItems(element.value)) dataset.set(tag, []);
  else dataset.set(tag, null);
  return 'Z';
}

const isPseudonym = (tag: number): boolean => tag === PATIENT_ID || tag === PATIENT_NAME || tag === ACCESSION_NUMBER;

function pseudonym(dataset: DataSet, { tag, vr }: Element, { patient, pseudonyms }: Around): Action {
  const text = dataset.text(tag);
  if (tag !== ACCESSION_NUMBER) dataset.set(tag, patient.id, textVr(tag, vr));
  else if (text === undefined) dataset.set(tag, null);
  else dataset.set(tag, pseudonyms.identifier('accession', text), textVr(tag, vr));
  return text === undefined && tag === ACCESSION_NUMBER ? 'Z' : 'D';
}

/** Senders write text under other VRs, in which a pseudonym cannot stand. */
const textVr = (tag: number, vr: VR): VR => (vrs[vr].kind === 'text' ? vr : vrOf(tag));

/** Numbers and identifiers of things get pseudonyms, so that what has one serial number has one afterwards. */
const identifiers = /(ID|Identifier|SerialNumber|OrderNumber\w*|UniqueIdentifier|Label)$/;

function dummy(dataset: DataSet, element: Element, reason: string, around: Around): Applied {
  const { tag, vr, value } = element;
  if (isItems(value)) {
    const items = dummyItems(tag, value);
    if (items === undefined) return { change: { action: 'D', reason }, items: value };
    dataset.set(tag, items);
    return { change: { action: 'D', reason }, items: nothing };
  }
  const isEmpty = isBytes(value) && value.length === 0;
  if (isPseudonym(tag)) return { change: { action: pseudonym(dataset, element, around), reason }, items: nothing };
  if (isEmpty) return { change: { action: 'Z', reason: `${reason}: it was empty` }, items: nothing };
  if (tag === ENCAPSULATED_DOCUMENT) putDocument(dataset);
  else if (vr === 'UI') replaceUids(dataset, element, around);
  else {
    const keyword = entryOf(tag)?.keyword ?? '';
    const isShort = ['LO', 'SH', 'UT', 'UC', 'ST'].includes(vr);
    const isNumbered = isShort && identifiers.test(keyword) && dataset.text(tag) !== undefined;
    const made = isNumbered
      ? dataset.texts(tag).map((text) => around.pseudonyms.identifier(keyword, text))
      : dummyValue(vr, vrs[vr].width);
    dataset.set(tag, made, vr);
  }
  return { change: { action: 'D', reason }, items: nothing };
}

function putDocument(dataset: DataSet): void {
  const document = dummyDocument(dataset.text('MIMETypeOfEncapsulatedDocument'));
  const padded = new Uint8Array(document.length + (document.length % 2));
  padded.set(document);
  dataset.set(ENCAPSULATED_DOCUMENT, padded, 'OB');
  if (dataset.has('EncapsulatedDocumentLength')) dataset.set('EncapsulatedDocumentLength', document.length);
}

const REGISTERED = '1.2.840.10008.';

function replaceUids(dataset: DataSet, element: Element, { pseudonyms }: Around): Action {
  const uids = dataset.texts(element.tag);
  const replaced = uids.map((uid) => (uid === '' || uid.startsWith(REGISTERED) ? uid : pseudonyms.uid(uid)));
  if (replaced.every((uid, at) => uid === uids[at])) return 'K';
  dataset.set(element.tag, replaced, textVr(element.tag, element.vr));
  return 'U';
}

function clean(dataset: DataSet, element: Element, decision: Decision, around: Around): Change {
  const { tag, vr } = element;
  const { reason } = decision;
  if (vr === 'DA' || vr === 'DT' || vr === 'TM' || tag === TIMEZONE_OFFSET)
    return moveDates(dataset, element, decision, around);
  if (vr === 'UI') return { action: replaceUids(dataset, element, around), reason };
  if (vrs[vr].kind === 'text') return sweep(dataset, element, decision, around);
  // Bytes that say something of somebody, in a form of their own.
  if (vrs[vr].kind === 'bytes') {
    dataset.delete(tag);
    return { action: 'X', reason: `${reason}: no text that could be cleaned` };
  }
  return keep(dataset, element, decision, around);
}

/** Moved by the days of this patient; emptied where it is no date. */
function moveDates(dataset: DataSet, { tag, vr }: Element, { reason }: Decision, { patient }: Around): Change {
  const texts = dataset.texts(tag);
  const moved = texts.map((text) => movedValue(text, tag, vr, patient.shiftDays) ?? '');
  if (moved.some((text, at) => text !== texts[at])) dataset.set(tag, moved.every((text) => text === '') ? null : moved);
  return { action: 'C', reason };
}

function movedValue(text: string, tag: number, vr: VR, days: number): string | undefined {
  if (text === '') return '';
  if (vr === 'DA') return shiftedDate(text, days);
  if (vr === 'DT') return shiftedDateTime(text, days);
  const isKept = tag === TIMEZONE_OFFSET ? /^[+-]\d{4}$/.test(text) : isTime(text);
  return isKept ? text : undefined;
}

const OLDEST_YEARS = 89;

function keep(dataset: DataSet, element: Element, decision: Decision, around: Around): Change {
  const { tag, vr, value } = element;
  const { reason } = decision;
  if (decision.isOwn) return { action: 'K', reason };
  if (tag === PATIENT_AGE) return capAge(dataset, decision);
  if (vr === 'UI') return keepUids(dataset, element, decision, around);
  if (vrs[vr].kind === 'text') return sweep(dataset, element, decision, around);
  if (!isBytes(value) || !around.known.isIn(value)) return { action: 'K', reason };
  dataset.set(tag, new Uint8Array(value.length), vr);
  return { action: 'D', reason: `${reason}; it held something of the patient`, isInBytes: true };
}

/** 45 CFR 164.514(b)(2)(i)(C): who is older than 89 is 90 or older. */
function capAge(dataset: DataSet, { reason }: Decision): Change {
  const age = dataset.text(PATIENT_AGE!);
  if (age !== undefined && !/^\d{3}[DWMY]$/.test(age)) dataset.set(PATIENT_AGE!, null);
  const years = /^(\d{3})Y$/.exec(age ?? '')?.[1];
  if (Number(years) > OLDEST_YEARS) dataset.set(PATIENT_AGE!, '090Y');
  return { action: 'K', reason };
}

/** Names of classes; what is no UID is not kept as one. */
function keepUids(dataset: DataSet, element: Element, decision: Decision, around: Around): Change {
  const isFit = dataset.texts(element.tag).every((uid) => uid === '' || isUsableUid(uid));
  if (isFit) return { action: 'K', reason: decision.reason };
  return { action: replaceUids(dataset, element, around), reason: `${decision.reason}; it was no UID` };
}

/** Forms in which nothing can be hidden: a value that does not have its form is no value. */
const forms: Partial<Record<VR, RegExp>> = {
  AS: /^\d{3}[DWMY]$/,
  DS: /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/,
  IS: /^[+-]?\d+$/,
  DA: /^\d{4}\.?\d{2}\.?\d{2}$/,
  TM: /^[\d:.]{2,16}$/,
  DT: /^[\d.+-]{4,26}$/,
};

/** Longest values of PS3.5 6.2, which tokens may not exceed. */
const longest: Partial<Record<VR, number>> = { SH: 16, LO: 64, CS: 16, AE: 16, ST: 1024, LT: 10_240 };

function sweep(dataset: DataSet, { tag, vr }: Element, decision: Decision, { known, pseudonyms }: Around): Change {
  const { reason } = decision;
  if (meaningful.has(tag)) return { action: 'K', reason };
  const form = forms[vr];
  const texts = dataset.texts(tag);
  const swept = texts.map((text) => {
    if (ordinary.has(text)) return text;
    // A number that is the patient's is one under any name; dates are their options' business.
    if (form !== undefined) return form.test(text) && !(vr === 'IS' && known.swept(text) === '[id]') ? text : '';
    const clean = decision.isWritten ? cleanText(text, known, pseudonyms) : known.swept(text);
    if (clean === undefined) return text;
    return vr === 'CS' ? REMOVED : clean.slice(0, longest[vr]);
  });
  if (swept.every((text, at) => text === texts[at])) return { action: decision.action, reason };
  dataset.set(tag, swept.every((text) => text === '') ? null : swept);
  return { action: 'C', reason: `${reason}; something of the patient stood there` };
}
