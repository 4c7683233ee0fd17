// Every limit of messages by SOAP, whichever side we are on.

export const limits = {
  /** Requests being answered at once. */
  requestsAtOnce: 64,
  /** Bytes of a request, whose documents are names alone. */
  requestBytes: 8 * 1024 * 1024,
  /** Bytes of the envelope of an answer to us; documents beside it are streamed. */
  answerBytes: 32 * 1024 * 1024,
  /** Documents of one request. */
  documents: 20_000,
  /** Studies of one request: each is an access with an audit row of its own. */
  studies: 1_000,
  /** Transfer syntaxes of one request. */
  transferSyntaxes: 200,
  /** Errors that are told one by one in an answer. */
  errors: 1_000,
  /** Characters of a WS-Addressing Message ID that are repeated in the answer. */
  messageIdLength: 500,
} as const;
