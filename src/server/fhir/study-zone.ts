// The zone of a study whose objects do not say it: what is configured of its source.

import type { Config } from '../../base/config.ts';
import type { Zone } from '../../translate/local-moment.ts';

export function zoneOf({ timeZones }: Pick<Config, 'timeZones'>, source: string | null): Zone | undefined {
  const name = timeZones.of(source);
  return name === undefined ? undefined : { name };
}
