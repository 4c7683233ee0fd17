// A study made here, with an object of each kind that references others of it, in the ways PS3.3 has for that.

import { DataSet } from '../../dicom/dataset.ts';
import { tag } from '../../dicom/tag.ts';

const CT = '1.2.840.10008.5.1.4.1.1.2';
const classes = {
  SR: '1.2.840.10008.5.1.4.1.1.88.33',
  KO: '1.2.840.10008.5.1.4.1.1.88.59',
  PR: '1.2.840.10008.5.1.4.1.1.11.1',
  SEG: '1.2.840.10008.5.1.4.1.1.66.4',
  RTSTRUCT: '1.2.840.10008.5.1.4.1.1.481.3',
  RWV: '1.2.840.10008.5.1.4.1.1.67',
} as const;

export const studyUid = '2.25.9000';
/** A prior of the same patient that objects of the study point at. */
export const prior = { study: '2.25.8000', series: '2.25.8001', image: '2.25.8002' };

/** Two CT series of three images, the first with two echo times, and objects that reference all of them. */
export function studyObjects(): DataSet[] {
  const images = [1, 2].flatMap((series) => [1, 2, 3].map((n) => image(series, n)));
  return [...images, ...referencing(images)];
}

export function image(series: number, number: number): DataSet {
  return instance(CT, `2.25.90${series}0`, `2.25.90${series}${number}`, 'CT')
    .set('ImageType', ['ORIGINAL', 'PRIMARY', 'AXIAL'])
    .set('SeriesNumber', series)
    .set('SeriesDescription', `Series ${series}`)
    .set('InstanceNumber', number)
    .set('EchoTime', number < 3 ? 10 : 80)
    .set('FrameOfReferenceUID', '2.25.7000')
    .set('ReferencedPerformedProcedureStepSequence', [reference('1.2.840.10008.3.1.2.3.3', '2.25.6000')])
    .set('Rows', 2)
    .set('Columns', 2)
    .set('BitsAllocated', 16)
    .set('PixelData', new Uint8Array(8), 'OW');
}

function instance(sopClassUid: string, seriesUid: string, uid: string, modality: string): DataSet {
  return new DataSet()
    .set('SpecificCharacterSet', 'ISO_IR 192')
    .set('SOPClassUID', sopClassUid)
    .set('SOPInstanceUID', uid)
    .set('Modality', modality)
    .set('PatientName', 'ROUTING^TEST')
    .set('PatientID', 'R1')
    .set('StudyInstanceUID', studyUid)
    .set('SeriesInstanceUID', seriesUid);
}

function referencing(images: readonly DataSet[]): DataSet[] {
  const sops = () => images.map((one) => reference(CT, one.text('SOPInstanceUID')!));
  const bySeries = (sequence: string) =>
    [1, 2].map((n) => {
      const own = images.filter((one) => one.number('SeriesNumber') === n);
      const items = own.map((one) => reference(CT, one.text('SOPInstanceUID')!));
      return new DataSet().set('SeriesInstanceUID', `2.25.90${n}0`).set(sequence, items);
    });
  const evidence = () => [
    new DataSet().set('StudyInstanceUID', studyUid).set('ReferencedSeriesSequence', bySeries('ReferencedSOPSequence')),
    new DataSet()
      .set('StudyInstanceUID', prior.study)
      .set('ReferencedSeriesSequence', priorSeries('ReferencedSOPSequence')),
  ];
  const content = () =>
    [...sops(), reference(CT, prior.image)].map((item) =>
      new DataSet().set('RelationshipType', 'CONTAINS').set('ValueType', 'IMAGE').set('ReferencedSOPSequence', [item]),
    );
  const contours = () => sops().map((item) => new DataSet().set('ContourImageSequence', [item]));
  const rtStudy = (uid: string, series: DataSet[]) =>
    reference('1.2.840.10008.3.1.2.3.1', uid).set('RTReferencedSeriesSequence', series);
  const priorSeries = (sequence: string) => [
    new DataSet().set('SeriesInstanceUID', prior.series).set(sequence, [reference(CT, prior.image)]),
  ];
  return [
    instance(classes.SR, '2.25.9030', '2.25.9031', 'SR')
      .set('CurrentRequestedProcedureEvidenceSequence', evidence())
      .set('ContentSequence', [new DataSet().set('ValueType', 'CONTAINER').set('ContentSequence', content())]),
    instance(classes.KO, '2.25.9040', '2.25.9041', 'KO')
      .set('CurrentRequestedProcedureEvidenceSequence', evidence())
      .set('ContentSequence', content()),
    instance(classes.PR, '2.25.9050', '2.25.9051', 'PR').set(
      'ReferencedSeriesSequence',
      bySeries('ReferencedImageSequence'),
    ),
    instance(classes.SEG, '2.25.9060', '2.25.9061', 'SEG')
      .set('ReferencedSeriesSequence', bySeries('ReferencedInstanceSequence'))
      .set('PerFrameFunctionalGroupsSequence', [
        new DataSet().set('DerivationImageSequence', [new DataSet().set('SourceImageSequence', sops())]),
      ]),
    instance(classes.RTSTRUCT, '2.25.9070', '2.25.9071', 'RTSTRUCT')
      .set('ReferencedFrameOfReferenceSequence', [
        new DataSet()
          .set('FrameOfReferenceUID', '2.25.7000')
          .set('RTReferencedStudySequence', [
            rtStudy(studyUid, bySeries('ContourImageSequence')),
            rtStudy(prior.study, priorSeries('ContourImageSequence')),
          ]),
      ])
      .set('ROIContourSequence', [new DataSet().set('ContourSequence', contours())]),
    instance(classes.RWV, '2.25.9080', '2.25.9081', 'RWV')
      .set('ReferencedSeriesSequence', bySeries('ReferencedInstanceSequence'))
      .set('ReferencedImageRealWorldValueMappingSequence', [new DataSet().set('ReferencedImageSequence', sops())])
      .set(tag(0x0029, 0x0010), 'FASCIA TEST')
      .set(tag(0x0029, 0x1001), '2.25.9011', 'UI'),
  ];
}

function reference(sopClassUid: string, uid: string): DataSet {
  return new DataSet().set('ReferencedSOPClassUID', sopClassUid).set('ReferencedSOPInstanceUID', uid);
}
