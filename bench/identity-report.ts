// Writes docs/identity.md: accuracy by kind of difficulty and calibration, over populations made here and the shared sample
// and FEBRL
// where they lie (FASCIA_SHARED). Usage: identity-report [PERSONS]

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reconcile } from '../src/identity/batch.ts';
import { makePopulation, type Population } from '../src/identity/testing/population.ts';
import { scoreOf } from '../src/identity/testing/score.ts';
import { febrlSets } from './support/febrl.ts';
import { imagingSample } from './support/imaging-sample.ts';

const persons = Number(process.argv[2] ?? 10_000);
const populations: [string, Population][] = [
  ...[31, 32, 33, 34, 35].map((seed): [string, Population] => [
    `standard, seed ${seed}`,
    makePopulation({ persons, seed, hardness: 1 }),
  ]),
  ...[31, 32].map((seed): [string, Population] => [
    `hard, seed ${seed}`,
    makePopulation({ persons, seed, hardness: 2.5 }),
  ]),
  ...imagingSample(),
];
const censuses = febrlSets();
const bins = [0, 0.1, 0.5, 0.9, 0.99, 0.999];

const results = populations.map(([name, population]) => {
  const result = reconcile(population.sightings, population.assertions);
  return { name, score: scoreOf(population, result), bins: calibrationOf(population, result) };
});
const censusScores = censuses.map(([name, population]) => ({
  name,
  score: scoreOf(population, reconcile(population.sightings, population.assertions)),
}));
const kinds = [...new Set(results.flatMap(({ score }) => Object.keys(score.recallByTag)))].toSorted();

const text = `# Patient identity, measured

Made by \`npm run bench identity-report\`. Each population is made from a seed with its own names, sites, habits and errors; the model is
estimated from its records without labels. An identity pair is two records of one person under different numbers; the lines of
the sample and of FEBRL count as the shared scorer does. The parts and the reasons are in \`docs/decisions\`.

| population | records | precision | recall | with review | reviews per 10k | impure clusters per 10k |
|---|---|---|---|---|---|---|
${[...results, ...censusScores].map(({ name, score }) => `| ${name} | ${score.records} | ${score.precision.toFixed(5)} | ${score.recall.toFixed(4)} | ${score.recallWithReview.toFixed(4)} | ${score.reviewsPer10k.toFixed(0)} | ${score.impurePer10k.toFixed(2)} |`).join('\n')}

## By kind of difficulty: recall, and false pairs that touch it

| kind | ${results.map(({ name }) => name).join(' | ')} |
|---|${results.map(() => '---').join('|')}|
${kinds.map((kind) => `| ${kind} | ${results.map(({ score }) => `${score.recallByTag[kind]?.toFixed(3) ?? ''} / ${score.falsePairsByTag[kind] ?? 0}`).join(' | ')} |`).join('\n')}

## Calibration of what waits for a person

Pairs shown for review, by the probability shown with them: how many, and the share of them that are one person.

| probability from | ${results.map(({ name }) => name).join(' | ')} |
|---|${results.map(() => '---').join('|')}|
${bins.map((bin, at) => `| ${bin} | ${results.map(({ bins: counts }) => shareText(counts[at]!)).join(' | ')} |`).join('\n')}
`;
writeFileSync(join(import.meta.dirname, '../docs/identity.md'), text);
console.log(text);

function calibrationOf({ truth }: Population, { reviews }: ReturnType<typeof reconcile>): [number, number][] {
  const counts = bins.map((): [number, number] => [0, 0]);
  for (const { a, b, probability } of reviews) {
    const bin = counts[bins.findLastIndex((from) => probability >= from)]!;
    bin[0]++;
    if (truth[a]!.person === truth[b]!.person) bin[1]++;
  }
  return counts;
}

function shareText([all, right]: [number, number]): string {
  return all === 0 ? '' : `${all}: ${(right / all).toFixed(2)}`;
}
