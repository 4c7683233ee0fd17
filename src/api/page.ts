// How lists are read in pages: newest first, `before` the last id of the page that was read.

import { Type } from '@sinclair/typebox';

export const page = Type.Object({
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
  before: Type.Optional(Type.String({ pattern: '^[0-9]{1,18}$', description: 'only entries with a smaller id' })),
});
