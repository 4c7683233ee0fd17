import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concatenated } from '../../dicom/bytes.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { Element } from '../../dicom/element.ts';
import { readDicom } from '../../dicom/reader.ts';
import { isPrivate, isPrivateCreator, tag } from '../../dicom/tag.ts';
import { transferSyntax } from '../../dicom/transfer-syntax.ts';
import { writeDataSet } from '../../dicom/writer.ts';
import { geTags } from './ge/mappings.ts';
import { uihTags } from './other-mappings.ts';
import { philipsTags } from './philips-mappings.ts';
import type { PrivateTag } from './private-tag.ts';
import { siemensTags } from './siemens/mappings.ts';
import { onlyAcquisition, onlySidecar } from './testing/facts.ts';
import { csaHeader, type Made, madeObject, madeSeries, protocolText } from './testing/made-series.ts';

const named = (creator: string, group: number, element: number, vr: PrivateTag['vr']): PrivateTag => ({
  ...{ creator, group, element },
  ...(vr && { vr }),
});

/** A diffusion series of each vendor, its values in elements of the vendor's own. */
const dialects: Record<string, Made> = {
  'Siemens V': {
    attributes: { Manufacturer: 'SIEMENS', SoftwareVersions: 'syngo MR E11' },
    privates: [
      [named('SIEMENS MR HEADER', 0x0019, 0x0c, 'IS'), 1000],
      [named('SIEMENS MR HEADER', 0x0019, 0x0e, 'FD'), [0.6, 0, 0.8]],
      [siemensTags.bandwidthPerPixelPhaseEncode, 27.778],
      [siemensTags.realDwellTime, 2900],
      [siemensTags.patMode, 'p2s3'],
      [siemensTags.csaImage, csaHeader({ PhaseEncodingDirectionPositive: [1] })],
      [
        siemensTags.csaSeries,
        csaHeader({ MrPhoenixProtocol: [protocolText({ 'sKSpace.ucPhasePartialFourier': '0x4' })] }),
      ],
    ],
  },
  'Siemens VB before (0019,xx0C)': {
    attributes: { Manufacturer: 'Siemens', SoftwareVersions: 'syngo MR B13' },
    privates: [
      [
        siemensTags.csaImage,
        csaHeader({ B_value: [700], DiffusionGradientDirection: [0, 0.6, 0.8], BandwidthPerPixelPhaseEncode: [30] }),
      ],
    ],
  },
  'Siemens XA': {
    attributes: { Manufacturer: 'Siemens Healthineers', SoftwareVersions: 'syngo MR XA30', DiffusionBValue: 800 },
    privates: [
      [siemensTags.xaPatMode, 'p3 s2'],
      [siemensTags.xaPhaseEncodingDirectionPositive, 0],
      [siemensTags.xaBandwidthPerPixelPhaseEncode, 25],
      [siemensTags.xaRealDwellTime, 3100],
    ],
  },
  GE: {
    attributes: {
      Manufacturer: 'GE MEDICAL SYSTEMS',
      SoftwareVersions: '29\\LX\\MR29.1',
      RectilinearPhaseEncodeReordering: 'LINEAR',
    },
    privates: [
      [geTags.internalPulseSequenceName, 'EPI2'],
      [geTags.bValue, [1_000_001_000, 8, 0, 0]],
      [geTags.gradientX, 0.6],
      [geTags.gradientY, 0],
      [geTags.gradientZ, 0.8],
      [geTags.echoSpacing, 640],
      [geTags.multiband, '2\\2\\19\\0'],
      [named('GEMS_PARM_01', 0x0043, 0x83, 'DS'), [0.5, 1]],
    ],
  },
  Philips: {
    attributes: { Manufacturer: 'Philips Medical Systems', ImagingFrequency: 127.77, EchoTrainLength: 55 },
    privates: [
      [named('Philips Imaging DD 001', 0x2001, 0x03, 'FL'), 1500],
      [named('Philips Imaging DD 001', 0x2001, 0x04, 'CS'), 'O'],
      [philipsTags.waterFatShift, 14.5],
      [philipsTags.gradientRL, 0.6],
      [philipsTags.gradientAP, 0],
      [philipsTags.gradientFH, 0.8],
      [
        named('Philips MR Imaging DD 005', 0x2005, 0x0f, 'SQ'),
        [madeObject({ ParallelReductionFactorInPlane: 1.5, MRAcquisitionPhaseEncodingStepsInPlane: 110 })],
      ],
    ],
  },
  'United Imaging': {
    attributes: { Manufacturer: 'UIH', ImageType: ['ORIGINAL', 'PRIMARY', 'M', 'VFRAME'], Rows: 128, Columns: 128 },
    slices: 1,
    privates: [
      [named('Image Private Header', 0x0065, 0x09, 'FD'), 1000],
      [named('Image Private Header', 0x0065, 0x37, 'FD'), [0.6, 0, 0.8]],
      [named('Image Private Header', 0x0065, 0x0d, 'SH'), '2P'],
      [uihTags.numberOfImagesInGrid, 3],
      [
        uihTags.volumeFrames,
        ['03.5', '01', '02.25'].map((seconds) =>
          madeObject({ AcquisitionDateTime: `202601151200${seconds}`, AcquisitionDuration: 21 }),
        ),
      ],
    ],
  },
  Canon: {
    attributes: { Manufacturer: 'CANON_MEC', ImageComments: 'b=1500(0.600,0.000,0.800)' },
  },
};

const told = (objects: readonly DataSet[]): unknown => {
  const { diffusion } = onlyAcquisition(objects);
  return { ...onlySidecar(objects), diffusion };
};

const rewritten = (uid: string) => (object: DataSet) => {
  const bytes = concatenated(writeDataSet(object, transferSyntax(uid)!));
  return readDicom(bytes, { form: 'dataset', transferSyntaxUid: uid }).dataset;
};

/** As an archive leaves private elements of which it knows nothing (PS3.5 6.2.2): sequences too, of defined length. */
function unknown(object: DataSet): DataSet {
  const changed = new DataSet();
  for (const element of object.elements.values()) {
    if (!isPrivate(element.tag) || isPrivateCreator(element.tag)) {
      changed.add(element);
      continue;
    }
    const alone = new DataSet();
    alone.add(element);
    // In implicit VR the value begins after tag and length.
    const value = concatenated(writeDataSet(alone, transferSyntax('1.2.840.10008.1.2')!)).slice(8);
    changed.add(Element.of(element.tag, 'UN', value));
  }
  return changed;
}

/** The same owner has reserved a block before, and left it empty. */
function inAnotherBlock(object: DataSet): DataSet {
  const changed = new DataSet();
  for (const element of object.elements.values()) {
    const { tag: at } = element;
    if (!isPrivate(at)) changed.add(element);
    else if (isPrivateCreator(at)) {
      const owner = object.text(at)!;
      changed.set(at, owner, 'LO');
      changed.set(at + 0x80, owner, 'LO');
    } else changed.add(Element.of(at + 0x8000, element.vr, element.value));
  }
  return changed;
}

/** As software before 2007 named its owner. */
function inCapitals(object: DataSet): DataSet {
  const changed = new DataSet();
  for (const element of object.elements.values()) changed.add(element);
  for (const owner of [...object.elements.keys()].filter(isPrivateCreator))
    changed.set(owner, object.text(owner)!.toUpperCase(), 'LO');
  return changed;
}

const variants: Record<string, (object: DataSet) => DataSet> = {
  'explicit VR little endian': rewritten('1.2.840.10008.1.2.1'),
  'implicit VR little endian': rewritten('1.2.840.10008.1.2'),
  'explicit VR big endian': rewritten('1.2.840.10008.1.2.2'),
  'private elements as UN': unknown,
  'private elements as UN, on the wire': (object) => rewritten('1.2.840.10008.1.2.1')(unknown(object)),
  'a second block of the same owner': inAnotherBlock,
  'owners in capitals': inCapitals,
};

for (const [vendor, made] of Object.entries(dialects)) {
  test(`${vendor}: what is told does not depend on how the object was written`, () => {
    const plain = told(madeSeries(made));
    for (const [name, change] of Object.entries(variants))
      assert.deepEqual(told(madeSeries(made).map(change)), plain, name);
  });
}

test('what the made series say is what is told of them', () => {
  const of = (vendor: string) => onlySidecar(madeSeries(dialects[vendor]!));
  const weighting = (vendor: string) => onlyAcquisition(madeSeries(dialects[vendor]!)).diffusion;
  assert.partialDeepStrictEqual(of('Siemens V'), {
    ...{ PhaseEncodingDirection: 'j-', ParallelReductionFactorInPlane: 2, MultibandAccelerationFactor: 3 },
    ...{ PartialFourier: 0.75, DwellTime: 2.9e-6, BandwidthPerPixelPhaseEncode: 27.778 },
  });
  assert.partialDeepStrictEqual(of('Siemens XA'), {
    ...{ PhaseEncodingDirection: 'j', ParallelReductionFactorInPlane: 3, MultibandAccelerationFactor: 2 },
    ...{ DwellTime: 3.1e-6, EffectiveEchoSpacing: 1 / (25 * 64) },
  });
  assert.partialDeepStrictEqual(of('GE'), {
    ...{ PhaseEncodingDirection: 'j-', ParallelReductionFactorInPlane: 2, MultibandAccelerationFactor: 2 },
    TotalReadoutTime: 31 * 640e-6,
  });
  assert.partialDeepStrictEqual(of('Philips'), { ParallelReductionFactorInPlane: 1.5, WaterFatShift: 14.5 });
  assert.partialDeepStrictEqual(of('United Imaging'), {
    ...{ ParallelReductionFactorInPlane: 2, SliceTiming: [2.5, 0, 1.25] },
  });
  const bValues = Object.keys(dialects).map((vendor) => weighting(vendor)?.bValues);
  assert.deepEqual(bValues, [[1000], [700], [800], [1000], [1500], [1000], [1500]]);
  for (const vendor of ['Siemens V', 'Philips', 'Canon', 'United Imaging'])
    assert.deepEqual(
      weighting(vendor)!.directions[0]!.map((cosine) => Math.abs(cosine).toFixed(6)),
      ['0.600000', '0.000000', '0.800000'],
    );
});

test('private tags are found by their owner, not by their number', () => {
  const objects = madeSeries(dialects['Siemens V']!);
  for (const object of objects) object.set(tag(0x0019, 0x10), 'SOMEBODY ELSE', 'LO');
  assert.equal(onlyAcquisition(objects).diffusion, undefined);
});
