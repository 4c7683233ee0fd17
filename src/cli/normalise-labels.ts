// Rows of header values by name, as `fascia normalise` takes them, and what is told of each; below a confidence of 0.95 a
// person should look.

import type { Row } from '../base/csv.ts';
import { ProcedureNormaliser } from '../normalize/procedures/normalise-procedure.ts';
import { CtSeriesNormaliser } from '../normalize/series/ct-series.ts';
import { MrSeriesNormaliser } from '../normalize/series/mr-series.ts';

export function labelProcedure(): (row: Row) => Row {
  const normaliser = new ProcedureNormaliser();
  return (row) => {
    const procedure = normaliser.normalise({
      modality: row.modality_in ?? '',
      bodyPart: row.body_part_in ?? '',
      laterality: row.laterality_in ?? '',
      studyDescription: row.study_description ?? '',
      seriesDescriptions: (row.series_descriptions ?? '').split('|').filter((text) => text.trim() !== ''),
      contrastAgent: row.contrast_agent_in ?? '',
    });
    return {
      modality: procedure.modality,
      body_region: procedure.region,
      anatomic_focus: procedure.focus,
      laterality: procedure.laterality,
      contrast: procedure.contrast,
      rpid: procedure.rpid,
      interventional: procedure.interventional ? 'y' : 'n',
      confidence: procedure.confidence.toFixed(4),
    };
  };
}

export function labelMrSeries(): (row: Row) => Row {
  const normaliser = new MrSeriesNormaliser();
  return (row) => {
    const series = normaliser.normalise({
      manufacturer: row.manufacturer ?? '',
      model: row.model ?? '',
      seriesDescription: row.series_description ?? '',
      protocolName: row.protocol_name ?? '',
      sequenceName: row.sequence_name ?? '',
      scanningSequence: values(row.scanning_sequence),
      sequenceVariant: values(row.sequence_variant),
      scanOptions: values(row.scan_options),
      imageType: values(row.image_type),
      acquisitionType: (row.mr_acquisition_type ?? '').trim().toUpperCase(),
      echoTimeMs: number(row.te_ms),
      repetitionTimeMs: number(row.tr_ms),
      inversionTimeMs: number(row.ti_ms),
      flipAngleDegrees: number(row.flip_angle),
      bValue: number(row.b_value),
      contrastAgent: row.contrast_agent ?? '',
      orientation:
        (row.image_orientation_patient ?? '') === '' ? [] : row.image_orientation_patient!.split('\\').map(Number),
      bodyPart: row.body_part ?? '',
    });
    return {
      sequence_class: series.sequenceClass,
      plane: series.plane,
      fat_suppressed: series.fatSuppressed,
      confidence: series.confidence.toFixed(4),
    };
  };
}

export function labelCtSeries(): (row: Row) => Row {
  const normaliser = new CtSeriesNormaliser();
  return (row) => {
    const series = normaliser.normalise({
      manufacturer: row.manufacturer ?? '',
      model: row.model ?? '',
      seriesDescription: row.series_description ?? '',
      kernel: (row.kernel ?? '').split('\\')[0]!,
      sliceThicknessMm: number(row.slice_thickness),
      imageType: values(row.image_type),
      contrastAgent: row.contrast_agent ?? '',
      tubeVoltageKv: number(row.kvp),
      exposureMas: number(row.exposure_mas),
      bodyPart: row.body_part ?? '',
    });
    return {
      phase: series.phase,
      reconstruction: series.reconstruction,
      body_region: series.region,
      confidence: series.confidence.toFixed(4),
    };
  };
}

const values = (text: string | undefined): string[] =>
  (text ?? '')
    .toUpperCase()
    .split('\\')
    .map((value) => value.trim())
    .filter((value) => value !== '');

/** A decimal string; of several values the first (Echo Time of a dual echo). */
function number(text: string | undefined): number | undefined {
  const value = Number.parseFloat((text ?? '').split('\\')[0]!);
  return Number.isFinite(value) ? value : undefined;
}
