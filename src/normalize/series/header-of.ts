// The header values of an MR or CT series, from one of its objects, classic or enhanced.

import type { DataSet } from '../../dicom/dataset.ts';
import { type Frame, framesOf } from '../acquisition/frame.ts';
import type { CtHeader } from './ct-header.ts';
import type { MrHeader } from './mr-header.ts';

export function mrHeaderOf(object: DataSet): MrHeader {
  const [frame] = framesOf(object) as [Frame];
  return {
    ...described(frame),
    protocolName: frame.text('ProtocolName') ?? '',
    sequenceName: frame.text('SequenceName') ?? frame.text('PulseSequenceName') ?? '',
    scanningSequence: values(frame, 'ScanningSequence'),
    sequenceVariant: values(frame, 'SequenceVariant'),
    scanOptions: values(frame, 'ScanOptions'),
    acquisitionType: (frame.text('MRAcquisitionType') ?? '').toUpperCase(),
    echoTimeMs: frame.number('EchoTime') ?? frame.number('EffectiveEchoTime'),
    repetitionTimeMs: frame.number('RepetitionTime'),
    inversionTimeMs: frame.number('InversionTime') ?? frame.number('InversionTimes'),
    flipAngleDegrees: frame.number('FlipAngle'),
    bValue: frame.number('DiffusionBValue'),
    orientation: frame.numbers('ImageOrientationPatient'),
  };
}

export function ctHeaderOf(object: DataSet): CtHeader {
  const [frame] = framesOf(object) as [Frame];
  return {
    ...described(frame),
    kernel: frame.text('ConvolutionKernel') ?? '',
    sliceThicknessMm: frame.number('SliceThickness'),
    tubeVoltageKv: frame.number('KVP'),
    exposureMas: frame.number('Exposure') ?? frame.number('ExposureInmAs'),
  };
}

function described(frame: Frame) {
  return {
    manufacturer: frame.text('Manufacturer') ?? '',
    model: frame.text('ManufacturerModelName') ?? '',
    seriesDescription: frame.text('SeriesDescription') ?? '',
    imageType: values(frame, 'ImageType'),
    contrastAgent: frame.text('ContrastBolusAgent') ?? '',
    bodyPart: frame.text('BodyPartExamined') ?? '',
  };
}

const values = (frame: Frame, keyword: string): string[] =>
  frame
    .texts(keyword)
    .map((value) => value.trim().toUpperCase())
    .filter((value) => value !== '');
