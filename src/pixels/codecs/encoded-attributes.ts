// What a data set says of its pixels once they are in another transfer syntax: PS3.5 8.2 (photometric interpretations),
// PS3.3 C.7.6.1.1.5 (lossy compression). The SOP Instance UID stays: this is a representation, made on the way out.

import type { DataSet } from '../../dicom/dataset.ts';
import { transferSyntax } from '../../dicom/transfer-syntax.ts';
import type { FrameDescription } from '../frame-description.ts';

export interface Reencoding {
  from: string;
  to: string;
  /** Of a frame, or several: native size to encoded size. */
  ratio: number;
}

/** The frame as decodeFrame gives it: codecs undo the colour transformations that are their own. */
export function decodedFrame(frame: FrameDescription, from: string): FrameDescription {
  if (!transferSyntax(from)?.encapsulated) return frame;
  const photometricInterpretation = decodedColour[frame.photometricInterpretation] ?? frame.photometricInterpretation;
  return { ...frame, photometricInterpretation, planarConfiguration: 0 };
}

/** Changes the attributes of an image whose frames go from one syntax to another. */
export function describeReencoded(dataset: DataSet, frame: FrameDescription, { from, to, ratio }: Reencoding): void {
  const decoded = decodedFrame(frame, from);
  dataset.set('PhotometricInterpretation', encodedColour(decoded, to));
  if (frame.samplesPerPixel > 1) dataset.set('PlanarConfiguration', 0);
  dataset.delete('ExtendedOffsetTable');
  dataset.delete('ExtendedOffsetTableLengths');
  if (transferSyntax(from)?.lossy || loses(to, frame)) dataset.set('LossyImageCompression', '01');
  if (!loses(to, frame)) return;
  dataset.set('LossyImageCompressionRatio', [
    ...dataset.texts('LossyImageCompressionRatio'),
    String(Math.max(1, Math.round(ratio * 100) / 100)),
  ]);
  dataset.set('LossyImageCompressionMethod', [...dataset.texts('LossyImageCompressionMethod'), methods[to]!]);
}

/** PS3.3 C.7.6.1.1.5.1 defined terms, of the lossy syntaxes in which frames are encoded here. */
const methods: Record<string, string> = {
  '1.2.840.10008.1.2.4.50': 'ISO_10918_1',
  '1.2.840.10008.1.2.4.51': 'ISO_10918_1',
  '1.2.840.10008.1.2.4.81': 'ISO_14495_1',
  '1.2.840.10008.1.2.4.91': 'ISO_15444_1',
  '1.2.840.10008.1.2.4.203': 'ISO_15444_15',
};

/** Signed samples are written without loss in JPEG-LS, see encode-frame.ts. */
function loses(to: string, { pixelRepresentation }: FrameDescription): boolean {
  return methods[to] !== undefined && !(to === '1.2.840.10008.1.2.4.81' && pixelRepresentation === 1);
}

const decodedColour: Record<string, string> = { YBR_FULL_422: 'YBR_FULL', YBR_RCT: 'RGB', YBR_ICT: 'RGB' };

/** PS3.5 8.2.1 and 8.2.4. */
function encodedColour({ photometricInterpretation: colour, samplesPerPixel }: FrameDescription, to: string): string {
  if (samplesPerPixel !== 3) return colour;
  if (/\.4\.5[01]$/.test(to)) return 'YBR_FULL_422';
  if (colour !== 'RGB') return colour;
  if (/\.4\.(90|201|202)$/.test(to)) return 'YBR_RCT';
  return /\.4\.(91|203)$/.test(to) ? 'YBR_ICT' : colour;
}
