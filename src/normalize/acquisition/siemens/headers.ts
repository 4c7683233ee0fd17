// The blocks of Siemens MR: the CSA header of an image, and the measurement protocol of a series. Both are read once.

import type { FactSource } from '../../fact.ts';
import type { Description } from '../description.ts';
import type { Frame } from '../frame.ts';
import type { Series } from '../series.ts';
import { type CsaHeader, latin1, readCsa } from './csa.ts';
import { siemensTags } from './mappings.ts';
import { type Protocol, readProtocol } from './protocol.ts';

const images = new WeakMap<Frame, { csa: CsaHeader | undefined }>();

export function csaImageOf({ frame }: Description): CsaHeader | undefined {
  let known = images.get(frame);
  if (known === undefined) {
    const bytes = frame.bytes(siemensTags.csaImage);
    known = { csa: bytes && readCsa(bytes) };
    images.set(frame, known);
  }
  return known.csa;
}

export interface HeldProtocol {
  protocol: Protocol;
  source(name: string): FactSource;
}

const protocols = new WeakMap<Series, { held: HeldProtocol | undefined }>();

/** Every object of a series brings the same protocol, but not of every object was so long a value kept. */
export function protocolOf(series: Series): HeldProtocol | undefined {
  let known = protocols.get(series);
  if (known === undefined) {
    known = { held: readProtocolOf(series) };
    protocols.set(series, known);
  }
  return known.held;
}

function readProtocolOf({ volumes }: Series): HeldProtocol | undefined {
  for (const tag of [siemensTags.csaSeries, siemensTags.xaProtocol]) {
    for (const { frame } of volumes.flat()) {
      const bytes = frame.bytes(tag);
      if (bytes === undefined) continue;
      const text = tag === siemensTags.csaSeries ? textOfCsa(bytes) : latin1(bytes);
      const protocol = text === undefined ? undefined : readProtocol(text);
      return protocol && { protocol, source: (name) => frame.source(tag, `ASCCONV ${name}`) };
    }
  }
  return undefined;
}

function textOfCsa(bytes: Uint8Array): string | undefined {
  const header = readCsa(bytes);
  return header.text('MrPhoenixProtocol') ?? header.text('MrProtocol');
}
