// PET: what a standardised uptake value needs, and the factor that makes it of a rescaled value. PS3.3 C.8.9.1, C.8.9.2.

import { dateInterval, dateTimeInterval, timeInterval } from '../../dicom/date-time.ts';
import type { Fact } from '../fact.ts';
import type { Description } from './description.ts';
import { fact } from './dialect.ts';
import { philipsTags } from './philips-mappings.ts';
import type { Series } from './series.ts';
import { MILLISECONDS, type Quantity, quantityFacts, textFact } from './standard-quantity.ts';

const quantities: readonly Quantity[] = [
  { name: 'FrameDuration', of: ['ActualFrameDuration'], scale: MILLISECONDS, above: 0 },
  { name: 'DoseCalibrationFactor', of: ['DoseCalibrationFactor'], above: 0 },
  { name: 'DecayFactor', of: ['DecayFactor'], above: 0 },
  { name: 'SliceThickness', of: ['SliceThickness'], above: 0 },
];

export const petQuantities = ({ first }: Series): Fact[] => [
  ...quantityFacts(first, quantities),
  ...['Units', 'DecayCorrection', 'AttenuationCorrectionMethod', 'ReconstructionMethod'].flatMap((keyword) =>
    textFact(first, keyword, keyword),
  ),
  ...injection(first),
  ...suvFactor(first),
];

const RADIOPHARMACEUTICAL = 'RadiopharmaceuticalInformationSequence';

function injection({ frame }: Description): Fact[] {
  const [given] = frame.items(RADIOPHARMACEUTICAL);
  if (given === undefined) return [];
  const number = (name: string, keyword: string, scale: number, reason: string): Fact[] => {
    const value = given.number(keyword);
    return value === undefined ? [] : [fact(name, value * scale, [frame.source(RADIOPHARMACEUTICAL, keyword)], reason)];
  };
  return [
    ...number('InjectedRadioactivity', 'RadionuclideTotalDose', 1e-6, 'from Bq to MBq'),
    ...number('RadionuclideHalfLife', 'RadionuclideHalfLife', 1, 'in seconds'),
    ...number('RadionuclidePositronFraction', 'RadionuclidePositronFraction', 1, 'of all decays'),
  ];
}

/** SUV by body weight, in g/ml: stored values, rescaled, times this. */
function suvFactor(first: Description): Fact[] {
  const { frame } = first;
  const units = frame.text('Units');
  if (units === 'GML') return [fact('SUVbwFactor', 1, [frame.source('Units')], 'the values are SUV already')];
  const philips = frame.number(philipsTags.suvScaleFactor);
  if (units === 'CNTS' && philips !== undefined && philips > 0) {
    return [fact('SUVbwFactor', philips, [frame.source(philipsTags.suvScaleFactor)], 'the scanner has reckoned it')];
  }
  const dose = doseAtReference(first);
  const weightKg = frame.number('PatientWeight');
  if (units !== 'BQML' || dose === undefined || !weightKg) return [];
  const sources = [frame.source('PatientWeight'), frame.source(RADIOPHARMACEUTICAL, 'RadionuclideTotalDose')];
  return [fact('SUVbwFactor', (weightKg * 1000) / dose.bq, sources, dose.reason, dose.confidence)];
}

/** What was left of the dose at the moment that pixel values are corrected to, in Bq. */
function doseAtReference({ frame }: Description): { bq: number; reason: string; confidence: number } | undefined {
  const [given] = frame.items(RADIOPHARMACEUTICAL);
  const dose = given?.number('RadionuclideTotalDose');
  if (given === undefined || dose === undefined || dose <= 0) return undefined;
  const correction = frame.text('DecayCorrection');
  if (correction === 'ADMIN')
    return { bq: dose, reason: 'weight over the dose, decay corrected to administration', confidence: 1 };
  const halfLifeSeconds = given.number('RadionuclideHalfLife');
  const injected = momentOf(
    given.text('RadiopharmaceuticalStartDateTime'),
    frame.text('SeriesDate'),
    given.text('RadiopharmaceuticalStartTime'),
  );
  const scanned = momentOf(undefined, frame.text('SeriesDate'), frame.text('SeriesTime'));
  if (correction !== 'START' || !halfLifeSeconds || injected === undefined || scanned === undefined) return undefined;
  const elapsed = scanned - injected;
  if (elapsed < 0) return undefined;
  const bq = dose * 2 ** (-elapsed / halfLifeSeconds);
  // Reconstruction may rewrite the series time; then it is later than the acquisition it is corrected to.
  return { bq, reason: 'weight over the dose left at the start of the series', confidence: 0.9 };
}

/** In seconds. */
function momentOf(
  dateTime: string | undefined,
  date: string | undefined,
  time: string | undefined,
): number | undefined {
  const whole = dateTime === undefined ? undefined : dateTimeInterval(dateTime)?.from;
  if (whole !== undefined) return whole / 1e6;
  const [day, moment] = [date && dateInterval(date)?.from, time && timeInterval(time)?.from];
  return typeof day === 'number' && typeof moment === 'number' ? (day + moment) / 1e6 : undefined;
}
