// How other hospitals than those we learn from write: words of their own choice by language, apart from the vocabulary, some
// of which it does not have. `concept: words, …`, as there; never learned from, so that what is measured on them holds elsewhere.

import type { Language } from '../vocabulary/index.ts';
import { heldOutGermanic } from './held-out-germanic.ts';
import { heldOutOthers } from './held-out-others.ts';
import { heldOutRomance } from './held-out-romance.ts';

export const heldOutWords: Partial<Record<Language, string>> = {
  ...heldOutGermanic,
  ...heldOutRomance,
  ...heldOutOthers,
};
