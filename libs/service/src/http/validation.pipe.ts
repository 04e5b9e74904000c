import { ArgumentMetadata, PipeTransform, ValidationPipe } from '@nestjs/common';
import { hasRules } from '../validation/class-shape';
import { isInherited, unknownMember } from '../validation/inherited-members';
import { isObject } from '../validation/instance-of';
import { bodyValidatorOf } from './body-classes';
import { InvalidRequest, membersOf } from './validation.error';

/**
 * Turns a request into its DTO; unknown members are refused, so that a caller learns of a typing error. Bodies are JSON, and have
 * compiled validators. Query and path parameters are texts, which Nest's own pipe converts before it validates them.
 */
export function validationPipe(): PipeTransform {
  const parameters = new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: (errors) => new InvalidRequest(membersOf(errors)),
  });
  return {
    transform: (value: unknown, metadata: ArgumentMetadata): unknown => {
      const { type, metatype } = metadata;
      if (type !== 'body' || !hasRules(metatype)) {
        refuseInherited(value);
        return parameters.transform(value, metadata);
      }
      const checked = bodyValidatorOf(metatype).check(value ?? {});
      if ('errors' in checked) throw new InvalidRequest(membersOf(checked.errors));
      return checked.value;
    },
  };
}

/** Nest's pipe takes a parameter such as `constructor` for known. @throws InvalidRequest */
function refuseInherited(parameters: unknown): void {
  const names = isObject(parameters) ? Object.keys(parameters).filter(isInherited) : [];
  if (names.length > 0) throw new InvalidRequest(membersOf(names.map(unknownMember)));
}
