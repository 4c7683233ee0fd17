// The DICOMDIR of a file-set (PS3.10 8, PS3.3 F): records of patients, studies, series and instances, each with the offsets of
// its next and of its first below, so that media readers find their way without opening a file.

import { concatenated } from './bytes.ts';
import { DataSet } from './dataset.ts';
import { type RecordType, recordKeys, recordTypeOf } from './directory-records.ts';
import { fileMeta } from './file-meta.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from './transfer-syntax.ts';
import { writeDataSet } from './writer.ts';

const MEDIA_STORAGE_DIRECTORY_STORAGE = '1.2.840.10008.1.3.10';
const explicitLittleEndian = transferSyntax(EXPLICIT_VR_LITTLE_ENDIAN)!;
const ITEM_HEADER_BYTES = 8;
const SEQUENCE_HEADER_BYTES = 12;

export interface DirectoryFile {
  /** PS3.10 8.2: at most eight components, each of at most eight characters A-Z, 0-9 and _. */
  fileId: readonly string[];
  sopClassUid: string;
  sopInstanceUid: string;
  transferSyntaxUid: string;
  /** At least the attributes of `directoryKeywords` that the instance has. */
  dataset: DataSet;
}

interface Node {
  record: DataSet;
  below: Node[];
}

/** The file. Files of one patient, study or series need not stand together. */
export function dicomdir(files: readonly DirectoryFile[], sopInstanceUid: string, fileSetId = 'FASCIA'): Uint8Array {
  const meta = fileMeta({
    sopClassUid: MEDIA_STORAGE_DIRECTORY_STORAGE,
    sopInstanceUid,
    transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN,
  });
  const directory = new DataSet()
    .set('FileSetID', fileSetId)
    .set('OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity', 0)
    .set('OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity', 0)
    .set('FileSetConsistencyFlag', 0);
  const roots = tree(files);
  const nodes = roots.flatMap(withAllBelow);
  const offsets = offsetsOf(nodes, meta.length + bytesOf(directory) + SEQUENCE_HEADER_BYTES);
  const offsetOf = (node: Node | undefined): number => (node === undefined ? 0 : offsets.get(node)!);
  link(roots, offsetOf);
  directory.set('OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity', offsetOf(roots[0]));
  directory.set('OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity', offsetOf(roots.at(-1)));
  const records = nodes.map(({ record }) => record);
  directory.set('DirectoryRecordSequence', records);
  return concatenated([meta, ...writeDataSet(directory, explicitLittleEndian)]);
}

/** Patients with their studies, series and instances, in the order in which they first occur. */
function tree(files: readonly DirectoryFile[]): Node[] {
  const roots: Node[] = [];
  const known = new Map<string, Node>();
  for (const file of files) {
    const { dataset } = file;
    let below = roots;
    let path = '';
    for (const [type, key] of levels) {
      path += `\n${dataset.text(key) ?? ''}`;
      let node = known.get(path);
      if (node === undefined) {
        node = { record: record(type, dataset, below.length + 1), below: [] };
        below.push(node);
        known.set(path, node);
      }
      below = node.below;
    }
    below.push({ record: fileRecord(file, below.length + 1), below: [] });
  }
  return roots;
}

const levels: readonly [RecordType, string][] = [
  ['PATIENT', 'PatientID'],
  ['STUDY', 'StudyInstanceUID'],
  ['SERIES', 'SeriesInstanceUID'],
];

function fileRecord(file: DirectoryFile, number: number): DataSet {
  return record(recordTypeOf(file.sopClassUid), file.dataset, number)
    .set('ReferencedFileID', file.fileId)
    .set('ReferencedSOPClassUIDInFile', file.sopClassUid)
    .set('ReferencedSOPInstanceUIDInFile', file.sopInstanceUid)
    .set('ReferencedTransferSyntaxUIDInFile', file.transferSyntaxUid);
}

/** PS3.3 F.3.2.2; a key that must have a value and has none gets one, as F.5 lets whoever makes the file-set. */
function record(type: RecordType, from: DataSet, number: number): DataSet {
  const made = new DataSet()
    .set('OffsetOfTheNextDirectoryRecord', 0)
    .set('RecordInUseFlag', 0xffff)
    .set('OffsetOfReferencedLowerLevelDirectoryEntity', 0)
    .set('DirectoryRecordType', type);
  const characterSets = from.texts('SpecificCharacterSet');
  if (characterSets.length > 0) made.set('SpecificCharacterSet', characterSets);
  for (const { keyword, otherwise } of recordKeys[type]) {
    const items = from.items(keyword);
    const values = from.texts(keyword).filter((value) => value !== '');
    if (items.length > 0) made.set(keyword, items);
    else if (values.length > 0) made.set(keyword, values);
    else if (otherwise === 'number') made.set(keyword, String(number));
    else if (otherwise !== 'absent') made.set(keyword, otherwise === 'empty' ? null : otherwise);
  }
  return made;
}

const withAllBelow = (node: Node): Node[] => [node, ...node.below.flatMap(withAllBelow)];

const bytesOf = (dataset: DataSet): number =>
  writeDataSet(dataset, explicitLittleEndian).reduce((sum, { length }) => sum + length, 0);

/** Offsets are of fixed length: what they say does not move the records. */
function offsetsOf(nodes: readonly Node[], first: number): Map<Node, number> {
  const offsets = new Map<Node, number>();
  let at = first;
  for (const node of nodes) {
    offsets.set(node, at);
    at += ITEM_HEADER_BYTES + bytesOf(node.record);
  }
  return offsets;
}

function link(siblings: readonly Node[], offsetOf: (node: Node | undefined) => number): void {
  for (const [at, { record: of, below }] of siblings.entries()) {
    of.set('OffsetOfTheNextDirectoryRecord', offsetOf(siblings[at + 1]));
    of.set('OffsetOfReferencedLowerLevelDirectoryEntity', offsetOf(below[0]));
    link(below, offsetOf);
  }
}
