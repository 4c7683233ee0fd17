// Text on the pages of a PDF: lines are broken where their language lets them be (UAX 14), put into the order in which they are
// read (UAX 9), and each character is set in a font that has it.

import bidiFactory from 'bidi-js';
import LineBreaker from 'linebreak';
import PDFDocument from 'pdfkit';
import { Problem } from '../../base/problem.ts';
import { type FontName, fallbacks, fontFile } from './pdf-fonts.ts';

export const page = {
  /** A4, in points. */
  width: 595.28,
  height: 841.89,
  margin: 56,
  /** What stands below the text of each page. */
  footer: 28,
} as const;

interface Run {
  text: string;
  font: FontName;
}

interface Glyphs {
  font: { hasGlyphForCodePoint(codePoint: number): boolean };
}

const bidi = bidiFactory();
const columnWidth = page.width - 2 * page.margin;

export class PdfPages {
  readonly #document: PDFKit.PDFDocument;
  readonly #chunks: Buffer[] = [];
  readonly #ended: Promise<void>;
  readonly #fonts = new Map<string, FontName>();
  readonly #footer: string;
  #y: number = page.margin;
  #pages = 1;

  /** `info` tells nobody's name: it stands in listings of files. */
  constructor(info: { title: string; language: string; at: Date; footer: string }) {
    const { title, language, at, footer } = info;
    this.#footer = footer;
    this.#document = new PDFDocument({
      size: 'A4',
      margin: 0,
      lang: language,
      displayTitle: true,
      info: { Title: title, Producer: 'Fascia', Creator: 'Fascia', CreationDate: at, ModDate: at },
    });
    this.#document.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    this.#ended = new Promise((resolve) => this.#document.on('end', resolve));
    this.#writeFooter();
  }

  /** Paragraphs, one below the other. Throws delivery/not-carried for a character that no font has. */
  write(
    text: string,
    { size = 10, bold = false, above = 0 }: { size?: number; bold?: boolean; above?: number } = {},
  ): void {
    this.#y += above;
    for (const paragraph of text.split('\n')) {
      for (const line of this.#broken(paragraph, size, bold)) this.#line(line, size, bold);
    }
  }

  async end(): Promise<Uint8Array> {
    this.#document.end();
    await this.#ended;
    return Buffer.concat(this.#chunks);
  }

  #line(text: string, size: number, bold: boolean): void {
    const height = size * 1.4;
    if (this.#y + height > page.height - page.margin - page.footer) this.#turn();
    const { levels } = bidi.getEmbeddingLevels(text, 'auto');
    const isRightToLeft = (levels[0] ?? 0) % 2 === 1;
    const runs = this.#ordered(text, bold);
    const widths = runs.map(({ text: each, font }) => this.#width(each, font, size));
    const width = widths.reduce((sum, each) => sum + each, 0);
    let x = isRightToLeft ? page.width - page.margin - width : page.margin;
    runs.forEach(({ text: each, font }, at) => {
      this.#use(font, size).text(each, x, this.#y + size, { lineBreak: false, features: [], baseline: 'alphabetic' });
      x += widths[at]!;
    });
    this.#y += height;
  }

  #turn(): void {
    this.#document.addPage();
    this.#pages += 1;
    this.#y = page.margin;
    this.#writeFooter();
  }

  #writeFooter(): void {
    const text = `${this.#footer} · ${this.#pages}`;
    const font = this.#fontOf('·', false);
    this.#use(font, 7).text(text, page.margin, page.height - page.margin, { lineBreak: false });
  }

  /** As long as each fits; what has no place to be broken is broken anywhere. */
  #broken(paragraph: string, size: number, bold: boolean): string[] {
    const lines: string[] = [];
    let [line, width] = ['', 0];
    const add = (text: string): void => {
      if (line !== '' && width + this.#widthOf(text.trimEnd(), size, bold) > columnWidth) {
        lines.push(line);
        [line, width] = ['', 0];
      }
      line += text;
      width += this.#widthOf(text, size, bold);
    };
    for (const word of wordsOf(paragraph)) {
      if (this.#widthOf(word.trimEnd(), size, bold) <= columnWidth) add(word);
      else for (const character of word) add(character);
    }
    lines.push(line);
    return lines.map((each) => each.trimEnd());
  }

  /** Words come again and again. */
  readonly #widths = new Map<string, number>();

  #widthOf(text: string, size: number, bold: boolean): number {
    const key = `${size} ${bold} ${text}`;
    let width = this.#widths.get(key);
    if (width === undefined) {
      width = this.#runs(text, bold).reduce((sum, { text: each, font }) => sum + this.#width(each, font, size), 0);
      this.#widths.set(key, width);
    }
    return width;
  }

  #width(text: string, font: FontName, size: number): number {
    return this.#use(font, size).widthOfString(text, { features: [] });
  }

  /** Runs from left to right; within each the font turns letters round itself. */
  #ordered(text: string, bold: boolean): Run[] {
    const embedding = bidi.getEmbeddingLevels(text, 'auto');
    const pieces: { start: number; end: number }[] = [];
    for (let start = 0; start < text.length; ) {
      let end = start + 1;
      while (end < text.length && embedding.levels[end] === embedding.levels[start]) end++;
      pieces.push({ start, end });
      start = end;
    }
    const place = Array.from({ length: text.length }, (_, at) => at);
    for (const [start, end] of bidi.getReorderSegments(text, embedding)) {
      place.splice(start, end - start + 1, ...place.slice(start, end + 1).reverse());
    }
    const position = new Map(place.map((from, at) => [from, at]));
    const leftmost = ({ start, end }: { start: number; end: number }) =>
      Math.min(position.get(start)!, position.get(end - 1)!);
    return pieces
      .sort((a, b) => leftmost(a) - leftmost(b))
      .flatMap(({ start, end }) => {
        const runs = this.#runs(text.slice(start, end), bold);
        return embedding.levels[start]! % 2 === 1 ? runs.reverse() : runs;
      });
  }

  #runs(text: string, bold: boolean): Run[] {
    const runs: Run[] = [];
    for (const character of text) {
      const font = this.#fontOf(character, bold);
      const last = runs.at(-1);
      if (last?.font === font) last.text += character;
      else runs.push({ text: character, font });
    }
    return runs;
  }

  #fontOf(character: string, bold: boolean): FontName {
    const key = bold ? `b${character}` : character;
    let font = this.#fonts.get(key);
    if (font === undefined) {
      const codePoint = character.codePointAt(0)!;
      const choices: readonly FontName[] = [bold ? 'bold' : 'text', ...fallbacks];
      const found = choices.find((name) => this.#glyphs(name).hasGlyphForCodePoint(codePoint));
      // What is never seen (joiners, marks of direction) needs no glyph; a box in place of anything else would be a lie.
      if (found === undefined && !/\p{Default_Ignorable_Code_Point}/u.test(character))
        throw new Problem('delivery/not-carried');
      font = found ?? 'text';
      this.#fonts.set(key, font);
    }
    return font;
  }

  readonly #opened = new Set<FontName>();

  #use(name: FontName, size: number): PDFKit.PDFDocument {
    if (!this.#opened.has(name)) {
      this.#document.registerFont(name, fontFile(name));
      this.#opened.add(name);
    }
    return this.#document.font(name).fontSize(size);
  }

  #glyphs(name: FontName): Glyphs['font'] {
    this.#use(name, 10);
    return (this.#document as unknown as { _font: Glyphs })._font.font;
  }
}

/** Pieces of a paragraph behind each of which a line may end. */
function wordsOf(paragraph: string): string[] {
  const breaker = new LineBreaker(paragraph);
  const words: string[] = [];
  let from = 0;
  for (let next = breaker.nextBreak(); next !== null; next = breaker.nextBreak()) {
    words.push(paragraph.slice(from, next.position));
    from = next.position;
  }
  if (from < paragraph.length) words.push(paragraph.slice(from));
  return words;
}
