import { NotOurs } from '../not-ours';
import { type Account, addressed, RabbitmqServer } from './rabbitmq-server';
import { ManagementApi } from './management-api';

/** A given RabbitMQ, which is not ours: it is neither started nor stopped. */
export class GivenRabbitmq extends RabbitmqServer {
  readonly pid = undefined;
  readonly running = true;

  /**
   * @param given one URL for each node, of a user who may configure everything
   * @param managementUrls one for each node, with name and password
   */
  constructor(
    private readonly given: readonly string[],
    readonly managementUrls: readonly string[] = [],
  ) {
    super();
  }

  /** As they were given, or for another account. */
  urls(account?: Account, vhost?: string): readonly string[] {
    return account === undefined ? this.given : this.given.map((url) => addressed(url, account, vhost));
  }

  override management(account?: Account): ManagementApi {
    return account === undefined ? new ManagementApi(this.managementUrls) : super.management(account);
  }

  prepare(): Promise<void> {
    return Promise.resolve();
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  control(): Promise<void> {
    return Promise.reject(new NotOurs('broker'));
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  kill(): Promise<void> {
    return Promise.reject(new NotOurs('broker'));
  }

  /** What is on it stays, too. */
  remove(): Promise<void> {
    return Promise.resolve();
  }
}
