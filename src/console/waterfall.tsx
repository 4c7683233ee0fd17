// The evidence for and against two records being one person, as a table whose last column draws it.

import { Text } from '@mantine/core';
import classes from './review.module.css';
import type { ExplainedPair } from './reviews.ts';
import { type Step, waterfall } from './waterfall-steps.ts';

export function Waterfall({ evidence, bits, probability, veto }: ExplainedPair) {
  const { steps, even } = waterfall(evidence);
  return (
    <div>
      <table className={classes.waterfall}>
        <caption>Evidence, in bits: each one doubles the odds of one person</caption>
        <thead>
          <tr>
            <th scope="col">Compared</th>
            <th scope="col">Found</th>
            <th scope="col">Bits</th>
            <th scope="col">
              <span className={classes.spoken}>Drawn</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr key={step.label}>
              <th scope="row">{step.label}</th>
              <td>{step.level}</td>
              <td className={classes.number}>{signed(step.bits)}</td>
              <td>
                <Bar step={step} even={even} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Together</th>
            <td>{percent(probability)} one person</td>
            <td className={classes.number}>{signed(bits)}</td>
            <td />
          </tr>
        </tfoot>
      </table>
      {veto !== undefined && (
        <Text size="sm" mt="xs">
          Not joined by machine: {veto.text}.
        </Text>
      )}
    </div>
  );
}

function Bar({ step: { from, to, bits }, even }: { step: Step; even: number }) {
  const [left, width] = [Math.min(from, to), Math.abs(to - from)];
  return (
    <div className={classes.track} aria-hidden="true">
      <div className={classes.even} style={{ left: `${even}%` }} />
      <div className={bits < 0 ? classes.against : classes.for} style={{ left: `${left}%`, width: `${width}%` }} />
    </div>
  );
}

const signed = (bits: number): string => `${bits < 0 ? '−' : '+'}${Math.abs(bits).toFixed(1)}`;

/** What is not certain is never shown as certain. */
export function percent(probability: number): string {
  if (probability > 0.99 && probability < 1) return `${(Math.floor(probability * 10_000) / 100).toFixed(2)} %`;
  return probability < 0.01 && probability > 0 ? 'under 1 %' : `${Math.round(probability * 100)} %`;
}
