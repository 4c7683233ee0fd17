// `fascia normalise procedures|mr-series|ct-series IN.csv OUT.csv`: labels a table of descriptions and header values. Made
// for scoring, and for a first look at how a site names things.

import { readFile, writeFile } from 'node:fs/promises';
import { type Row, readTable, writeTable } from '../base/csv.ts';
import { type Command, CommandError } from './command.ts';
import { labelCtSeries, labelMrSeries, labelProcedure } from './normalise-labels.ts';

export const normaliseProcedures = tableCommand(
  'the procedure of each study',
  'IN has id, modality_in, body_part_in, laterality_in, study_description, series_descriptions (joined with |) and\n' +
    'contrast_agent_in. OUT has modality, body_region, anatomic_focus, laterality, contrast, rpid (RadLex Playbook),\n' +
    'interventional and confidence; below 0.95 a person should look.',
  ['id', 'modality', 'body_region', 'anatomic_focus', 'laterality', 'contrast', 'rpid', 'interventional', 'confidence'],
  labelProcedure,
);

export const normaliseMrSeries = tableCommand(
  'what each MR series shows',
  'IN has id and the header values by name: manufacturer, series_description, protocol_name, sequence_name,\n' +
    'scanning_sequence, sequence_variant, scan_options, image_type, mr_acquisition_type, te_ms, tr_ms, ti_ms, flip_angle,\n' +
    'b_value, contrast_agent, image_orientation_patient, body_part. OUT has sequence_class, plane, fat_suppressed, confidence.',
  ['id', 'sequence_class', 'plane', 'fat_suppressed', 'confidence'],
  labelMrSeries,
);

export const normaliseCtSeries = tableCommand(
  'what each CT series shows',
  'IN has id and the header values by name: manufacturer, series_description, kernel, slice_thickness, image_type,\n' +
    'contrast_agent, kvp, exposure_mas, body_part. OUT has phase, reconstruction, body_region and confidence.',
  ['id', 'phase', 'reconstruction', 'body_region', 'confidence'],
  labelCtSeries,
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
