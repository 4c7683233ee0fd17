// Tables as text (RFC 4180): a header row, a value quoted where it holds a comma, a quote or a line break.

export type Row = Record<string, string>;

/** Rows by the names of the header. A value may hold line breaks when it is quoted; a byte order mark is passed over. */
export function readTable(text: string): Row[] {
  const [head, ...rows] = records(text.replace(/^\uFEFF/, ''));
  return rows.map((values) => Object.fromEntries((head ?? []).map((name, at) => [name.trim(), values[at] ?? ''])));
}

export function writeTable(columns: readonly string[], rows: readonly Row[]): string {
  const lines = [columns, ...rows.map((row) => columns.map((name) => row[name] ?? ''))];
  return `${lines.map((values) => values.map(quoted).join(',')).join('\n')}\n`;
}

function records(text: string): string[][] {
  const found: string[][] = [];
  let record: string[] = [];
  const field = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/gy;
  while (field.lastIndex < text.length) {
    const [, value, end] = field.exec(text) ?? [];
    if (value === undefined) break;
    record.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === ',' && field.lastIndex < text.length) continue;
    if (end === ',') record.push('');
    if (record.length > 1 || record[0] !== '') found.push(record);
    record = [];
  }
  return found;
}

const quoted = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
