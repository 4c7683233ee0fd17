// Where a page of a search begins, as one word of a URL. It names the match before it and what that is sorted by, so that
// whatever is written meanwhile, no match comes twice and none is passed over.

import { Problem } from '../../base/problem.ts';
import { isOfForm } from '../primitive.ts';
import { type Cursor, limits } from './request.ts';

export function writeCursor({ keys, type, id, isBackward }: Cursor): string {
  const bytes = new TextEncoder().encode(JSON.stringify([isBackward ? 1 : 0, type, id, ...keys]));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Throws Problem request/malformed for what is none of ours, or of another order. */
export function readCursor(text: string, sortKeys: number): Cursor {
  const [direction, type, id, ...keys] = partsOf(text);
  const isOurs =
    (direction === 0 || direction === 1) &&
    typeof type === 'string' &&
    /^[A-Z][A-Za-z]{1,63}$/.test(type) &&
    typeof id === 'string' &&
    isOfForm('id', id) &&
    keys.length === sortKeys &&
    keys.every((key) => key === null || (typeof key === 'string' && !key.includes('\0')));
  if (!isOurs) throw notOurs();
  return { keys: keys as (string | null)[], type, id, isBackward: direction === 1 };
}

function partsOf(text: string): unknown[] {
  if (text.length > limits.cursor) throw notOurs();
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const parts: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return Array.isArray(parts) ? parts : [];
  } catch {
    throw notOurs();
  }
}

const notOurs = (): Problem => new Problem('request/malformed', { reason: '_cursor is none of ours' });
