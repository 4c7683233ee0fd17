// What a document, a presentation state or another object that is no image calls itself, from its metadata (PS3.18 Annex F).

interface Attribute {
  Value?: unknown[];
}

/** DICOM JSON; undefined where it has no title. */
export function documentTitle(json: Readonly<Record<string, Attribute>>): string | undefined {
  const concept = json[CONCEPT_NAME]?.Value?.[0] as Record<string, Attribute> | undefined;
  const titles = [json[DOCUMENT_TITLE], concept?.[CODE_MEANING], json[CONTENT_DESCRIPTION], json[CONTENT_LABEL]];
  return titles.map((title) => title?.Value?.[0]).find((text) => typeof text === 'string' && text.trim() !== '') as
    | string
    | undefined;
}

const DOCUMENT_TITLE = '00420010';
const CONCEPT_NAME = '0040A043';
const CODE_MEANING = '00080104';
const CONTENT_DESCRIPTION = '00700081';
const CONTENT_LABEL = '00700080';
