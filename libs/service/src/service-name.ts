/** The name of the running service, as it stands in queues, logs and events: `order-api`. */
export class ServiceName {
  constructor(readonly value: string) {}
}
