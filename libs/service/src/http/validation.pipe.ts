import { ValidationPipe } from '@nestjs/common';
import { InvalidRequest, membersOf } from './validation.error';

/** Turns a request into its DTO; unknown members are refused, so that a caller learns of a typing error. */
export const validationPipe = (): ValidationPipe =>
  new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: (errors) => new InvalidRequest(membersOf(errors)),
  });
