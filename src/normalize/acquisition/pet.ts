// PET: what a standardised uptake value needs, and the factor that makes it of a rescaled value. PS3.3 C.8.9.1, C.8.9.2.

import type { DataSet } from '../../dicom/dataset.ts';
import { dateInterval, dateTimeInterval, timeInterval } from '../../dicom/date-time.ts';
import type { Fact } from '../fact.ts';
import type { Description } from './description.ts';
import { fact } from './dialect.ts';
import type { Frame } from './frame.ts';
import { philipsTags } from './philips-mappings.ts';
import { privateTags } from './private-tag.ts';
import type { Series } from './series.ts';
import { MILLISECONDS, type Quantity, quantityFacts, textFact } from './standard-quantity.ts';

const quantities: readonly Quantity[] = [
  { name: 'FrameDuration', of: ['ActualFrameDuration'], scale: MILLISECONDS, above: 0 },
  { name: 'DoseCalibrationFactor', of: ['DoseCalibrationFactor'], above: 0 },
  { name: 'DecayFactor', of: ['DecayFactor'], above: 0 },
  { name: 'SliceThickness', of: ['SliceThickness'], above: 0 },
];

export const petQuantities = (series: Series): Fact[] => [
  ...quantityFacts(series.first, quantities),
  ...['Units', 'DecayCorrection', 'AttenuationCorrectionMethod', 'ReconstructionMethod'].flatMap((keyword) =>
    textFact(series.first, keyword, keyword),
  ),
  ...injection(series.first),
  ...suvFactor(series),
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
function suvFactor(series: Series): Fact[] {
  const { frame } = series.first;
  const units = frame.text('Units');
  if (units === 'GML') return [fact('SUVbwFactor', 1, [frame.source('Units')], 'the values are SUV already')];
  const reckoned = frame.number(philipsTags.suvScaleFactor);
  if (units === 'CNTS' && reckoned !== undefined && reckoned > 0) {
    return [fact('SUVbwFactor', reckoned, [frame.source(philipsTags.suvScaleFactor)], 'the scanner has reckoned it')];
  }
  const scale = becquerelsPerMillilitre(units, series);
  const dose = doseAtReference(series);
  const weightKg = frame.number('PatientWeight');
  if (scale === undefined || dose === undefined || !weightKg) return [];
  const sources = [
    ...scale.sources,
    frame.source('PatientWeight'),
    frame.source(RADIOPHARMACEUTICAL, 'RadionuclideTotalDose'),
  ];
  return [fact('SUVbwFactor', (scale.factor * weightKg * 1000) / dose.bq, sources, dose.reason, dose.confidence)];
}

/** What a value is in Bq/ml: of counts of Philips only by an element of its own. */
function becquerelsPerMillilitre(units: string | undefined, { first: { frame } }: Series) {
  if (units === 'BQML') return { factor: 1, sources: [] };
  const factor = frame.number(philipsTags.activityConcentrationScaleFactor);
  if (units !== 'CNTS' || factor === undefined || factor <= 0) return undefined;
  return { factor, sources: [frame.source(philipsTags.activityConcentrationScaleFactor)] };
}

interface RemainingDose {
  bq: number;
  reason: string;
  confidence: number;
}

/** What was left of the dose at the moment that pixel values are corrected to, in Bq. */
function doseAtReference(series: Series): RemainingDose | undefined {
  const { frame } = series.first;
  const [given] = frame.items(RADIOPHARMACEUTICAL);
  const dose = given?.number('RadionuclideTotalDose');
  if (given === undefined || dose === undefined || dose <= 0) return undefined;
  const correction = frame.text('DecayCorrection');
  if (correction === 'ADMIN')
    return { bq: dose, reason: 'weight over the dose, decay corrected to administration', confidence: 1 };
  const halfLifeSeconds = given.number('RadionuclideHalfLife');
  const scanned = startOfScan(series);
  if (correction !== 'START' || !halfLifeSeconds || scanned === undefined) return undefined;
  const elapsed = sinceInjection(given, frame, scanned.moment, halfLifeSeconds);
  if (elapsed === undefined) return undefined;
  const { reason, confidence } = scanned;
  return { bq: dose * 2 ** (-elapsed / halfLifeSeconds), reason, confidence };
}

/** As GE keeps it, whatever becomes of the series. */
const scanDateTime = privateTags('GEMS_PETD_01', 0x0009)(0x0d, 'DT');

/**
 * The moment that values corrected to START are corrected to. Reconstruction may rewrite the time of the series; then it is
 * later than the first acquisition.
 */
function startOfScan({ first: { frame }, volumes }: Series) {
  const begun = momentOf(undefined, frame.text('SeriesDate'), frame.text('SeriesTime'));
  const acquired = volumes.flat().flatMap((plane) => {
    const date = plane.frame.text('AcquisitionDate') ?? plane.frame.text('SeriesDate');
    return momentOf(plane.frame.text('AcquisitionDateTime'), date, plane.frame.text('AcquisitionTime')) ?? [];
  });
  const earliest = acquired.length === 0 ? undefined : Math.min(...acquired);
  const left = 'weight over the dose left at';
  if (begun !== undefined && earliest === undefined)
    return { moment: begun, reason: `${left} the start of the series`, confidence: 0.9 };
  if (begun !== undefined && begun <= earliest!)
    return { moment: begun, reason: `${left} the start of the series, before its first acquisition`, confidence: 0.96 };
  const kept = momentOf(frame.text(scanDateTime), undefined, undefined);
  if (kept !== undefined && (earliest === undefined || kept <= earliest))
    return { moment: kept, reason: `${left} the start of the scan, as GE keeps it`, confidence: 0.96 };
  if (earliest === undefined) return undefined;
  return {
    moment: earliest,
    reason: `${left} the first acquisition; the time of the series is later`,
    confidence: 0.9,
  };
}

const DAY_SECONDS = 86_400;
/** Half lives after which nobody scans. */
const LATEST_SCAN = 5;

/** In seconds; an injection of which only the time is known may have been the evening before. */
function sinceInjection(given: DataSet, frame: Frame, scanned: number, halfLifeSeconds: number): number | undefined {
  const startDateTime = given.text('RadiopharmaceuticalStartDateTime');
  const injected = momentOf(startDateTime, frame.text('SeriesDate'), given.text('RadiopharmaceuticalStartTime'));
  if (injected === undefined) return undefined;
  const elapsed = scanned - injected;
  if (elapsed >= 0) return elapsed;
  const dayBefore = elapsed + DAY_SECONDS;
  const isPlausible = startDateTime === undefined && dayBefore >= 0 && dayBefore < LATEST_SCAN * halfLifeSeconds;
  return isPlausible ? dayBefore : undefined;
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
