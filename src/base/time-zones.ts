// Which zone the clock of a source shows: devices write local times, and few say the offset (PS3.3 C.12.1.1.8). The setting is
// a list, `CT1=Europe/Berlin, *=America/New_York`; `*` is every source that is not named.

export class TimeZones {
  readonly #zones: ReadonlyMap<string, string>;

  /** `zones`: IANA names by source. */
  constructor(zones: ReadonlyMap<string, string> = new Map()) {
    this.#zones = zones;
  }

  /** An IANA name; undefined where nobody said. `source`: AE title, or whatever names the sender. */
  of(source: string | null): string | undefined {
    return this.#zones.get(source?.trim() ?? '') ?? this.#zones.get('*');
  }
}

/** `fault` is told in a sentence what is no zone. */
export function readTimeZones(text: string, fault: (sentence: string) => void): TimeZones {
  const zones = new Map<string, string>();
  for (const entry of text.split(',').filter((part) => part.trim() !== '')) {
    const [source = '', zone = ''] = entry.split('=').map((part) => part.trim());
    if (source !== '' && isZone(zone)) zones.set(source, zone);
    else fault(`"${entry.trim()}" is not SOURCE=Zone with an IANA name, such as CT1=Europe/Berlin`);
  }
  return new TimeZones(zones);
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
