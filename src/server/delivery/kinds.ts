// How a line to each kind of destination is opened.

import type { DestinationKind } from '../../delivery/line.ts';
import { limits } from '../../delivery/verify.ts';
import { durationMs } from '../../routing/duration.ts';
import type { Core } from '../core.ts';
import type { Spine } from '../spine.ts';
import { type Depart, Departures } from './departure.ts';
import { dicomwebSettings, dimseSettings, folderSettings, type Kind } from './destination-settings.ts';
import { DicomwebLine } from './dicomweb-line.ts';
import { DimseLine } from './dimse-line.ts';
import { FolderLine } from './folder-line.ts';

export function destinationLines(core: Core, spine: Spine): Readonly<Record<Kind, DestinationKind>> {
  const { config, called } = core;
  const departures = new Departures(core, spine);
  const departure: Depart = (instance, form) => departures.of(instance, form);
  return {
    dimse: {
      line: ({ tenant, name, settings }) => {
        const { aeTitle = name, ...more } = dimseSettings(settings);
        return new DimseLine({
          peer: () => called.find(tenant, aeTitle),
          callingAeTitle: config.aet,
          departure,
          ...asking(more),
        });
      },
    },
    dicomweb: {
      line: ({ settings }) => {
        const { url, authorization, ...more } = dicomwebSettings(settings);
        return new DicomwebLine({ url, ...(authorization && { authorization }), ...asking(more) }, departure);
      },
    },
    folder: { lines: 1, line: ({ settings }) => new FolderLine(folderSettings(settings, config.data).path, departure) },
  };
}

function asking({ verify, verifyAfter }: { verify?: boolean; verifyAfter?: string }): { askAfterMs?: number } {
  if (verify !== true) return {};
  return { askAfterMs: (verifyAfter && durationMs(verifyAfter)) || limits.askAfterMs };
}
