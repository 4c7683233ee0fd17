// The measurement protocol as Siemens writes it: the lines between ASCCONV BEGIN and END, each `name = value`. It stands in
// the CSA series header (MrPhoenixProtocol, before software B13 MrProtocol) or, from XA on, in (0021,xx19).

export class Protocol {
  readonly #lines: ReadonlyMap<string, string>;

  constructor(lines: ReadonlyMap<string, string>) {
    this.#lines = lines;
  }

  /** Without its quotation marks. */
  text(name: string): string | undefined {
    return this.#lines.get(name)?.replaceAll('"', '');
  }

  /** Decimal, or hexadecimal with 0x. */
  number(name: string): number | undefined {
    const text = this.#lines.get(name);
    const number = text === undefined || text === '' ? Number.NaN : Number(text);
    return Number.isNaN(number) ? undefined : number;
  }
}

export function readProtocol(text: string): Protocol | undefined {
  const begin = text.lastIndexOf('### ASCCONV BEGIN');
  if (begin < 0) return undefined;
  const end = text.indexOf('### ASCCONV END', begin);
  const lines = new Map<string, string>();
  for (const line of text.slice(begin, end < 0 ? undefined : end).split('\n')) {
    const equals = line.indexOf('=');
    // A comment may follow the value after `#`.
    if (equals > 0)
      lines.set(
        line.slice(0, equals).trim(),
        line
          .slice(equals + 1)
          .replace(/#.*$/, '')
          .trim(),
      );
  }
  return new Protocol(lines);
}
