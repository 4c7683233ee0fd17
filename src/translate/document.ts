// A document as a DICOM instance: Encapsulated PDF, CDA, STL, OBJ and MTL (PS3.3 A.45.1, A.45.2, A.85.1 to A.85.3), and what the file
// says of itself (C.24.2 Encapsulated Document Module).

import { Problem } from '../base/problem.ts';
import { DataSet } from '../dicom/dataset.ts';
import { asciiAt } from './byte-source.ts';
import { dataSetIn, type InstanceContext } from './context.ts';
import { setAbsent } from './pixel-description.ts';

const documents = {
  'application/pdf': { sopClassUid: '1.2.840.10008.5.1.4.1.1.104.1', modality: 'DOC' },
  'text/xml': { sopClassUid: '1.2.840.10008.5.1.4.1.1.104.2', modality: 'DOC' },
  'model/stl': { sopClassUid: '1.2.840.10008.5.1.4.1.1.104.3', modality: 'M3D' },
  'model/obj': { sopClassUid: '1.2.840.10008.5.1.4.1.1.104.4', modality: 'M3D' },
  'model/mtl': { sopClassUid: '1.2.840.10008.5.1.4.1.1.104.5', modality: 'M3D' },
} as const;

export type DocumentType = keyof typeof documents;

/** What a document is by its first bytes; media types of files are often wrong, and models are known by their names alone. */
export function documentTypeOf(head: Uint8Array, fileName = ''): DocumentType | undefined {
  const start = asciiAt(head, 0, Math.min(head.length, 4096));
  if (start.includes('%PDF-')) return 'application/pdf';
  if (/<(\w+:)?ClinicalDocument[\s>]/.test(start)) return 'text/xml';
  const model = /\.(stl|obj|mtl)$/i.exec(fileName)?.[1]?.toLowerCase() as 'stl' | 'obj' | 'mtl' | undefined;
  return model && `model/${model}`;
}

export interface DocumentDescription {
  type: DocumentType;
  sizeBytes: number;
  title?: string;
  /** The document's own bytes where they are at hand: a CDA says its identifier. */
  head?: Uint8Array;
}

/** All but the document. Throws dicom/missing-attribute where the context does not say what its kind needs. */
export function documentInstance(document: DocumentDescription, context: InstanceContext): DataSet {
  const { type, title, sizeBytes, head } = document;
  const { sopClassUid, modality } = documents[type];
  const { date, time } = context.instance;
  const dataset = dataSetIn(context, sopClassUid, modality)
    .set('ConversionType', 'WSD')
    .set('AcquisitionDateTime', `${date}${time}`)
    // C.24.2: whoever reads a document sees names that no header shows.
    .set('BurnedInAnnotation', 'YES')
    .set('DocumentTitle', title ?? null)
    .set('ConceptNameCodeSequence', []);
  fillDocument(dataset, type, sizeBytes);
  if (type === 'text/xml' && head !== undefined) setIdentifier(dataset, head);
  if (modality === 'M3D') setModel(dataset, context);
  return dataset;
}

/** Sets what is absent. Throws dicom/bulk-mismatch where the data set says another length. */
export function fillDocument(dataset: DataSet, mediaType: string, sizeBytes: number): void {
  const stated = dataset.number('EncapsulatedDocumentLength');
  if (stated !== undefined && stated !== sizeBytes) {
    throw new Problem('dicom/bulk-mismatch', { attribute: 'EncapsulatedDocumentLength' });
  }
  // UL. What is longer has no length but that of its value.
  if (sizeBytes <= 0xffff_ffff) dataset.set('EncapsulatedDocumentLength', sizeBytes);
  if (mediaType !== 'application/octet-stream') setAbsent(dataset, 'MIMETypeOfEncapsulatedDocument', mediaType);
}

/** (0040,E001): root and extension of the CDA's id, `root^extension`. */
function setIdentifier(dataset: DataSet, head: Uint8Array): void {
  const text = new TextDecoder().decode(head);
  // The first id in the header of a CDA is its own (CDA R2 4.2.1.5): templateId and typeId come before it, people after it.
  const id = /<(?:\w+:)?id\s([^>]*)>/.exec(text)?.[1] ?? '';
  const attribute = (name: string): string => new RegExp(`\\b${name}\\s*=\\s*["']([^"']*)["']`).exec(id)?.[1] ?? '';
  const identifier = [attribute('root'), attribute('extension')].filter((part) => part !== '').join('^');
  if (identifier !== '') dataset.set('HL7InstanceIdentifier', identifier);
}

/** PS3.3 C.35.1 Manufacturing 3D Model: a file of triangles says neither its unit nor what was done to it. */
function setModel(dataset: DataSet, { series }: InstanceContext): void {
  if (series.frameOfReferenceUid === undefined) {
    throw new Problem('dicom/missing-attribute', { attribute: 'FrameOfReferenceUID' });
  }
  const millimetre = new DataSet()
    .set('CodeValue', 'mm')
    .set('CodingSchemeDesignator', 'UCUM')
    .set('CodeMeaning', 'mm');
  dataset
    .set('MeasurementUnitsCodeSequence', [millimetre])
    .set('ModelModification', 'NO')
    .set('ModelMirroring', 'NO')
    .set('FrameOfReferenceUID', series.frameOfReferenceUid)
    .set('PositionReferenceIndicator', null);
  // C.7.5.2 Enhanced General Equipment: all of them are Type 1.
  setAbsent(dataset, 'Manufacturer', 'UNKNOWN');
  setAbsent(dataset, 'ManufacturerModelName', 'UNKNOWN');
  setAbsent(dataset, 'DeviceSerialNumber', 'UNKNOWN');
  setAbsent(dataset, 'SoftwareVersions', 'UNKNOWN');
}
