// An instance that a reader made of copies, as it is at home: every element at every depth. UIDs, patient, numbers, dates and
// written text become what they stand for; what stands for nothing in this case is told, and the instance stays out.

import { confidentialityRow } from '../../deidentify/confidentiality-table.ts';
import { REMOVED } from '../../deidentify/dummy-values.ts';
import { shiftedDate, shiftedDateTime } from '../../deidentify/shift-dates.ts';
import { concatenated } from '../../dicom/bytes.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { entryOf, tagOf, vrOf } from '../../dicom/dictionary.ts';
import { type Element, isBulkRef, isBytes, isItems } from '../../dicom/element.ts';
import { isPixelValue, isSamples } from '../../dicom/pixel-values.ts';
import { elementOf, groupOf, hexOf } from '../../dicom/tag.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../../dicom/transfer-syntax.ts';
import { type VR, vrs } from '../../dicom/vr.ts';
import { writeDataSet } from '../../dicom/writer.ts';
import { remainsIn } from './remains.ts';
import { restoreText, restoreUid } from './restore-text.ts';
import type { ReturnCode, ReturnFinding, WayHome } from './way-home.ts';

/** Edits `dataset`. `study`: patient and study attributes as the client has them, which take the place of what came. */
export function reidentify(dataset: DataSet, way: WayHome, study: DataSet): ReturnFinding[] {
  const walk = new Reidentification(way);
  walk.run(dataset, '');
  if (walk.findings.length > 0) return walk.findings;
  for (const keyword of markers) dataset.delete(keyword);
  takeOver(dataset, study);
  const remains = remainsIn(searchable(dataset), way.map);
  return remains === undefined ? [] : [{ code: remains, path: '' }];
}

const tags = (keywords: string): ReadonlySet<number> =>
  new Set(
    keywords
      .trim()
      .split(/\s+/)
      .map((keyword) => tagOf(keyword)!),
  );

/** PS3.15 E.1.1: what says that nobody knows whose it is. */
const markers = [
  'PatientIdentityRemoved',
  'DeidentificationMethod',
  'DeidentificationMethodCodeSequence',
  'LongitudinalTemporalInformationModified',
];

/** The patient, by name and by number. What stands in one of them is the case's patient, or somebody else. */
const ofPatient = tags(`PatientName PatientID OtherPatientIDs OtherPatientNames PatientBirthName PatientMotherBirthName
  PatientAddress PatientTelephoneNumbers MilitaryRank MedicalRecordLocator`);
const birth = tagOf('PatientBirthDate')!;

/** UIDs of what a document brings along with itself, and which nothing outside knows. */
const inner =
  tags(`SOPInstanceUID SeriesInstanceUID DimensionOrganizationUID TrackingUID ObservationUID DeviceUID ConcatenationUID
  FiducialUID PresentationDisplayCollectionUID PresentationSequenceCollectionUID PaletteColorLookupTableUID`);

/** UIDs that name classes, syntaxes and coding schemes. */
const ofClass =
  /ClassUID|TransferSyntax|CodingSchemeUID|ContextUID|MappingResourceUID|ContextGroupExtensionCreatorUID|SOPClasses/;
/** Coding schemes are registered with HL7 and ISO; PS3.16 8. */
const SCHEME = /^(?:2\.16\.840\.1\.113883|1\.2\.840\.10008|1\.0\.3166|1\.3\.6\.1\.4\.1\.(?:19376|12009))(?:\.|$)/;

/** Versions are dotted numbers too. */
const versions = tags('SoftwareVersions');

const SHIFTED: ReadonlySet<VR> = new Set(['DA', 'DT']);
const PROSE: ReadonlySet<VR> = new Set(['ST', 'LT', 'UT', 'UC']);

class Reidentification {
  readonly findings: ReturnFinding[] = [];
  readonly #way: WayHome;

  constructor(way: WayHome) {
    this.#way = way;
  }

  /** `path` ends in a point, or is empty at the top. */
  run(dataset: DataSet, path: string): void {
    for (const element of [...dataset.elements.values()]) {
      const { tag } = element;
      if (elementOf(tag) === 0 || groupOf(tag) < 0x0008) dataset.delete(tag);
      else if (!isPixelValue(tag) && !isSamples(tag)) this.#element(dataset, element, path + hexOf(tag));
    }
    this.#content(dataset, path);
  }

  #element(dataset: DataSet, { tag, vr, value }: Element, path: string): void {
    if (isItems(value)) {
      for (const [n, item] of value.entries()) this.run(item, `${path}[${n + 1}].`);
    } else if (isBulkRef(value) || (vr === 'SQ' && isBytes(value) && value.length > 0))
      this.#found('not-searched', path);
    else if (isBytes(value) && value.length === 0) return;
    else if (vr === 'UI') this.#uids(dataset, tag, path);
    else if (tag === birth) dataset.set(tag, this.#way.map.patient.original.birthDate ?? null);
    else if (ofPatient.has(tag)) this.#patient(dataset, tag, path);
    else if (SHIFTED.has(vr)) this.#dates(dataset, tag, vr);
    else if (vrs[vr].kind === 'text') this.#text(dataset, tag, vr, path);
    else if (isBytes(value)) this.#bytes(value, path);
  }

  #uids(dataset: DataSet, tag: number, path: string): void {
    const keyword = entryOf(tag)?.keyword ?? '';
    const isClass = ofClass.test(keyword);
    const uids = dataset.texts(tag);
    const restored = uids.map((uid) => {
      if (uid === '' || (isClass && SCHEME.test(uid))) return uid;
      const known = restoreUid(uid, this.#way);
      if (known !== undefined) return known;
      if (inner.has(tag)) return this.#way.minted(uid);
      this.#found('foreign-uid', path);
      return uid;
    });
    if (restored.some((uid, at) => uid !== uids[at])) dataset.set(tag, restored);
  }

  #patient(dataset: DataSet, tag: number, path: string): void {
    const { pseudonym, original } = this.#way.map.patient;
    const isOne = (text: string) => [pseudonym.id, pseudonym.name].some((one) => one && sameName(one, text));
    const texts = dataset.texts(tag);
    if (texts.every((text) => text === '' || text === REMOVED)) dataset.set(tag, null);
    else if (!texts.every(isOne)) this.#found('foreign-patient', path);
    else dataset.set(tag, (vrOf(tag) === 'PN' ? original.name : original.id) ?? null);
  }

  /** Each is a moved one, but those of what was made there: they are of a day after the copies had left. */
  #dates(dataset: DataSet, tag: number, vr: VR): void {
    const { map, leftOn } = this.#way;
    if (map.shiftDays === 0) return;
    const texts = dataset.texts(tag);
    const restored = texts.map((text) => {
      if (text.replaceAll('.', '').slice(0, 8) >= leftOn) return text;
      return (vr === 'DA' ? shiftedDate : shiftedDateTime)(text, -map.shiftDays) ?? text;
    });
    if (restored.some((text, at) => text !== texts[at])) dataset.set(tag, restored);
  }

  #text(dataset: DataSet, tag: number, vr: VR, path: string): void {
    if (versions.has(tag)) return;
    const isProse = PROSE.has(vr) || confidentialityRow(tag)?.options.get('clean-descriptors') === 'C';
    const texts = dataset.texts(tag);
    const { pseudonym, original } = this.#way.map.patient;
    const restored = texts.map((text) => {
      // A name is called by the number that stands for it.
      const isPatient = vr === 'PN' && [pseudonym.name, pseudonym.id].some((one) => sameName(one, text));
      if (isPatient) return original.name ?? '';
      const whole = restoreText(text, this.#way, isProse && vr !== 'UR');
      for (const code of whole.codes) this.#found(code, path);
      return whole.text;
    });
    if (restored.some((text, at) => text !== texts[at])) dataset.set(tag, restored);
  }

  /** What is no text may hold UIDs all the same: private attributes whose VR nobody knows. */
  #bytes(value: Uint8Array, path: string): void {
    const text = latin1.decode(value.subarray(0, LONGEST_OF_TEXT)).replace(/[\0 ]+$/, '');
    if (!/^[\x20-\x7e\\]+$/.test(text)) return;
    if (restoreText(text, this.#way, false).codes.includes('foreign-uid')) this.#found('foreign-uid', path);
  }

  /** PS3.3 C.17.3: an item whose concept is the subject, or an order, names the case's or somebody else. */
  #content(item: DataSet, path: string): void {
    const [concept] = item.items('ConceptNameCodeSequence');
    if (concept?.text('CodingSchemeDesignator') !== 'DCM') return;
    const code = concept.text('CodeValue') ?? '';
    if (code === SUBJECT_BIRTH_DATE && item.has('Date')) {
      item.set('Date', this.#way.map.patient.original.birthDate ?? null);
      return;
    }
    const original = this.#said(code);
    const keyword = item.has('PersonName') ? 'PersonName' : 'TextValue';
    const value = item.text(keyword);
    if (original === undefined || value === undefined) return;
    if (!original.some((known) => sameName(known, value)))
      this.#found('foreign-patient', `${path}${hexOf(tagOf(keyword)!)}`);
  }

  /** What such an item may say once it was restored; undefined for other concepts. */
  #said(code: string): (string | undefined)[] | undefined {
    const { patient, accession } = this.#way.map;
    const { name, id } = patient.original;
    if (code === SUBJECT_NAME || code === SUBJECT_ID) return [name, id];
    return code === ACCESSION_NUMBER ? [accession?.original] : undefined;
  }

  #found(code: ReturnCode, path: string): void {
    if (!this.findings.some((other) => other.code === code && other.path === path)) this.findings.push({ code, path });
  }
}

/** PS3.16 TID 1007, TID 2005: of codes of DCM. */
const [SUBJECT_NAME, SUBJECT_ID, SUBJECT_BIRTH_DATE, ACCESSION_NUMBER] = ['121029', '121030', '121031', '121022'];

/** Of one value that is no text, as far as it is looked at as text. */
const LONGEST_OF_TEXT = 4096;
const latin1 = new TextDecoder('latin1');

const sameName = (one: string | undefined, other: string): boolean =>
  one !== undefined && nameOf(one) === nameOf(other);

/** PS3.5 6.2.1: components that are empty at the end may be left out. */
const nameOf = (text: string): string =>
  text
    .trim()
    .toUpperCase()
    .replace(/[\^= ]+$/, '');

/** PS3.3 C.7.1, C.7.2: what all instances of a study say alike. */
const ofStudy =
  `PatientName PatientID IssuerOfPatientID IssuerOfPatientIDQualifiersSequence PatientBirthDate PatientBirthTime
  PatientSex PatientAge PatientSize PatientWeight OtherPatientIDsSequence StudyDate StudyTime StudyID AccessionNumber
  IssuerOfAccessionNumberSequence ReferringPhysicianName StudyDescription AdmissionID ReferencedPatientSequence`
    .trim()
    .split(/\s+/);

/** Those that an instance has even where they are empty: Type 2. */
const always: ReadonlySet<string> = new Set(
  'PatientName PatientID PatientBirthDate PatientSex StudyDate StudyTime StudyID AccessionNumber ReferringPhysicianName'.split(
    ' ',
  ),
);

function takeOver(dataset: DataSet, study: DataSet): void {
  for (const keyword of ofStudy) {
    const element = study.get(keyword);
    if (element === undefined) {
      if (always.has(keyword)) dataset.set(keyword, null);
      else dataset.delete(keyword);
    } else if (isItems(element.value)) dataset.set(keyword, element.value);
    else dataset.set(keyword, study.texts(keyword), element.vr);
  }
}

/** All that is not a pixel, as bytes. */
function searchable(dataset: DataSet): Uint8Array {
  const rest = new DataSet();
  rest.characterSet = dataset.characterSet;
  for (const element of dataset.elements.values()) {
    if (!isPixelValue(element.tag) && !isSamples(element.tag) && !isBulkRef(element.value)) rest.add(element);
  }
  return concatenated(writeDataSet(rest, transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!));
}
