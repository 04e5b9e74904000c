/** A class that describes a task: the work queue that it comes from, and with class-validator its members. Plain JSON, no envelope. */
export interface TaskClass<Task extends object = object> {
  readonly queue: string;
  new (): Task;
}
