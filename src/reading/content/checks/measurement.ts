// Measurements without a unit, and ones that no human body holds.

import type { ContentFinding } from '../finding.ts';
import { asserted, type Check } from './check.ts';

export const limits = {
  /** The longest thing measured in a body, and the smallest, in mm. */
  longestMm: 600,
  shortestMm: 0.1,
  /** Hounsfield units of air and of dense metal. */
  lowestHu: -1100,
  highestHu: 4000,
} as const;

const number = '(?<![\\d.,])-?\\d+(?:[.,]\\d+)?';
const unit =
  'mm|cm|m|µm|um|ml|mL|l|cc|cm3|mm3|cm²|mm²|cm2|mm2|HU|HE|UH|%|°|degrees?|Grad|grados?|gradi|graden|degrés?|g|kg|cm/s|m/s|mmHg|SUV|bpm|Hz|mGy|mSv|kPa|x|×';
const dimensions = new RegExp(
  `(${number})(?:\\s*[x×*]\\s*(\\d+(?:[.,]\\d+)?))(?:\\s*[x×*]\\s*(\\d+(?:[.,]\\d+)?))?\\s*(${unit})?(?![\\p{L}\\d])`,
  'giu',
);
/** A verb of measuring, then a number, then whatever stands where the unit should. */
const measured = new RegExp(
  `(?:measur(?:es|ing|ed)|miss?t|gemessen|messend|mesur(?:e|ant|ée?)|mide|midiendo|misura(?:nte)?|meet|gemeten|diameter of|durchmesser von|diamètre de|diámetro de|diametro di|diameter van)\\s*(?:about|up to|approximately|circa|ca\\.?|etwa|environ|aproximadamente|ongeveer|bis zu|jusqu'à|hasta|fino a|tot)?\\s*(${number})(?:\\s*(${unit}))?(?![\\p{L}\\d.,]*\\d)`,
  'giu',
);
const length = new RegExp(`(${number})\\s?(mm|cm)(?![\\p{L}\\d²³/])`, 'giu');
const hounsfield = new RegExp(`(${number})\\s?(HU|HE|UH)(?!\\p{L})`, 'gu');

export const measurement: Check = (written) =>
  asserted(written).flatMap(({ kind, text }) => {
    const say = (message: string, words: string): ContentFinding => ({
      check: 'measurement',
      message,
      isHard: false,
      section: kind,
      words: words.trim(),
    });
    const bare = [
      ...[...text.matchAll(dimensions)].filter((match) => match[4] === undefined || /^[x×]$/i.test(match[4])),
      ...[...text.matchAll(measured)].filter((match) => match[2] === undefined && !followedBySize(text, match)),
    ].map(([words]) => say('a measurement has no unit', words));
    const absurd = [...text.matchAll(length)]
      .filter(([, value, of]) => isAbsurd(numberOf(value!) * (of!.toLowerCase() === 'cm' ? 10 : 1)))
      .map(([words]) => say('nothing of this size is in a body', words));
    const impossible = [...text.matchAll(hounsfield)]
      .filter(([, value]) => numberOf(value!) < limits.lowestHu || numberOf(value!) > limits.highestHu)
      .map(([words]) => say('no Hounsfield unit is such', words));
    return [...bare, ...absurd, ...impossible];
  });

const numberOf = (text: string): number => Number(text.replace(',', '.'));

const isAbsurd = (mm: number): boolean => mm > limits.longestMm || mm < limits.shortestMm;

/** `measuring 3 x 4 mm`: told as a whole. */
const followedBySize = (text: string, match: RegExpExecArray): boolean =>
  /^\s*[x×*]\s*\d/.test(text.slice(match.index + match[0].length));
