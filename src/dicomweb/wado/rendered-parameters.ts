// The query parameters of rendered resources (PS3.18 8.3.5): window, viewport with its region, quality, ICC profile, annotation.
// What cannot be meant is 400 with its reason.

import { onlyValueOf, type QueryParameter } from '../../base/http/query-string.ts';
import { Problem } from '../../base/problem.ts';
import type { Annotation, IccProfile, RenderedWish, Viewport, Window } from '../handlers.ts';
import { limits } from '../limits.ts';

export type RenderedParameters = Pick<RenderedWish, 'window' | 'viewport' | 'quality' | 'iccProfile' | 'annotation'>;

/** Those of a Rendered resource (Table 8.3.5-1). Throws Problem request/malformed. */
export function renderedParameters(query: readonly QueryParameter[]): RenderedParameters {
  return {
    window: windowOf(onlyValueOf(query, 'window')),
    viewport: viewportOf(onlyValueOf(query, 'viewport')),
    quality: qualityOf(onlyValueOf(query, 'quality')),
    iccProfile: iccProfileOf(onlyValueOf(query, 'iccprofile')),
    annotation: annotationOf(onlyValueOf(query, 'annotation')),
  };
}

/** Those of a Thumbnail resource: its size alone (8.3.5.1.3). */
export function thumbnailParameters(query: readonly QueryParameter[]): RenderedParameters {
  const viewport = viewportOf(onlyValueOf(query, 'viewport'));
  if (viewport?.region !== undefined) throw malformed('the viewport of a thumbnail has a width and a height');
  return { viewport: viewport ?? { width: limits.thumbnailPixels, height: limits.thumbnailPixels } };
}

const functions: Record<string, Window['function']> = {
  linear: 'LINEAR',
  'linear-exact': 'LINEAR_EXACT',
  sigmoid: 'SIGMOID',
};

/** PS3.18 8.3.5.1.4: center,width,function; who names no function means LINEAR. */
export function windowOf(text: string | undefined): Window | undefined {
  if (text === undefined) return undefined;
  const [center, width, name = 'linear', ...more] = text.split(',').map((part) => part.trim());
  const found = {
    center: decimal(center),
    width: decimal(width),
    function: functions[name.toLowerCase().replace('_', '-')],
  };
  if (found.center === undefined || found.width === undefined || found.function === undefined || more.length > 0) {
    throw malformed('window is center,width,function with linear, linear-exact or sigmoid');
  }
  // PS3.3 C.11.2.1.2.1 and C.11.2.1.3: the width of LINEAR is at least 1, of the others above 0.
  if (found.function === 'LINEAR' ? found.width < 1 : found.width <= 0)
    throw malformed('the width of the window is too small');
  return found as Window;
}

/** PS3.18 8.3.5.1.3: vw,vh and, where only a part is shown, sx,sy,sw,sh; absent ones are the whole. Negative ones mirror. */
function viewportOf(text: string | undefined): Viewport | undefined {
  if (text === undefined) return undefined;
  const parts = text.split(',').map((part) => part.trim());
  const [width, height] = parts.map(decimal);
  if ((parts.length !== 2 && parts.length !== 6) || !isSize(width) || !isSize(height)) {
    throw malformed(`viewport is vw,vh or vw,vh,sx,sy,sw,sh, of at most ${limits.viewportPixels} pixels each way`);
  }
  if (parts.length === 2) return { width, height };
  const [x, y, w, h] = parts.slice(2).map((part) => (part === '' ? undefined : decimal(part)));
  if (parts.slice(2).some((part) => part !== '' && decimal(part) === undefined) || w === 0 || h === 0) {
    throw malformed('the region of the viewport is none');
  }
  return { width, height, region: { x: x ?? 0, y: y ?? 0, width: w, height: h, in: 'pixels' } };
}

export const isSize = (pixels: number | undefined): pixels is number =>
  pixels !== undefined && Number.isInteger(pixels) && pixels >= 1 && pixels <= limits.viewportPixels;

export function qualityOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,3}$/.test(text) || Number(text) < 1 || Number(text) > 100)
    throw malformed('quality is a number from 1 to 100');
  return Number(text);
}

const annotations: readonly string[] = ['patient', 'technique'];

/** PS3.18 8.3.5.1.1: one or both, separated by a comma. */
export function annotationOf(text: string | undefined): Annotation[] | undefined {
  if (text === undefined) return undefined;
  const wanted = text.split(',').map((part) => part.trim());
  if (wanted.some((each) => !annotations.includes(each)))
    throw malformed(`annotation is ${annotations.join(', ')} or both`);
  return wanted as Annotation[];
}

const iccProfiles: readonly string[] = ['no', 'yes', 'srgb', 'adobergb', 'rommrgb', 'displayp3'];

function iccProfileOf(text: string | undefined): IccProfile | undefined {
  if (text === undefined) return undefined;
  if (!iccProfiles.includes(text)) throw malformed(`iccprofile is one of ${iccProfiles.join(', ')}`);
  return text as IccProfile;
}

/** A decimal string as DS has them (PS3.5 6.2). */
export function decimal(text: string | undefined): number | undefined {
  return text !== undefined && /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?$/.test(text) ? Number(text) : undefined;
}

export const malformed = (reason: string): Problem => new Problem('request/malformed', { reason });
