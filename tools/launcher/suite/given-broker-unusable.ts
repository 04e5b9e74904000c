/** What the words of the broker and its client mean. */
const MEANINGS: readonly (readonly [words: string, meaning: string])[] = [
  [
    'ACCESS_REFUSED - access to',
    'Its user needs the rights to configure, write and read everything on the virtual host.',
  ],
  ['got <ConnectionClose', 'There is no such virtual host, or its user may not use it.'],
];

/** The broker of `RABBITMQ_URL` cannot be used; the message says why. */
export class GivenBrokerUnusable extends Error {
  constructor(cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const meanings = MEANINGS.filter(([words]) => reason.includes(words)).map(([, meaning]) => meaning);
    super(['The broker of RABBITMQ_URL cannot be used.', reason, ...meanings].join('\n  '), { cause });
  }
}
