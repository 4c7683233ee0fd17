// A picture or a video as a DICOM instance: VL Photographic or Endoscopic Image (PS3.3 A.32.4, A.32.1), Video Photographic or
// Endoscopic Image (A.32.7, A.32.5), or, for what is no photograph, Secondary Capture Image (A.8.1).

import { DataSet } from '../dicom/dataset.ts';
import { dataSetIn, type InstanceContext } from './context.ts';
import type { DescribedFile } from './describe.ts';
import { fillNativeImage, fillPixelDescription, setAbsent } from './pixel-description.ts';

const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';
/** PS3.3 C.7.3.1.1.1. */
const seen = {
  photograph: { still: '1.2.840.10008.5.1.4.1.1.77.1.4', video: '1.2.840.10008.5.1.4.1.1.77.1.4.1', modality: 'XC' },
  endoscopy: { still: '1.2.840.10008.5.1.4.1.1.77.1.1', video: '1.2.840.10008.5.1.4.1.1.77.1.1.1', modality: 'ES' },
} as const;

type Seen = keyof typeof seen;

/** A photograph is of the patient, as is what an endoscope sees; a capture is of a screen, a film, a form. */
export type PictureKind = Seen | 'capture';

export const pictureKinds = ['photograph', 'endoscopy', 'capture'] as const satisfies readonly PictureKind[];

/** All but its pixels. A video is always taken for one of the patient. */
export function imageInstance(file: DescribedFile, kind: PictureKind, context: InstanceContext): DataSet {
  if (file.kind === 'video') return video(file, kind === 'capture' ? 'photograph' : kind, context);
  const dataset =
    kind !== 'capture' && isVisibleLight(file) ? visibleLight(file, kind, context) : secondaryCapture(file, context);
  // C.7.3.1.1.1, Type 2C: which side a photograph shows nobody may know.
  if (!dataset.has('Laterality')) dataset.set('Laterality', null);
  return dataset;
}

/** C.8.12.1: samples of a photograph have all the bits of one byte or of two. */
const isVisibleLight = (file: DescribedFile): boolean => file.kind === 'native' || file.pixels.bitsStored % 8 === 0;

/** PS3.3 C.8.12.1 (VL Image), C.7.6.14 (Acquisition Context). */
function visibleLight(file: DescribedFile, kind: Seen, context: InstanceContext): DataSet {
  const { still, video: moving, modality } = seen[kind];
  const dataset = dataSetIn(context, file.kind === 'video' ? moving : still, modality);
  // C.8.12.1.1.1 has YBR_FULL_422 for every JPEG in YCbCr: how far the colour is subsampled the codestream says itself.
  if (file.kind === 'codestream' && file.pixels.photometricInterpretation === 'YBR_FULL') {
    dataset.set('PhotometricInterpretation', 'YBR_FULL_422');
  }
  fillPixels(dataset, file);
  setAbsent(dataset, 'LossyImageCompression', '00');
  return dataset
    .set('ImageType', ['ORIGINAL', 'PRIMARY'])
    .set('PatientOrientation', null)
    .set('AcquisitionContextSequence', []);
}

function video(file: DescribedFile, kind: Seen, context: InstanceContext): DataSet {
  const dataset = visibleLight(file, kind, context).set('AnatomicRegionSequence', [anatomicRegion(context)]);
  // C.7.3.1: where the region is said, its side is said of the image and not of the series.
  const { laterality } = context.series;
  if (laterality !== undefined) dataset.set('ImageLaterality', laterality).delete('Laterality');
  return dataset;
}

/** C.8.12.1: a video has one. Of what is not said, CID 4 has no more that is true than the whole. */
function anatomicRegion({ series }: InstanceContext): DataSet {
  const { code, scheme, meaning } = series.anatomicRegion ?? {
    code: '38266002',
    scheme: 'SCT',
    meaning: 'Entire body',
  };
  return new DataSet().set('CodeValue', code).set('CodingSchemeDesignator', scheme).set('CodeMeaning', meaning);
}

/** PS3.3 C.8.6.1 (SC Equipment) and C.8.6.2. */
function secondaryCapture(file: DescribedFile, context: InstanceContext): DataSet {
  const dataset = dataSetIn(context, SECONDARY_CAPTURE, 'OT');
  fillPixels(dataset, file);
  return dataset.set('ImageType', ['DERIVED', 'SECONDARY']).set('ConversionType', 'DI').set('PatientOrientation', null);
}

function fillPixels(dataset: DataSet, file: DescribedFile): void {
  if (file.kind === 'native') fillNativeImage(dataset, file.image);
  else fillPixelDescription(dataset, file.pixels, file.length);
}
