// A multipart answer taken apart.

import { MultipartParser } from '../multipart/parser.ts';

export interface Part {
  headers: ReadonlyMap<string, string>;
  content: Buffer;
}

export async function partsOf(answer: Response): Promise<Part[]> {
  const boundary = /boundary=(\S+)$/.exec(answer.headers.get('content-type')!)![1]!;
  const parts: Part[] = [];
  const parser = new MultipartParser(boundary);
  for (const token of parser.push(new Uint8Array(await answer.arrayBuffer()))) {
    if (token.kind === 'part') parts.push({ headers: token.headers, content: Buffer.alloc(0) });
    if (token.kind === 'data') parts.at(-1)!.content = Buffer.concat([parts.at(-1)!.content, token.bytes]);
  }
  parser.end();
  return parts;
}
