// What is open while a data set is walked through: data sets, the sequences between them, fragments. One frame each.

import type { Encoding } from './encoding.ts';
import { hexOf, isPrivate, privateCreatorOf } from './tag.ts';

export interface Frame {
  kind: 'dataset' | 'sequence' | 'fragments';
  /** Where it ends at the latest: its own end, or where its length is undefined that of what encloses it. */
  limit: number;
  undefinedLength: boolean;
  encoding: Encoding;
  /** Of a sequence or fragments: its tag, and how many items were begun. */
  tag: number;
  items: number;
  /** Of a data set: the highest tag, -1 before the first, and the private creators met. */
  lastTag: number;
  creators: Map<number, string> | undefined;
}

export const frameOf = (
  kind: Frame['kind'],
  limit: number,
  undefinedLength: boolean,
  encoding: Encoding,
  tag = 0,
): Frame => ({ kind, limit, undefinedLength, encoding, tag, items: 0, lastTag: -1, creators: undefined });

/** Where something is: `00081140[2].00081155`, items from 1. */
export function pathOf(frames: readonly Frame[], tag: number | undefined): string {
  const steps = frames
    .filter(({ kind }) => kind !== 'dataset')
    .map((frame) => (frame.items === 0 ? hexOf(frame.tag) : `${hexOf(frame.tag)}[${frame.items}]`));
  return (tag === undefined ? steps : [...steps, hexOf(tag)]).join('.');
}

/** PS3.5 7.8.1: the Private Creator of a private element, where the data set has named it before. */
export function creatorOf({ creators }: Frame, tag: number): string | undefined {
  return isPrivate(tag) ? creators?.get(privateCreatorOf(tag)) : undefined;
}

const latin1 = new TextDecoder('latin1');

export function keepCreator(frame: Frame, tag: number, value: Uint8Array): void {
  frame.creators ??= new Map();
  frame.creators.set(tag, latin1.decode(value).trim());
}
