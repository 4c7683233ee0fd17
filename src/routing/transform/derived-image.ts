// The head of an image that is compressed with loss on its way: a derived image, another instance than its source. PS3.3
// C.7.6.1.1.2 (Image Type), C.7.6.1.1.5 (lossy compression), C.7.6.1.1.4 (Source Image).

import { DataSet } from '../../dicom/dataset.ts';
import { isItems } from '../../dicom/element.ts';
import type { TransferSyntax } from '../../dicom/transfer-syntax.ts';

/** Lossy Image Compression Method (0028,2114), defined terms of C.7.6.1.1.5.1, by the syntaxes that use it. */
const methods: readonly (readonly [RegExp, string])[] = [
  [/\.4\.(5\d|6[0-4])$/, 'ISO_10918_1'],
  [/\.4\.81$/, 'ISO_14495_1'],
  [/\.4\.9[13]$/, 'ISO_15444_1'],
  [/\.4\.203$/, 'ISO_15444_15'],
  [/\.4\.10[01](\.1)?$/, 'ISO_13818_2'],
  [/\.4\.10[2-6](\.1)?$/, 'ISO_14496_10'],
  [/\.4\.10[78]$/, 'ISO_23008_2'],
  [/\.4\.11[12]$/, 'ISO_18181_1'],
];

/** Whether loss happened to it before: what it says of itself, or the syntax it is in. */
export function isLossy(dataset: DataSet, syntax: TransferSyntax): boolean {
  return syntax.lossy || dataset.text('LossyImageCompression') === '01';
}

/** Edits `dataset`. `ratio` is what was asked for; who compresses says what was reached. */
export function becomeDerivedImage(
  dataset: DataSet,
  { sopInstanceUid, syntax, ratio }: { sopInstanceUid: string; syntax: TransferSyntax; ratio: number },
): void {
  const source = new DataSet()
    .set('ReferencedSOPClassUID', dataset.text('SOPClassUID') ?? null)
    .set('ReferencedSOPInstanceUID', dataset.text('SOPInstanceUID') ?? null)
    .set('PurposeOfReferenceCodeSequence', [code('121320', 'Uncompressed predecessor')]);
  const method = methods.find(([uids]) => uids.test(syntax.uid))?.[1] ?? null;
  dataset
    .set('SourceImageSequence', [source])
    .set('SOPInstanceUID', sopInstanceUid)
    .set('ImageType', derived(dataset.texts('ImageType'), ['DERIVED', 'PRIMARY']))
    .set('LossyImageCompression', '01')
    .set('LossyImageCompressionRatio', ratio)
    .set('LossyImageCompressionMethod', method)
    .set('DerivationDescription', `compressed with loss, ${syntax.name}`)
    .set('DerivationCodeSequence', [...dataset.items('DerivationCodeSequence'), code('113040', 'Lossy Compression')]);
  deriveFrameTypes(dataset);
}

/** C.8.16.1: of an enhanced image each frame says its type. */
function deriveFrameTypes(dataset: DataSet): void {
  for (const { value } of dataset.elements.values()) {
    if (!isItems(value)) continue;
    for (const item of value) {
      if (item.has('FrameType')) item.set('FrameType', derived(item.texts('FrameType'), ['DERIVED', 'PRIMARY']));
      deriveFrameTypes(item);
    }
  }
}

const derived = (type: readonly string[], absent: readonly string[]): string[] =>
  type.length === 0 ? [...absent] : ['DERIVED', ...type.slice(1)];

const code = (value: string, meaning: string): DataSet =>
  new DataSet().set('CodeValue', value).set('CodingSchemeDesignator', 'DCM').set('CodeMeaning', meaning);
