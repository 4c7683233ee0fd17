// One level of a slide, or a picture of its glass, as a VL Whole Slide Microscopy Image (PS3.3 A.32.8): all but its pixels. What
// a scanner does not say and the standard demands is the usual one, and is said to be so.

import { DataSet } from '../../dicom/dataset.ts';
import { dataSetIn, type InstanceContext } from '../context.ts';
import { fillPixelDescription, type PixelDescription, setAbsent } from '../pixel-description.ts';
import type { Scan } from './scan.ts';
import { srgbProfile } from './srgb-profile.ts';

const VL_WHOLE_SLIDE = '1.2.840.10008.5.1.4.1.1.77.1.6';

export type Flavour = 'VOLUME' | 'THUMBNAIL' | 'LABEL' | 'OVERVIEW';

export interface SlidePart {
  flavour: Flavour;
  /** Made smaller from a larger one. */
  isResampled: boolean;
  /** Of the whole, not of a tile. */
  columns: number;
  rows: number;
  pixelSpacingMm: readonly [down: number, across: number];
  pixels: PixelDescription;
  /** Of all frames as they are kept. */
  sizeBytes: number;
  iccProfile?: Uint8Array;
}

/** Those of the slide, the same in all its instances. */
export interface SlideUids {
  frameOfReference: string;
  pyramid: string;
  dimensions: string;
  specimen: string;
  acquisition: string;
}

/** Of one focal plane, which no scanner states in TIFF: about the depth of field of a 20x objective. */
const PLANE_UM = 1;
const OPTICAL_PATH = '1';

export function slideInstance(part: SlidePart, scan: Scan, uids: SlideUids, context: InstanceContext): DataSet {
  const { flavour, isResampled, columns, rows, pixels, pixelSpacingMm } = part;
  const [down, across] = pixelSpacingMm;
  const [date, time] = [scan.scannedAt?.date ?? context.instance.date, scan.scannedAt?.time ?? context.instance.time];
  const imageType = [isResampled ? 'DERIVED' : 'ORIGINAL', 'PRIMARY', flavour, isResampled ? 'RESAMPLED' : 'NONE'];
  const container = scan.containerIdentifier ?? context.study.accessionNumber ?? 'UNKNOWN';
  const dataset = dataSetIn(context, VL_WHOLE_SLIDE, 'SM');
  fillPixelDescription(dataset, pixels, part.sizeBytes);
  setAbsent(dataset, 'LossyImageCompression', '00');
  dataset
    .set('ImageType', imageType)
    .set('AcquisitionDateTime', `${date}${time}`)
    .set('AcquisitionUID', uids.acquisition)
    .set('VolumetricProperties', 'VOLUME')
    .set('FrameOfReferenceUID', uids.frameOfReference)
    .set('PositionReferenceIndicator', 'SLIDE_CORNER')
    .set('AcquisitionContextSequence', [])
    // C.8.12.4: the label has what was written on it; no other image of the slide need show anybody's name.
    .set('SpecimenLabelInImage', flavour === 'VOLUME' || flavour === 'THUMBNAIL' ? 'NO' : 'YES')
    .set('BurnedInAnnotation', flavour === 'VOLUME' || flavour === 'THUMBNAIL' ? 'NO' : 'YES')
    .set('FocusMethod', 'AUTO')
    .set('ExtendedDepthOfField', 'NO')
    .set('ImageOrientationSlide', [0, -1, 0, -1, 0, 0])
    .set('ImagedVolumeWidth', across * columns)
    .set('ImagedVolumeHeight', down * rows)
    .set('ImagedVolumeDepth', PLANE_UM)
    .set('TotalPixelMatrixColumns', columns)
    .set('TotalPixelMatrixRows', rows)
    .set('TotalPixelMatrixFocalPlanes', 1)
    .set('TotalPixelMatrixOriginSequence', [
      new DataSet().set('XOffsetInSlideCoordinateSystem', 0).set('YOffsetInSlideCoordinateSystem', 0),
    ])
    .set('NumberOfFrames', pixels.numberOfFrames ?? 1)
    .set('NumberOfOpticalPaths', 1)
    .set('OpticalPathSequence', [opticalPath(part, scan)]);
  if (pixels.samplesPerPixel === 1) setGrey(dataset, pixels);
  setEquipment(dataset, scan);
  setSpecimen(dataset, container, uids.specimen);
  setDimensions(dataset, uids.dimensions);
  dataset.set('SharedFunctionalGroupsSequence', [functionalGroups(imageType, down, across)]);
  if (flavour === 'VOLUME' || flavour === 'THUMBNAIL') dataset.set('PyramidUID', uids.pyramid);
  return dataset;
}

/** C.8.12.4: of grey the standard wants to be told that its values are shown as they are. */
function setGrey(dataset: DataSet, { photometricInterpretation }: PixelDescription): void {
  dataset
    .set('PresentationLUTShape', photometricInterpretation === 'MONOCHROME1' ? 'INVERSE' : 'IDENTITY')
    .set('RescaleIntercept', 0)
    .set('RescaleSlope', 1);
}

/** PS3.3 C.7.5.2: all of them are Type 1. */
function setEquipment(dataset: DataSet, scan: Scan): void {
  dataset.set('Manufacturer', scan.manufacturer ?? 'UNKNOWN');
  const { model, serialNumber, softwareVersions } = scan;
  const said = { ManufacturerModelName: model, DeviceSerialNumber: serialNumber, SoftwareVersions: softwareVersions };
  for (const [keyword, value] of Object.entries(said)) dataset.set(keyword, (value ?? 'UNKNOWN').slice(0, 64));
}

/** PS3.3 C.7.6.22: the glass, and one specimen on it. */
function setSpecimen(dataset: DataSet, container: string, specimenUid: string): void {
  const specimen = new DataSet()
    .set('SpecimenIdentifier', container.slice(0, 64))
    .set('IssuerOfTheSpecimenIdentifierSequence', [])
    .set('SpecimenUID', specimenUid)
    .set('SpecimenPreparationSequence', []);
  dataset
    .set('ContainerIdentifier', container.slice(0, 64))
    .set('IssuerOfTheContainerIdentifierSequence', [])
    .set('ContainerTypeCodeSequence', [code('433466003', 'SCT', 'Microscope slide')])
    .set('SpecimenDescriptionSequence', [specimen]);
}

/** C.7.6.17.3: row by row, without gaps, so that no frame need say where it lies. */
function setDimensions(dataset: DataSet, organizationUid: string): void {
  const index = (pointer: number, label: string): DataSet =>
    new DataSet()
      .set('DimensionOrganizationUID', organizationUid)
      .set('DimensionIndexPointer', pointer)
      .set('FunctionalGroupPointer', PLANE_POSITION_SLIDE)
      .set('DimensionDescriptionLabel', label);
  dataset
    .set('DimensionOrganizationType', 'TILED_FULL')
    .set('DimensionOrganizationSequence', [new DataSet().set('DimensionOrganizationUID', organizationUid)])
    .set('DimensionIndexSequence', [index(ROW_POSITION, 'Row Position'), index(COLUMN_POSITION, 'Column Position')]);
}

const PLANE_POSITION_SLIDE = 0x0048_021a;
const ROW_POSITION = 0x0048_021f;
const COLUMN_POSITION = 0x0048_021e;

function functionalGroups(frameType: readonly string[], down: number, across: number): DataSet {
  const measures = new DataSet().set('PixelSpacing', [down, across]).set('SliceThickness', PLANE_UM / 1000);
  return new DataSet()
    .set('PixelMeasuresSequence', [measures])
    .set('WholeSlideMicroscopyImageFrameTypeSequence', [new DataSet().set('FrameType', frameType)])
    .set('OpticalPathIdentificationSequence', [new DataSet().set('OpticalPathIdentifier', OPTICAL_PATH)]);
}

/** C.8.12.5. Colour is seen by white light from below; what is grey may be anything, and is said to be no more. */
function opticalPath({ pixels, iccProfile }: SlidePart, { objectivePower }: Scan): DataSet {
  const path = new DataSet()
    .set('OpticalPathIdentifier', OPTICAL_PATH)
    .set('IlluminationTypeCodeSequence', [code('111744', 'DCM', 'Brightfield illumination')])
    .set('IlluminationColorCodeSequence', [code('414298005', 'SCT', 'Full Spectrum')]);
  if (pixels.samplesPerPixel === 3) path.set('ICCProfile', iccProfile ?? srgbProfile());
  if (objectivePower !== undefined) path.set('ObjectiveLensPower', objectivePower);
  return path;
}

const code = (value: string, scheme: string, meaning: string): DataSet =>
  new DataSet().set('CodeValue', value).set('CodingSchemeDesignator', scheme).set('CodeMeaning', meaning);
