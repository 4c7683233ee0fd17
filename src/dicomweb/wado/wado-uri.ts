// WADO-URI: the URI Service (PS3.18 9). One instance named by the query, as its Part 10 file or as a picture: the same
// answers as WADO-RS gives, asked for in the older words.

import { onlyValueOf } from '../../base/http/query-string.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import { acceptedMediaTypes } from '../accept.ts';
import type { Answer, Exchange } from '../exchange.ts';
import type { Viewport, Window } from '../handlers.ts';
import { scopeOf } from '../resource.ts';
import { rendered } from './rendered.ts';
import { annotationOf, decimal, isSize, malformed, qualityOf, windowOf } from './rendered-parameters.ts';
import { retrieve } from './wado-rs.ts';

const DICOM = 'application/dicom';

/** Throws Problem request/malformed for what PS3.18 9.4 does not allow together. */
export async function retrieveByUri(exchange: Exchange): Promise<Answer> {
  const value = (name: string): string | undefined => onlyValueOf(exchange.query, name) || undefined;
  if (value('requestType') !== 'WADO') throw malformed('requestType is WADO');
  const [study, series, instance] = ['studyUID', 'seriesUID', 'objectUID'].map((name) => {
    const uid = value(name);
    if (uid === undefined) throw malformed(`${name} is missing`);
    return uid;
  }) as [string, string, string];
  if (value('anonymize') === 'yes') {
    throw new Problem('request/not-acceptable', { reason: 'de-identified objects are not made here (anonymize)' });
  }
  const path = { study, series, instance };
  const contentType = value('contentType');
  if (acceptedMediaTypes(contentType, [])[0]?.type === DICOM) {
    return file({ ...exchange, path }, value('transferSyntax'));
  }
  if (value('transferSyntax') !== undefined) throw malformed('transferSyntax goes with contentType application/dicom');
  const target = {
    scope: scopeOf(path),
    frame: frameNumberOf(value('frameNumber')),
    // 9.1.2.2: an image is JPEG unless something else is wanted; what is no image is what it is.
    accepted: acceptedMediaTypes(contentType ?? 'image/jpeg, */*;q=0.1', []),
    parameters: {
      window: uriWindow(value('windowCenter'), value('windowWidth')),
      viewport: uriViewport(value('columns'), value('rows'), value('region')),
      quality: qualityOf(value('imageQuality')),
      annotation: annotationOf(value('annotation')),
    },
    mayMove: false,
  };
  try {
    return await rendered(exchange, target);
  } catch (thrown) {
    const nothingToSee = contentType === undefined && asProblem(thrown).code === 'request/not-acceptable';
    if (nothingToSee) return file({ ...exchange, path }, undefined);
    throw thrown;
  }
}

function file(exchange: Exchange, transferSyntax: string | undefined): Promise<Answer> {
  if (transferSyntax !== undefined && !/^[\d.]{1,64}$/.test(transferSyntax))
    throw malformed('transferSyntax is no UID');
  const accept = transferSyntax === undefined ? DICOM : `${DICOM}; transfer-syntax=${transferSyntax}`;
  return retrieve({ ...exchange, headers: { ...exchange.headers, accept }, query: [] });
}

function frameNumberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw malformed('frameNumber is a number from 1');
  return Number(text);
}

/** PS3.18 9.4.8, 9.4.9: one is nothing without the other. */
function uriWindow(center: string | undefined, width: string | undefined): Window | undefined {
  if (center === undefined && width === undefined) return undefined;
  if (center === undefined || width === undefined) throw malformed('windowCenter and windowWidth go together');
  return windowOf(`${center},${width}`);
}

/** PS3.18 9.4.5 to 9.4.7: a size each way or one of them; a region in fractions of the image, from corner to corner. */
function uriViewport(
  columns: string | undefined,
  rows: string | undefined,
  region: string | undefined,
): Viewport | undefined {
  if (columns === undefined && rows === undefined && region === undefined) return undefined;
  return { width: sizeOf(columns), height: sizeOf(rows), region: uriRegion(region) };
}

function sizeOf(text: string | undefined): number | undefined {
  const pixels = decimal(text);
  if (text !== undefined && !isSize(pixels)) throw malformed('rows and columns are numbers of pixels');
  return pixels;
}

function uriRegion(text: string | undefined): Viewport['region'] {
  if (text === undefined) return undefined;
  const [left, top, right, bottom, ...more] = text.split(',').map((part) => decimal(part.trim()) ?? -1);
  const isRegion = [left, top, right, bottom].every((part) => part !== undefined && part >= 0 && part <= 1);
  if (!isRegion || more.length > 0 || left! >= right! || top! >= bottom!) {
    throw malformed('region is the left, top, right and bottom of a part of the image, from 0 to 1');
  }
  return { x: left!, y: top!, width: right! - left!, height: bottom! - top!, in: 'fractions' };
}
