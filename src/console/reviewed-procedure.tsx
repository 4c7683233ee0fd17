// What a study says of what was done, how that is read and why it is doubted, and what each field may be.

import { Alert, Kbd, Select, Text } from '@mantine/core';
import type { ProcedureInput } from '../normalize/procedures/procedure.ts';
import { type Chosen, oddityOf, type ProcedureField, procedureFields, wordsOf } from './procedure-fields.ts';
import type { DoubtfulProcedure, WeighedProcedure } from './procedures.ts';
import classes from './review.module.css';
import { StudyLink } from './study-link.tsx';
import { percent } from './waterfall.tsx';

interface Props {
  doubt: DoubtfulProcedure;
  study: WeighedProcedure;
  chosen: Chosen;
  onChoose(change: Partial<Chosen>): void;
}

const said: readonly [keyof ProcedureInput, string][] = [
  ['studyDescription', 'Description'],
  ['modality', 'Modality'],
  ['bodyPart', 'Body part'],
  ['laterality', 'Laterality'],
  ['seriesDescriptions', 'Series'],
  ['contrastAgent', 'Contrast agent'],
  ['codes', 'Codes'],
];

export function ReviewedProcedure({ doubt, study, chosen, onChoose }: Props) {
  const { confidence, reasons, rpid } = study.procedure;
  const oddity = oddityOf(chosen);
  const others = doubt.alike - 1;
  return (
    <>
      <table className={classes.said}>
        <caption>What the study says</caption>
        <tbody>
          <tr>
            <th scope="row">Study</th>
            <td>
              <StudyLink uid={doubt.studyInstanceUid} />
            </td>
          </tr>
          {said.map(([name, label]) => (
            <tr key={name}>
              <th scope="row">{label}</th>
              <td>{[study.input[name] ?? ''].flat().join(' · ') || <span className={classes.other}>nothing</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Text size="sm" mt="md">
        Read as {rpid === '' ? 'no row of the Playbook' : `Playbook ${rpid}`}, right with {percent(confidence)}
        {reasons.length > 0 && `. Doubted because of ${reasons.join('; ')}`}.
      </Text>
      <table className={classes.said}>
        <caption>What it may be, each field by itself</caption>
        <tbody>
          {procedureFields.map((field) => (
            <Field key={field.name} field={field} study={study} value={chosen[field.name]} onChoose={onChoose} />
          ))}
        </tbody>
      </table>
      {oddity !== '' && (
        <Alert color="yellow" mt="sm">
          {oddity}
        </Alert>
      )}
      <Text size="sm" mt="sm" role="note" aria-label="Effect">
        {others === 0 ? 'No other study says the same.' : `This settles ${others} more that say the same.`}
      </Text>
    </>
  );
}

interface FieldProps {
  field: ProcedureField;
  study: WeighedProcedure;
  value: string;
  onChoose(change: Partial<Chosen>): void;
}

function Field({ field, study, value, onChoose }: FieldProps) {
  const { name, label, key, values } = field;
  return (
    <tr>
      <th scope="row">
        {label} <Kbd className={classes.key}>{key.toUpperCase()}</Kbd>
      </th>
      <td>
        <div className={classes.candidates}>
          {study.candidates[name].map(({ value: each, probability }) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === value}
              className={classes.candidate}
              onClick={() => onChoose({ [name]: each })}
            >
              {wordsOf(field, each)} <span className={classes.number}>{percent(probability)}</span>
            </button>
          ))}
          <Select
            size="xs"
            aria-label={`${label}, all values`}
            data={values}
            value={value || null}
            placeholder="not known"
            searchable={name === 'focus'}
            allowDeselect={false}
            onChange={(each) => each !== null && onChoose({ [name]: each })}
          />
        </div>
      </td>
    </tr>
  );
}
