import { ClassConstructor, Type } from 'class-transformer';
import { IsArray, IsObject, ValidateNested } from 'class-validator';
import { all } from './all-of';

/** A member that is an object of that class. `ValidateNested` alone would take a list in its place, even an empty one. */
export const IsNested = (type: () => ClassConstructor<object>): PropertyDecorator =>
  all(IsObject(), ValidateNested(), Type(type));

/** A member that is a list of objects of that class. */
export const IsNestedList = (type: () => ClassConstructor<object>): PropertyDecorator =>
  all(IsArray(), IsObject({ each: true }), ValidateNested({ each: true }), Type(type));
