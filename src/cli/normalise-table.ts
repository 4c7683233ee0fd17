// `fascia normalise procedures|mr-series|ct-series IN.csv OUT.csv`: labels a table of descriptions and header values. Made
// for scoring, and for a first look at how a site names things.

import { readFile, writeFile } from 'node:fs/promises';
import { ProcedureNormaliser } from '../normalize/procedures/normalise-procedure.ts';
import { CtSeriesNormaliser } from '../normalize/series/ct-series.ts';
import { MrSeriesNormaliser } from '../normalize/series/mr-series.ts';
import { type Command, CommandError } from './command.ts';
import { type Row, readTable, writeTable } from './csv.ts';

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

export const normaliseProcedures = tableCommand(
  'the procedure of each study',
  'IN has id, modality_in, body_part_in, laterality_in, study_description, series_descriptions (joined with |) and\n' +
    'contrast_agent_in. OUT has modality, body_region, anatomic_focus, laterality, contrast, rpid (RadLex Playbook),\n' +
    'interventional and confidence; below 0.95 a person should look.',
  ['id', 'modality', 'body_region', 'anatomic_focus', 'laterality', 'contrast', 'rpid', 'interventional', 'confidence'],
  () => {
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
  },
);

export const normaliseMrSeries = tableCommand(
  'what each MR series shows',
  'IN has id and the header values by name: manufacturer, series_description, protocol_name, sequence_name,\n' +
    'scanning_sequence, sequence_variant, scan_options, image_type, mr_acquisition_type, te_ms, tr_ms, ti_ms, flip_angle,\n' +
    'b_value, contrast_agent, image_orientation_patient, body_part. OUT has sequence_class, plane, fat_suppressed, confidence.',
  ['id', 'sequence_class', 'plane', 'fat_suppressed', 'confidence'],
  () => {
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
  },
);

export const normaliseCtSeries = tableCommand(
  'what each CT series shows',
  'IN has id and the header values by name: manufacturer, series_description, kernel, slice_thickness, image_type,\n' +
    'contrast_agent, kvp, exposure_mas, body_part. OUT has phase, reconstruction, body_region and confidence.',
  ['id', 'phase', 'reconstruction', 'body_region', 'confidence'],
  () => {
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
  },
);

function tableCommand(summary: string, details: string, columns: string[], labeller: () => (row: Row) => Row): Command {
  return {
    arguments: 'IN.csv OUT.csv',
    summary,
    details,
    arity: [2, 2],
    async run([from, to]) {
      const label = labeller();
      const rows = readTable(await readText(from!)).map((row) => ({ ...label(row), id: row.id ?? '' }));
      await writeFile(to!, writeTable(columns, rows));
      const review = rows.filter(({ confidence }: Row) => Number(confidence) < 0.95).length;
      process.stdout.write(`${rows.length} rows, ${review} to review\n`);
      return 0;
    },
  };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CommandError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
