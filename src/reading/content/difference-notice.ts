// What a final report says where it differs in a major way from the preliminary one that somebody has acted on.

import { type Language, languagesOf } from './lexicon/language.ts';
import type { ReportContent } from './report-content.ts';

const sentence: Readonly<Record<Language, string>> = {
  en: 'This final report differs in a major way from the preliminary report. Whoever received that is being told.',
  de: 'Dieser endgültige Befund weicht wesentlich vom vorläufigen Befund ab. Wer diesen erhalten hat, wird informiert.',
  fr: 'Ce compte rendu définitif diffère de façon majeure du compte rendu provisoire. Ses destinataires en sont informés.',
  es: 'Este informe definitivo difiere de forma importante del informe preliminar. Se avisa a quien lo recibió.',
  it: 'Questo referto definitivo differisce in modo rilevante dal referto preliminare. Chi lo ha ricevuto viene avvisato.',
  nl: 'Dit definitieve verslag wijkt in belangrijke mate af van het voorlopige verslag. De ontvanger daarvan wordt ingelicht.',
};

export function withDifferenceNotice(content: ReportContent): ReportContent {
  const text = sentence[languagesOf(content.language)[0]!];
  const isThere = content.sections.some((section) => section.text.includes(text));
  if (isThere) return content;
  return { ...content, sections: [...content.sections, { kind: 'communication', text, fields: [] }] };
}
