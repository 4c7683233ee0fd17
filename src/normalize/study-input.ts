// What the headers of a study say of its procedure: from one instance of each series, as ProcedureNormaliser asks for it.

import type { DataSet } from '../dicom/dataset.ts';
import type { ProcedureInput } from './procedures/procedure.ts';

/** Modalities of what is said about images, which do not make an examination. */
const aboutImages = new Set('SR PR KO SEG DOC REG FID AU RWV PLAN RTSTRUCT RTPLAN RTDOSE RTRECORD'.split(' '));

/** In a study of two machines the one that names it: PET/CT is a PET, SPECT/CT is of nuclear medicine. */
const namesTheStudy = ['PT', 'NM'];

/** `firsts`: one instance of each series, in any order. */
export function procedureInputOf(firsts: readonly DataSet[]): ProcedureInput {
  const first = (...keywords: string[]): string => {
    for (const keyword of keywords) {
      const said = firsts.map((dataset) => dataset.text(keyword)).find((text) => text !== undefined);
      if (said !== undefined) return said;
    }
    return '';
  };
  const images = firsts.filter((dataset) => !aboutImages.has(modalityOf(dataset)));
  const modalities = images.map(modalityOf);
  const modality =
    namesTheStudy.find((name) => modalities.includes(name)) ??
    modalities.find((name) => name !== '' && name !== 'OT') ??
    '';
  return {
    modality,
    bodyPart: first('BodyPartExamined'),
    laterality: first('Laterality', 'ImageLaterality'),
    studyDescription: first('StudyDescription', 'RequestedProcedureDescription', 'PerformedProcedureStepDescription'),
    seriesDescriptions: images.map((dataset) => descriptionOf(dataset, modality)).filter((text) => text !== ''),
    contrastAgent: first('ContrastBolusAgent'),
    codes: [...new Set(firsts.flatMap(codesOf))],
  };
}

const modalityOf = (dataset: DataSet): string => dataset.text('Modality')?.toUpperCase() ?? '';

/** A series of the other machine is told by its name in front, as operators do it. */
function descriptionOf(dataset: DataSet, modality: string): string {
  const said = dataset.text('SeriesDescription') ?? '';
  const own = modalityOf(dataset);
  return own === modality || own === '' ? said : `${own} ${said}`.trim();
}

function codesOf(dataset: DataSet): string[] {
  return ['ProcedureCodeSequence', 'RequestedProcedureCodeSequence']
    .flatMap((keyword) => dataset.items(keyword))
    .flatMap((item) => {
      const code = item.text('CodeValue');
      return code === undefined ? [] : [`${code}^${item.text('CodingSchemeDesignator') ?? ''}`];
    });
}
