// Headers of a channel are credentials as often as not (R4 subscription.html#Subscription.channel.header): they are taken, sent to
// the endpoint, and told to nobody again. What is kept as resource has their names.

import type { Subscription } from '@medplum/fhirtypes';
import { InvalidResource } from '../issue.ts';

const HIDDEN = '***';

const nameOf = (line: string): string => line.split(':')[0]!.trim();

const isHidden = (line: string): boolean => line.slice(line.indexOf(':') + 1).trim() === HIDDEN;

export const withHiddenHeaders = (subscription: Subscription): Subscription => {
  const { header } = subscription.channel;
  if (header === undefined) return subscription;
  return {
    ...subscription,
    channel: { ...subscription.channel, header: header.map((line) => `${nameOf(line)}: ${HIDDEN}`) },
  };
};

/**
 * With the values that `former` had, where the client gives back what it was shown: for an endpoint of the same origin alone, so that
 * nobody leads them elsewhere. Throws InvalidResource for one that was not there.
 */
export function withFormerHeaders(said: Subscription, former: Subscription | undefined): Subscription {
  const { header, endpoint } = said.channel;
  if (header === undefined || !header.some(isHidden)) return said;
  const isSamePlace = originOf(endpoint) !== undefined && originOf(endpoint) === originOf(former?.channel.endpoint);
  const known = isSamePlace ? (former?.channel.header ?? []) : [];
  const lines = header.map((line, at) => {
    if (!isHidden(line)) return line;
    const kept = known.find((each) => nameOf(each).toLowerCase() === nameOf(line).toLowerCase());
    if (kept !== undefined) return kept;
    const expression = `Subscription.channel.header[${at}]`;
    const diagnostics = 'its value is hidden and not known for this endpoint: say it again';
    throw new InvalidResource([{ severity: 'error', code: 'value', expression, diagnostics }]);
  });
  return { ...said, channel: { ...said.channel, header: lines } };
}

const originOf = (url: string | undefined): string | undefined => URL.parse(url ?? '')?.origin;
