// Items of structured content (PS3.3 C.17.3) whose concept is somebody, a number of somebody, or a place: what stands there
// identifies, however it is spelt. Codes of PS3.16 CID 7, TID 1003, 1004, 1007, 2000.

import type { DataSet } from '../dicom/dataset.ts';

const CONCEPT_NAME_CODE_SEQUENCE = 0x0040_a043;
const VALUE_TYPE = 0x0040_a040;

/** Codes of DCM. */
const identifying: ReadonlySet<string> = new Set([
  // Person Observer and Device Observer.
  ...['121008', '121009', '121010', '121012', '121013', '121014', '121015', '121016', '121017', '113876', '113878'],
  // Subject: UID, name, id, birth date, mother of a fetus, specimen.
  ...['121028', '121029', '121030', '121031', '121034', '121035', '121036', '121037', '121039', '121040', '121041'],
  // Procedure context: accession, order numbers.
  ...['121018', '121019', '121020', '121022', '110180', '111706'],
  // Who said it, to whom, when it was told.
  ...['121044', '121045', '121088', '121089', '128774', '113870', '113871', '113872', '113873'],
]);

/** UID of a device, a subject, a study: a pseudonym serves better than a dummy. */
const isUidItem = (dataset: DataSet): boolean => dataset.text(VALUE_TYPE) === 'UIDREF';

export function isIdentifyingContent(dataset: DataSet): boolean {
  if (!dataset.has(VALUE_TYPE) || isUidItem(dataset)) return false;
  const [concept] = dataset.items(CONCEPT_NAME_CODE_SEQUENCE);
  return (
    concept !== undefined &&
    concept.text('CodingSchemeDesignator') === 'DCM' &&
    identifying.has(concept.text('CodeValue') ?? '')
  );
}
