import { TaskClass } from '@app/contracts';
import { SetMetadata } from '@nestjs/common';

/** The metadata key under which a method's task class is kept. */
export const ON_TASK = Symbol('on task');

/** Marks the method that does a task from a work queue. It gets a valid task, and reports like an `@OnEvent` method. */
export function OnTask<Task extends object>(taskClass: TaskClass<Task>) {
  return (
    target: object,
    name: string,
    method: TypedPropertyDescriptor<(task: Task) => Promise<void>>,
  ): void => {
    SetMetadata(ON_TASK, taskClass)(target, name, method);
  };
}
