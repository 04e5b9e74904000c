import { ValidateIf } from 'class-validator';

const isNotNull = (_: unknown, value: unknown): boolean => value !== null;

/** A member that is always there, and may be null. `IsOptional` says that it may be absent. */
export const IsNullable = (): PropertyDecorator => ValidateIf(isNotNull);

/** Whether it is what `IsNullable` has left. */
export const isNullable = ({
  constraints,
}: {
  readonly constraints: readonly unknown[] | undefined;
}): boolean => constraints?.[0] === isNotNull;
