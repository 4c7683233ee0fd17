// Which representation a client gets: its Accept header or `accept` query parameter against what a resource offers
// (PS3.18 8.3.3.1 and 8.7.5, RFC 9110 12.5.1). A list is a wish: alternatives that are unknown are skipped.

import { type MediaType, parseMediaTypes } from '../base/http/media-type.ts';
import { Problem } from '../base/problem.ts';

/** One representation that a resource can give, in the order in which the resource prefers them. */
export interface Offer {
  mediaType: string;
  /** The `type` of multipart/related (RFC 2387): the media type of the parts. */
  partType?: string;
}

/** An offer that the client takes. */
export interface Choice<O extends Offer> {
  offer: O;
  /** The transfer-syntax parameter: a UID, `*` for "as stored", or absent for the default (PS3.18 8.7.3). */
  transferSyntaxUid?: string;
}

/** The media types a client named, most wanted first. The query parameter takes the place of the header. */
export function acceptedMediaTypes(header: string | undefined, query: readonly string[]): MediaType[] {
  const text = query.length > 0 ? query.join(',') : (header ?? '');
  return text.trim() === '' ? [{ type: '*/*', parameters: new Map() }] : parseMediaTypes(text);
}

/**
 * What of `offers` the client takes, most wanted first. Throws Problem request/not-acceptable where that is nothing, with
 * `missing`: what there could be, and why there is not.
 */
export function negotiate<O extends Offer>(
  accepted: readonly MediaType[],
  offers: readonly O[],
  missing?: string,
): [Choice<O>, ...Choice<O>[]] {
  const choices = offers.flatMap((offer, preference) => {
    const matching = accepted.flatMap((range, place) => {
      const specificity = specificityOf(range, offer);
      return specificity === undefined ? [] : [{ range, place, specificity }];
    });
    // RFC 9110 12.5.1: the most specific range decides, so that `*/*` does not bring back what `q=0` excludes.
    const decisive = Math.max(...matching.map((match) => match.specificity));
    return matching
      .filter((match) => match.specificity === decisive && qualityOf(match.range) > 0)
      .map(({ range, place }) => ({
        quality: qualityOf(range),
        place,
        preference,
        choice: { offer, transferSyntaxUid: range.parameters.get('transfer-syntax') },
      }));
  });
  choices.sort((a, b) => b.quality - a.quality || a.place - b.place || a.preference - b.preference);
  const [first, ...others] = choices.map(({ choice }) => choice);
  if (first === undefined) {
    const has = `this resource has ${offers.map(nameOf).join(', ')}`;
    throw new Problem('request/not-acceptable', { reason: missing === undefined ? has : `${has}; ${missing}` });
  }
  return [first, ...others];
}

/** How closely a range names an offer; undefined where it does not. */
function specificityOf(range: MediaType, offer: Offer): number | undefined {
  if (range.type === '*/*') return 0;
  if (range.type === `${offer.mediaType.split('/')[0]}/*`) return 1;
  if (range.type !== offer.mediaType) return undefined;
  const partType = range.parameters.get('type');
  if (offer.partType === undefined || partType === undefined) return 2;
  return partType.toLowerCase() === offer.partType ? 3 : undefined;
}

/** RFC 9110 12.4.2, `.2` tolerated; what is no number counts as absent. */
function qualityOf(range: MediaType): number {
  const quality = Number.parseFloat(range.parameters.get('q') ?? '1');
  return Number.isNaN(quality) ? 1 : Math.min(Math.max(quality, 0), 1);
}

function nameOf(offer: Offer): string {
  return offer.partType === undefined ? offer.mediaType : `${offer.mediaType}; type="${offer.partType}"`;
}
