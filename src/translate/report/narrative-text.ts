// The narrative of a document as plain text: XHTML of FHIR (R4 narrative.html) and the narrative block of CDA (R2 4.3.5), whose
// paragraphs, items and rows are lines. White space between words is one blank unless the narrative says that it is kept.

import { decodeReferences } from '../../base/xml-parser.ts';
import { plainText } from './report.ts';

/** Elements that stand on lines of their own. */
const blocks = new Set(
  (
    'blockquote caption dd div dl dt footnote h1 h2 h3 h4 h5 h6 hr item li list ol p paragraph pre table tbody text tfoot thead ' +
    'title tr ul'
  ).split(' '),
);

/** What is shown for something that is elsewhere. */
const unread = new Set(['renderMultiMedia', 'img']);

const token =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)([^\s/>]+)((?:"[^"]*"|'[^']*'|[^>"'])*?)(\/?)>|[^<]+/g;

/** `xml`: well-formed, one element. */
export function narrativeText(xml: string): string {
  const text = new Text();
  const kept: boolean[] = [false];
  const hidden: string[] = [];
  for (const [whole, cdata, closes, tag, attributes = '', isEmpty] of xml.matchAll(token)) {
    if (tag === undefined) {
      if (whole.startsWith('<!--') || whole.startsWith('<?') || hidden.length > 0) continue;
      const said = cdata ?? decodeReferences(whole, 0);
      if (kept.at(-1)) text.add(said);
      else text.addCollapsed(said);
      continue;
    }
    const name = tag.slice(tag.indexOf(':') + 1);
    if (name === 'br') text.add('\n');
    if (blocks.has(name)) text.newLine();
    if ((name === 'td' || name === 'th') && closes === '' && !text.isAtLineStart) text.add('\t');
    if (isEmpty === '/') continue;
    if (closes === '/') {
      kept.pop();
      if (hidden.at(-1) === name) hidden.pop();
    } else {
      kept.push(kept.at(-1)! || name === 'pre' || /white-space:\s*pre/.test(attributes));
      if (unread.has(name)) hidden.push(name);
    }
  }
  return plainText(text.toString());
}

/** Put together once: what is asked of it meanwhile is how it ends. Blanks at the ends of lines are `plainText`'s. */
class Text {
  readonly #parts: string[] = [];
  #last = '\n';

  get isAtLineStart(): boolean {
    return this.#last === '\n';
  }

  add(said: string): void {
    if (said === '') return;
    this.#parts.push(said);
    this.#last = said.at(-1)!;
  }

  /** A blank that does not break is kept as a blank. */
  addCollapsed(said: string): void {
    const joined = said.replace(/[ \t\r\n]+/g, ' ');
    const isAfterBlank = /\s/.test(this.#last);
    this.add((isAfterBlank && joined.startsWith(' ') ? joined.slice(1) : joined).replaceAll('\u00a0', ' '));
  }

  newLine(): void {
    if (!this.isAtLineStart) this.add('\n');
  }

  toString(): string {
    return this.#parts.join('');
  }
}
