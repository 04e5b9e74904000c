import { INestApplicationContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { type Class, hasRules } from '../validation/class-shape';
import { isObject } from '../validation/instance-of';
import type { Validator } from '../validation/validator';
import { validatorOf } from '../validation/validator-of';

/** A member that the class of a body does not know is probably a typing error, and the caller should learn of it. */
export const bodyValidatorOf = (type: Class): Validator<object> =>
  validatorOf(type, { unknownMembers: 'refuse' });

/**
 * Compiles the validators of all bodies that the app's routes take, so that a mistake shows at the start.
 * @throws UncompilableClass
 */
export function compileBodyClasses(app: INestApplicationContext): void {
  const modules = [...app.get(ModulesContainer).values()];
  for (const { metatype } of modules.flatMap((module) => [...module.controllers.values()])) {
    const prototype: unknown = metatype?.prototype;
    if (isObject(prototype)) bodyTypesOf(prototype).filter(hasRules).forEach(bodyValidatorOf);
  }
}

/** The types of all parameters with `@Body()`, from the metadata by which Nest itself finds them. */
function bodyTypesOf(controller: object): unknown[] {
  return new MetadataScanner().getAllMethodNames(controller).flatMap((method) => {
    const kinds: unknown = Reflect.getMetadata(ROUTE_ARGS_METADATA, controller.constructor, method);
    const types: unknown = Reflect.getMetadata('design:paramtypes', controller, method);
    const isBody = (place: number): boolean => isObject(kinds) && `${RouteParamtypes.BODY}:${place}` in kinds;
    return Array.isArray(types) ? types.filter((_: unknown, place): _ is unknown => isBody(place)) : [];
  });
}
