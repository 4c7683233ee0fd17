// Header values that the words beside them contradict: a side, a part of the body, a modality that says OT. The words are
// read by the same lexicon as procedures.

import type { DataSet } from '../../dicom/dataset.ts';
import { sopClassName } from '../../dicom/sop-class.ts';
import { bodyParts } from '../procedures/anatomy.ts';
import { type Evidence, evidenceOf } from '../procedures/evidence.ts';
import { focusOf } from '../procedures/focus.ts';
import { Lexicon } from '../procedures/lexicon.ts';
import { propose } from '../procedures/rules.ts';
import type { Reporter } from './repair.ts';
import { sourceOf } from './source-of.ts';

let shared: Lexicon | undefined;
const lexicon = (): Lexicon => (shared ??= new Lexicon());

export function contradictions(dataset: DataSet, report: Reporter): void {
  const evidence = evidenceOf(
    {
      modality: dataset.text('Modality') ?? '',
      bodyPart: dataset.text('BodyPartExamined') ?? '',
      laterality: dataset.text('ImageLaterality') ?? dataset.text('Laterality') ?? '',
      studyDescription: dataset.text('StudyDescription') ?? '',
      seriesDescriptions: dataset.has('SeriesDescription') ? [dataset.text('SeriesDescription') ?? ''] : [],
      contrastAgent: dataset.text('ContrastBolusAgent') ?? '',
    },
    lexicon(),
  );
  laterality(evidence, dataset, report);
  bodyPart(evidence, report);
  modality(evidence, dataset, report);
}

/** Which of two sides is right only somebody who was there knows. */
function laterality(evidence: Evidence, dataset: DataSet, report: Reporter): void {
  const attribute = dataset.has('ImageLaterality') ? 'ImageLaterality' : 'Laterality';
  const { oddities } = propose(evidence);
  if (oddities.has('sides contradict')) report.finding('laterality', attribute, 'the description names the other side');
  const [image, series] = [dataset.text('ImageLaterality'), dataset.text('Laterality')];
  if (
    image !== undefined &&
    series !== undefined &&
    image !== series &&
    'RL'.includes(image) &&
    'RL'.includes(series)
  ) {
    report.finding('laterality', 'ImageLaterality', 'Laterality of the series names the other side');
  }
}

/** The description is written for the patient, Body Part Examined preset by the protocol. */
function bodyPart({ study, header, input }: Evidence, report: Reporter): void {
  const said = focusOf(study.parts, study.signs, input.modality);
  const preset = focusOf(header.parts, header.signs, input.modality);
  const [here, there] = [bodyParts.get(said.name)!, bodyParts.get(preset.name)!];
  if (here.region === '' || there.region === '' || here.region === there.region || said.others.length > 0) return;
  if (here.code === undefined || here.meaning === undefined) {
    report.finding('body-part', 'BodyPartExamined', 'the description names another part');
    return;
  }
  report.fact('body-part', {
    attribute: 'BodyPartExamined',
    value: here.name.toUpperCase(),
    sources: [sourceOf('StudyDescription'), sourceOf('BodyPartExamined')],
    confidence: 0.9,
    reason: `the description names ${here.meaning} (SCT ${here.code}), not the part that was preset`,
  });
}

/** Words of SOP Class names that give the modality away. */
const bySopClass: readonly [RegExp, string][] = [
  [/^(Legacy Converted |Enhanced )*CT Image/, 'CT'],
  [/^(Legacy Converted |Enhanced )*MR /, 'MR'],
  [/^(Legacy Converted |Enhanced )*(PET|Positron)/, 'PT'],
  [/Mammography|Breast Tomosynthesis/, 'MG'],
  [/^Ultrasound/, 'US'],
  [/^Digital X-Ray/, 'DX'],
  [/^Computed Radiography/, 'CR'],
  [/^Nuclear Medicine/, 'NM'],
  [/X-Ray Angiographic/, 'XA'],
  [/X-Ray Radiofluoroscopic/, 'RF'],
];

const ofText: Record<string, string> = {
  CT: 'CT',
  MR: 'MR',
  US: 'US',
  MG: 'MG',
  NM: 'NM',
  PT: 'PT',
  XR: 'DX',
  RF: 'RF',
  XA: 'XA',
};

function modality(evidence: Evidence, dataset: DataSet, report: Reporter): void {
  const said = dataset.text('Modality') ?? '';
  const name = sopClassName(dataset.text('SOPClassUID') ?? '') ?? '';
  const made = bySopClass.find(([pattern]) => pattern.test(name))?.[1];
  if (made !== undefined) {
    if (said === made || (said !== '' && said !== 'OT')) return;
    report.fact('modality', {
      attribute: 'Modality',
      value: made,
      sources: [sourceOf('SOPClassUID'), sourceOf('Modality')],
      confidence: 0.99,
      reason: `the SOP Class is ${name}`,
    });
    return;
  }
  if (said !== 'OT' && said !== '' && said !== 'SC') return;
  const [only, ...others] = evidence.study.modalities;
  const meant = only === undefined || others.length > 0 ? undefined : ofText[only];
  if (meant === undefined) {
    if (said === 'OT') report.finding('modality', 'Modality', 'OT, and neither SOP Class nor description tells more');
    return;
  }
  report.fact('modality', {
    attribute: 'Modality',
    value: meant,
    sources: [sourceOf('StudyDescription'), sourceOf('Modality')],
    confidence: 0.9,
    reason: 'the description names the modality that Modality leaves open',
  });
}
