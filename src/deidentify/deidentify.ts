// De-identifies one instance by a profile: PS3.15 Annex E, at every depth. Edits the data set and leaves its pixels alone; what is
// burned into them is asked for by `pixelDemand` and answered by whoever has them.

import { concatenated } from '../dicom/bytes.ts';
import type { DataSet } from '../dicom/dataset.ts';
import { vrOf } from '../dicom/dictionary.ts';
import { type Element, isBulkRef, isBytes, isItems } from '../dicom/element.ts';
import { isPixelValue, isSamples } from '../dicom/pixel-values.ts';
import { readDicom } from '../dicom/reader.ts';
import { elementOf, hexOf, isPrivate } from '../dicom/tag.ts';
import { IMPLICIT_VR_LITTLE_ENDIAN } from '../dicom/transfer-syntax.ts';
import { applyAction, type Change } from './apply-action.ts';
import { decideAction } from './decide-action.ts';
import { type KnownValues, knownValues } from './known-values.ts';
import { markDeidentified, type PixelsAnswer } from './marks.ts';
import { keptPrivate } from './private-attributes.ts';
import type { Profile } from './profile.ts';
import type { PatientNumber, PatientPseudonym, Pseudonyms } from './pseudonyms.ts';
import { isIdentifyingContent } from './structured-content.ts';

export const deidentifyFindings = {
  unsearchable: 'a sequence is too large or nested too deep to be searched',
  'value-too-long': 'a value that is too long to be searched was removed',
  'known-in-bytes': 'a value that is no text held something of the patient and was removed',
  'faces-not-removed': 'faces in the pixels are not removed: the option is not claimed',
  'pixels-not-searched': 'the pixels may have words in them, and nobody has looked for them',
} as const satisfies Record<string, string>;

export interface DeidentifyFinding {
  code: keyof typeof deidentifyFindings;
  /** Tag path in hexadecimal, items by number from 1. */
  path: string;
  /** Whether the instance must not leave like this. */
  stops: boolean;
}

export interface DeidentifyOptions {
  profile: Profile;
  pseudonyms: Pseudonyms;
  /** Whose it is, where that is known better than the data set says: after a merge, say. */
  patient?: PatientNumber;
  /** What else is known of the patient and is not to be said here: attributes of other studies, of the order. */
  also?: readonly DataSet[];
  /** What became of the pixels, where the profile asks for them. */
  pixels?: PixelsAnswer;
  /** Told of every attribute: what is done to it, and why. */
  note?: (path: string, tag: number, change: Change) => void;
}

/** Edits `dataset`. */
export function deidentify(dataset: DataSet, options: DeidentifyOptions): DeidentifyFinding[] {
  const { profile, pixels } = options;
  if (profile.identified) return [];
  const walk = new Deidentification(dataset, options);
  walk.run(dataset, '', 0);
  const { findings } = walk;
  if (profile.options.has('clean-recognizable-visual-features') && dataset.has('Rows'))
    findings.push({ code: 'faces-not-removed', path: '', stops: false });
  markDeidentified(dataset, profile, pixels);
  return findings;
}

class Deidentification {
  readonly findings: DeidentifyFinding[] = [];
  readonly #profile: Profile;
  readonly #pseudonyms: Pseudonyms;
  readonly #note: DeidentifyOptions['note'];
  readonly #known: KnownValues;
  readonly #patient: PatientPseudonym;
  readonly #sopClassUid: string | undefined;

  constructor(dataset: DataSet, { profile, pseudonyms, patient, also, note }: DeidentifyOptions) {
    this.#profile = profile;
    this.#pseudonyms = pseudonyms;
    this.#note = note;
    this.#known = knownValues(dataset, profile, also);
    const said = { issuer: dataset.text('IssuerOfPatientID'), id: dataset.text('PatientID') };
    this.#patient = pseudonyms.patient(patient ?? said, dataset.text('StudyInstanceUID') ?? '');
    this.#sopClassUid = dataset.text('SOPClassUID');
  }

  /** `path` ends in a point, or is empty at the top. */
  run(dataset: DataSet, path: string, depth: number): void {
    const kept = keptPrivate(dataset, this.#profile);
    const identifies = isIdentifyingContent(dataset);
    for (const read of [...dataset.elements.values()]) {
      const element = isOpaque(read) ? opened(dataset, read) : read;
      const { tag } = element;
      const at = path + hexOf(tag);
      if (elementOf(tag) === 0) dataset.delete(tag);
      else if (isPixelValue(tag)) this.#note?.(at, tag, { action: 'K', reason: 'pixels' });
      else if (!isPrivate(tag)) this.#attribute(dataset, element, at, depth, identifies);
      else if (kept.elements.has(tag)) this.#keep(dataset, element, at, depth, 'listed as safe: PS3.15 E.3.10');
      else if (!kept.creators.has(tag)) this.#remove(dataset, tag, at, 'private, and not listed as safe');
    }
  }

  #attribute(dataset: DataSet, element: Element, path: string, depth: number, identifies: boolean): void {
    const { tag, vr, value } = element;
    const decided = decideAction(tag, vr, this.#profile, { sopClassUid: this.#sopClassUid, depth });
    // An item of content whose concept is a person, a number or a place: its value is a dummy whatever else is kept.
    const decision =
      identifies && isValueOfContent(tag)
        ? { ...decided, action: 'D' as const, reason: 'its concept identifies' }
        : decided;
    if (isOpaque(element) && decision.action !== 'X' && decision.action !== 'Z') {
      this.#remove(dataset, tag, path, 'a sequence that could not be read');
      this.#found('unsearchable', path, true);
      return;
    }
    if (isBulkRef(value) && (decision.action === 'K' || decision.action === 'C')) {
      this.#notHeld(dataset, element, path, depth);
      return;
    }
    const { change, items } = applyAction(dataset, element, decision, {
      profile: this.#profile,
      pseudonyms: this.#pseudonyms,
      known: this.#known,
      patient: this.#patient,
    });
    this.#note?.(path, tag, change);
    if (change.isInBytes) this.#found('known-in-bytes', path, false);
    for (const [n, item] of items.entries()) this.run(item, `${path}[${n + 1}].`, depth + 1);
  }

  #keep(dataset: DataSet, element: Element, path: string, depth: number, reason: string): void {
    if (isItems(element.value)) {
      this.#note?.(path, element.tag, { action: 'K', reason });
      for (const [n, item] of element.value.entries()) this.run(item, `${path}[${n + 1}].`, depth + 1);
      return;
    }
    // PS3.15 E.3.10: safe by what it is; swept all the same.
    const action = element.vr === 'UI' && !this.#profile.options.has('retain-uids') ? 'U' : 'K';
    const { change } = applyAction(
      dataset,
      element,
      { action, reason },
      {
        profile: this.#profile,
        pseudonyms: this.#pseudonyms,
        known: this.#known,
        patient: this.#patient,
      },
    );
    this.#note?.(path, element.tag, change);
  }

  #remove(dataset: DataSet, tag: number, path: string, reason: string): void {
    dataset.delete(tag);
    this.#note?.(path, tag, { action: 'X', reason });
  }

  /** Samples of signals and tables are numbers; anything else that cannot be looked into does not leave. */
  #notHeld(dataset: DataSet, { tag }: Element, path: string, depth: number): void {
    if (depth > 0) this.#found('unsearchable', path, true);
    else if (isSamples(tag)) this.#note?.(path, tag, { action: 'K', reason: 'samples' });
    else {
      this.#remove(dataset, tag, path, 'too long to be searched');
      this.#found('value-too-long', path, false);
    }
  }

  #found(code: DeidentifyFinding['code'], path: string, stops: boolean): void {
    this.findings.push({ code, path, stops });
  }
}

/** PS3.5 6.2.2 Note: a sequence that was written as UN of known length holds items in implicit VR little endian. */
function opened(dataset: DataSet, element: Element): Element {
  const { tag, value } = element;
  if (!isBytes(value)) return element;
  const header = new DataView(new ArrayBuffer(8));
  header.setUint16(0, tag >>> 16, true);
  header.setUint16(2, tag & 0xffff, true);
  header.setUint32(4, value.length, true);
  const bytes = concatenated([new Uint8Array(header.buffer), value]);
  const read = readDicom(bytes, { transferSyntaxUid: IMPLICIT_VR_LITTLE_ENDIAN });
  const items = read.dataset.items(tag);
  if (items.length === 0 || read.findings.length > 0) return element;
  dataset.set(tag, items, 'SQ');
  return dataset.get(tag)!;
}

/** A sequence of which the reader kept bytes at most: it lies too deep, or holds too much. */
const isOpaque = ({ tag, vr, value }: Element): boolean =>
  !isItems(value) && (vr === 'SQ' || (vr === 'UN' && vrOf(tag) === 'SQ')) && !(isBytes(value) && value.length === 0);

/** Text Value, Person Name, UID, Date, Time, DateTime of an item (PS3.3 C.17.3.2). */
const values: ReadonlySet<number> = new Set([
  0x0040_a160, 0x0040_a123, 0x0040_a124, 0x0040_a121, 0x0040_a122, 0x0040_a120,
]);

const isValueOfContent = (tag: number): boolean => values.has(tag);
