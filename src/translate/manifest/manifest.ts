// The manifest of an imaging study: what it consists of, and where that is retrieved from. It is written as a Key Object
// Selection Document (kos-of-manifest.ts) and as a FHIR document (bundle-of-manifest.ts), IHE RAD TF-3 6.X MADO.

import type { DataSet } from '../../dicom/dataset.ts';
import type { Code } from '../../dicom/key-object-selection.ts';

/** Where instances are retrieved from: at least one of them is said. */
export interface RetrieveFrom {
  /** Retrieve URL (0008,1190): the root of a DICOMweb service. */
  url?: string;
  /** Retrieve Location UID (0040,E011). */
  locationUid?: string;
  /** Retrieve AE Title (0008,0054). */
  aeTitle?: string;
}

/** What a manifest lists, whoever wrote it. */
export interface ListedStudy {
  studyInstanceUid: string;
  series: readonly ListedSeries[];
}

export interface ListedSeries {
  seriesInstanceUid: string;
  from: RetrieveFrom;
  instances: readonly ListedInstance[];
}

export interface ListedInstance {
  sopInstanceUid: string;
  sopClassUid: string;
}

/** A manifest of ours, with what it says of what it lists. */
export interface Manifest extends ListedStudy {
  /** Of the document; the same for the same content. */
  sopInstanceUid: string;
  /** Of the series that the document is of. */
  documentSeriesUid: string;
  createdAt: Date;
  /** (0008,0201) of all dates and times. */
  offset: string;
  manufacturer: string;
  institution: string;
  /** Attributes of the study of its first instance, and of the patient as is known now. */
  patientAndStudy: DataSet;
  /** Of the study: system of whoever numbers accessions where the study does not say. */
  orders: readonly ManifestOrder[];
  /** Of the study. */
  procedures: readonly Code[];
  /** Of the study, as SNOMED CT. */
  regions: readonly Code[];
  series: readonly ManifestSeries[];
}

/** A requested procedure, by its numbers. */
export interface ManifestOrder {
  accession: NumberOfIssuer;
  placer?: NumberOfIssuer;
}

export interface NumberOfIssuer {
  number: string;
  universalId: string;
  /** ISO, UUID, URI: HL7 table 0301. */
  universalIdType: string;
}

export interface ManifestSeries extends ListedSeries {
  /** Attributes of the series of its first instance. */
  attributes: DataSet;
  region?: Code;
  instances: readonly ManifestInstance[];
}

export interface ManifestInstance extends ListedInstance {
  valueType: 'IMAGE' | 'WAVEFORM' | 'COMPOSITE';
  number?: number;
  frames?: number;
  /** Of a Key Object Selection Document: what its objects were chosen for. */
  title?: Code;
  description?: string;
}

/** SOP Instance UIDs of everything that is listed. */
export const listedUids = ({ series }: ListedStudy): string[] =>
  series.flatMap(({ instances }) => instances.map(({ sopInstanceUid }) => sopInstanceUid));
