// `fascia normalise review|answer|answers|retract`: procedures of which nobody is sure, and what persons decide of them.

import { listCommand, removeCommand } from './api-commands.ts';
import { type Command, UsageError } from './command.ts';
import { columns } from './help.ts';
import { tenantOption, withApi } from './with-api.ts';

interface Doubtful {
  studyInstanceUid: string;
  seriesInstanceUid: string | null;
  description: string | null;
  confidence: number;
  reason: string;
}

interface Decided {
  modality: string;
  focus: string;
  laterality: string;
  contrast: string;
  interventional: boolean;
}

interface Taken {
  id: string;
  studies: number;
}

interface KeptAnswer {
  id: string;
  input: { studyDescription: string };
  procedure: Decided;
  author: string;
  answeredAt: string;
  retractedAt: string | null;
  retractedBy: string | null;
  studies: number;
}

export const normaliseReview = listCommand<Doubtful>(
  '/normalise/review',
  'procedures and series of the newest studies that are not sure',
  ({ studyInstanceUid, seriesInstanceUid, description, confidence, reason }) => [
    seriesInstanceUid ?? studyInstanceUid,
    description ?? '',
    confidence.toFixed(2),
    reason,
  ],
);

export const normaliseAnswers: Command = {
  summary: 'what persons decided of procedures, newest first',
  options: tenantOption,
  arity: [0, 0],
  async run(_args, options) {
    const answers = (await withApi((api) => api.call('GET', '/normalise/answers'), options)) as KeptAnswer[];
    process.stdout.write(columns(answers.map(lineOf), ''));
    return 0;
  },
};

const lineOf = ({
  id,
  input,
  procedure,
  author,
  answeredAt,
  retractedAt,
  retractedBy,
  studies,
}: KeptAnswer): string[] => [
  id,
  input.studyDescription,
  [procedure.modality, procedure.focus, procedure.laterality, procedure.contrast].join(', '),
  `${studies} studies`,
  `${author} ${answeredAt}`,
  retractedAt === null ? '' : `taken back by ${retractedBy} ${retractedAt}`,
];

export const normaliseAnswer: Command = {
  arguments: 'STUDY',
  summary: 'decide what was done in a study, for it and all that say the same',
  options: {
    ...tenantOption,
    modality: { type: 'string', value: 'CT', description: 'CT, MR, XR, US, MG, NM, PT, PT&CT, NM&CT, RF or XA' },
    part: { type: 'string', value: 'NAME', description: 'part of the body, by the name normalisation has for it' },
    side: { type: 'string', value: 'SIDE', description: 'R, L, B, none or unspecified (default: none)' },
    contrast: { type: 'string', value: 'HOW', description: 'with, without, both, none or unspecified (default: none)' },
    interventional: { type: 'boolean', description: 'more than images was made' },
  },
  arity: [1, 1],
  async run([studyInstanceUid], { modality, part, side = 'none', contrast = 'none', interventional = false, ...rest }) {
    if (modality === undefined || part === undefined) throw new UsageError('answer needs --modality and --part');
    const decided = { modality, focus: part, laterality: side, contrast, interventional };
    const answer = { studyInstanceUid, ...decided };
    const taken = (await withApi((api) => api.call('POST', '/normalise/answers', answer), rest)) as Taken;
    process.stdout.write(`${taken.studies} studies that say the same: ${modality}, ${part} (answer ${taken.id})\n`);
    return 0;
  },
};

export const normaliseRetract = removeCommand('/normalise/answers', {
  argument: 'ANSWER',
  summary: 'take an answer back, by its id: who says the same is read again as though nobody had been asked',
  done: 'holds no more',
});
