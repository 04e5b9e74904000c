/** What became of an event: the broker has it, the broker was away, or the broker refused it or could not route it. */
export type PublishOutcome = 'confirmed' | 'broker away' | { readonly refused: string };
