// What is written on a picture so that it says by itself whose it is and how it was made: PS3.18 8.3.5.1.1, patient and
// technique. Which attributes these are the standard leaves open; ours are those that a radiologist expects in the corners.

import type { DataSet } from '../dicom/dataset.ts';
import { parsePersonName } from '../dicom/person-name.ts';
import type { Graphic } from './presentation/graphics.ts';

export type Annotation = 'patient' | 'technique';

/** Lines of text in the two upper corners. */
export interface AnnotationLines {
  patient: string[];
  technique: string[];
}

/** `frame`: from 1, of `frames`. What the object does not say is left out. */
export function annotationLines(
  dataset: DataSet,
  wanted: readonly Annotation[],
  { frame, frames }: { frame: number; frames: number },
): AnnotationLines {
  return {
    patient: wanted.includes('patient') ? patientLines(dataset) : [],
    technique: wanted.includes('technique') ? techniqueLines(dataset, frame, frames) : [],
  };
}

function patientLines(dataset: DataSet): string[] {
  const { alphabetic, ideographic } = parsePersonName(dataset.text('PatientName') ?? '');
  const name = [alphabetic, ideographic].map((group) =>
    joined(', ', group?.family, joined(' ', group?.given, group?.middle)),
  );
  const born = dataset.text('PatientBirthDate');
  return present([
    ...name,
    dataset.text('PatientID'),
    joined(' ', born && `* ${shownDate(born)}`, dataset.text('PatientSex')),
  ]);
}

function techniqueLines(dataset: DataSet, frame: number, frames: number): string[] {
  const text = (keyword: string): string | undefined => dataset.text(keyword);
  const labelled = (label: string, keyword: string, unit = ''): string => {
    const value = text(keyword);
    return value === undefined ? '' : `${label} ${value}${unit}`;
  };
  const [date, time] = [
    text('AcquisitionDate') ?? text('ContentDate') ?? text('StudyDate'),
    text('AcquisitionTime') ?? text('ContentTime') ?? text('StudyTime'),
  ];
  return present([
    joined(
      ' ',
      text('Modality'),
      text('BodyPartExamined'),
      text('ImageLaterality') ?? text('Laterality'),
      text('ViewPosition'),
    ),
    joined(' ', date && shownDate(date), time?.replace(/^(\d{2})(\d{2}).*$/, '$1:$2')),
    text('SeriesDescription') ?? text('ProtocolName'),
    joined(
      ' ',
      labelled('Se', 'SeriesNumber'),
      labelled('Im', 'InstanceNumber'),
      frames > 1 ? `Fr ${frame}/${frames}` : '',
    ),
    joined(' ', labelled('T', 'SliceThickness', ' mm'), labelled('L', 'SliceLocation', ' mm')),
    joined(' ', labelled('', 'KVP', ' kV'), labelled('', 'XRayTubeCurrent', ' mA')),
    joined(' ', labelled('TR', 'RepetitionTime', ' ms'), labelled('TE', 'EchoTime', ' ms')),
  ]);
}

const shownDate = (date: string): string => date.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');

const joined = (between: string, ...parts: (string | undefined)[]): string => present(parts).join(between);

const present = (parts: (string | undefined)[]): string[] =>
  parts.map((part) => part?.trim() ?? '').filter((part) => part !== '');

/** Of the picture: how much of its height and of half its width the lines of one corner may take. */
const SHARE = { height: 0.36, width: 0.96 };
/** Of its size, the width of a letter; wide ones are rare, and ideographs take two. */
const LETTER_WIDTH = 0.58;

/** The lines in the corners of a picture of this size, small enough not to meet. */
export function annotationGraphics({ patient, technique }: AnnotationLines, width: number, height: number): Graphic[] {
  const margin = Math.min(width, height) / 64;
  const fitting = (lines: readonly string[]): number => {
    const longest = lines.reduce((most, line) => Math.max(most, lettersOf(line)), 1);
    const across = (SHARE.width * (width / 2 - margin)) / (longest * LETTER_WIDTH);
    return Math.min(across * lines.length, SHARE.height * height);
  };
  const corner = (lines: string[], align: 'LEFT' | 'RIGHT'): Graphic[] =>
    lines.length === 0
      ? []
      : [
          {
            kind: 'text',
            lines,
            x: align === 'LEFT' ? margin : width - margin,
            y: margin,
            align,
            height: fitting(lines),
            rgb: WHITE,
          },
        ];
  return [...corner(patient, 'LEFT'), ...corner(technique, 'RIGHT')];
}

const WHITE: [number, number, number] = [255, 255, 255];

const lettersOf = (line: string): number => [...line].reduce((sum, each) => sum + (each > '\u2e7f' ? 1.8 : 1), 0);
