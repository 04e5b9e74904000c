/** Something on the broker that is not as the topology says. */
export interface Difference {
  /** `unbound`: an exchange and a queue of ours are there, and not bound. `policy`: a queue keeps other messages than it should. */
  readonly kind: 'missing' | 'differs' | 'unbound' | 'bound too much' | 'policy';
  /** For an operator: which exchange, queue or binding, and what differs. */
  readonly text: string;
}
