// Text as XML 1.0 writes it, in content and in attributes (2.2, 2.4). Pure.

/** A carriage return would be read as a line feed if it stood as itself; what XML does not have becomes U+FFFD. */
export function escapeXml(text: string): string {
  if (!/[&<>"\0-\x1f\ud800-\udfff\ufffe\uffff]/.test(text)) return text;
  return text.replace(/[&<>"\0-\x1f\ufffe\uffff]|\p{Surrogate}/gu, (c) => references[c] ?? '\ufffd');
}

const references: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};
