// What a file of another format becomes, ready to be written: a data set and the one value beside it that is read as it is
// written. And whose it is: a context for all instances of the file.

import type { DataSet } from '../dicom/dataset.ts';
import type { Finding } from '../dicom/finding.ts';
import { type StreamedValue, writeStreamed } from '../dicom/streamed-part10.ts';
import type { InstanceContext } from './context.ts';

export interface MadeInstance {
  /** All but the value at `tag`. */
  dataset: DataSet;
  transferSyntaxUid: string;
  tag: number;
  value: StreamedValue;
  /** What somebody should know of the file. */
  findings: readonly Finding[];
}

/** As a Part 10 file. */
export const part10Of = ({ dataset, transferSyntaxUid, tag, value }: MadeInstance): AsyncGenerator<Uint8Array> =>
  writeStreamed(dataset, transferSyntaxUid, new Map([[tag, value]]));

/** Whose a file is. UIDs are asked for by name: the same name gives the same again, so that a file comes in once. */
export interface FileContext extends Pick<InstanceContext, 'patient' | 'equipment'> {
  study: InstanceContext['study'];
  series?: Omit<InstanceContext['series'], 'seriesInstanceUid' | 'frameOfReferenceUid'>;
  /** When the file was made, and which it is among those that come with it. */
  instance: Omit<InstanceContext['instance'], 'sopInstanceUid'>;
  uidOfStudy(...name: string[]): string;
  uidOfFile(...name: string[]): string;
}

/** The context of the `part`th instance of a file, from 1; of one alone it is that of the file. */
export function contextOfPart(context: FileContext, part: number, parts: number): InstanceContext {
  const { uidOfStudy, uidOfFile, series, instance, ...whose } = context;
  const isAlone = parts === 1;
  return {
    ...whose,
    series: {
      ...series,
      seriesInstanceUid: isAlone ? uidOfStudy('series') : uidOfFile('series'),
      frameOfReferenceUid: uidOfStudy('space'),
    },
    instance: {
      ...instance,
      number: isAlone ? instance.number : part,
      sopInstanceUid: part === 1 ? uidOfFile('instance') : uidOfFile('instance', String(part)),
    },
  };
}
