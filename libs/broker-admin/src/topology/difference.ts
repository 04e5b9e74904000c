/** Something on the broker that is not as the topology says. */
export interface Difference {
  /** `unbound`: an exchange of ours and a queue or exchange that should be bound to it are there, and not bound. `policy`: a queue keeps other messages than it should. */
  readonly kind: 'missing' | 'differs' | 'unbound' | 'bound too much' | 'policy';
  /** For an operator: which exchange, queue or binding, and what differs. */
  readonly text: string;
}
