// What a PDF says, as far as its text can be had: words that are drawn, what forms and notes hold, its title. Whether that is all
// of it is told too: pictures may have words in them that nobody has read.

export const limits = {
  bytes: 64 * 1024 * 1024,
  pages: 500,
} as const;

export interface DocumentText {
  text: string;
  /** Nothing in it but text. */
  isAll: boolean;
}

/** undefined for what is no PDF, or cannot be opened. */
export async function textOfPdf(bytes: Uint8Array): Promise<DocumentText | undefined> {
  if (bytes.length > limits.bytes) return undefined;
  try {
    // Loaded for who needs it: it is 2 MB. The bytes are given away, and must be no Buffer.
    const { getDocumentProxy } = await import('unpdf');
    const pdf = await getDocumentProxy(Uint8Array.from(bytes), { verbosity: 0 });
    try {
      return await read(pdf);
    } finally {
      await pdf.destroy();
    }
  } catch {
    return undefined;
  }
}

type Pdf = Awaited<ReturnType<typeof import('unpdf')['getDocumentProxy']>>;

async function read(pdf: Pdf): Promise<DocumentText> {
  const { getResolvedPDFJS } = await import('unpdf');
  const { OPS } = await getResolvedPDFJS();
  const pictures = new Set([
    OPS.paintImageXObject,
    OPS.paintInlineImageXObject,
    OPS.paintImageMaskXObject,
    OPS.paintImageXObjectRepeat,
    OPS.paintImageMaskXObjectGroup,
  ]);
  const { info } = await pdf.getMetadata();
  // When the file was made (ISO 32000-1 14.3.3) is said by whoever made it, of itself: no day of a patient.
  const { CreationDate: _, ModDate: __, ...said } = info as Record<string, unknown>;
  const texts = Object.values(said).filter((value) => typeof value === 'string');
  let isAll = pdf.numPages <= limits.pages && (await pdf.getAttachments()) === null;
  for (let number = 1; isAll && number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    const words = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
    const notes = (await page.getAnnotations()).map((note) => JSON.stringify(note));
    texts.push(words, ...notes);
    const { fnArray } = await page.getOperatorList();
    isAll = !fnArray.some((operator) => pictures.has(operator)) && words.trim() !== '';
    page.cleanup();
  }
  return { text: texts.join('\n'), isAll };
}
