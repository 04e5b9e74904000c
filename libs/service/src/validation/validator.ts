import { Ajv, type SchemaObject, type ValidateFunction } from 'ajv';
import { validateSync, ValidationError } from 'class-validator';
import { assertCompilable } from './assert-compilable';
import { schemaOf } from './class-schema';
import { type Class, type Shape, shapeOf } from './class-shape';
import { inheritedMembersOf } from './inherited-members';
import { hasBehaviour, instanceOf, isObject } from './instance-of';
import { ACCEPTED_BY } from './rule-schema';

/** What becomes of members that the class does not know. */
export type UnknownMembers = 'refuse' | 'drop';

/** A valid value, or what is wrong with it. */
export type Checked<T> = { readonly value: T } | { readonly errors: readonly ValidationError[] };

/**
 * Checks parsed JSON against a class with class-validator's decorators. A schema that is compiled once accepts what is valid;
 * what it refuses goes class-validator's way, which has the last word and the texts.
 */
export class Validator<T extends object> {
  private readonly shape: Shape<T>;
  private readonly accepts: ValidateFunction<T>;
  private readonly makesInstances: boolean;

  /** @throws UncompilableClass */
  constructor(
    type: Class<T>,
    private readonly unknownMembers: UnknownMembers,
  ) {
    this.shape = shapeOf(type);
    assertCompilable(this.shape);
    this.accepts = compile(schemaOf(this.shape), unknownMembers);
    this.makesInstances = hasBehaviour(this.shape);
  }

  isOf<Other extends object>(type: Class<Other>): this is Validator<Other> {
    return Object.is(this.shape.type, type);
  }

  /**
   * A valid value comes back as it is; as an instance where its class, or one inside it, has methods or defaults that it needs.
   * @param value as `JSON.parse` made it; members that are dropped are taken out of it
   */
  check(value: unknown): Checked<T> {
    try {
      if (!this.accepts(value)) return this.checkThoroughly(value);
      return { value: this.makesInstances ? instanceOf(this.shape, value) : value };
    } catch (error) {
      // `IsEmail` throws it for half of a surrogate pair.
      if (error instanceof URIError) return { errors: [wrong('a text is not well-formed Unicode')] };
      throw error;
    }
  }

  /** Has the last word: some of what the schema refuses is valid, such as a member that the class sets where it is absent. */
  private checkThoroughly(value: unknown): Checked<T> {
    const isRefusing = this.unknownMembers === 'refuse';
    const object = isObject(value) ? value : {};
    const instance = instanceOf(this.shape, object);
    const found = validateSync(instance, {
      whitelist: true,
      forbidNonWhitelisted: isRefusing,
      validationError: { target: false, value: false },
    });
    const errors = isRefusing ? [...found, ...inheritedMembersOf(this.shape, object)] : found;
    if (errors.length > 0) return { errors };
    return object === value ? { value: instance } : { errors: [wrong('a JSON object is expected')] };
  }
}

function compile<T>(schema: SchemaObject, unknownMembers: UnknownMembers): ValidateFunction<T> {
  const ajv = new Ajv({
    // Not 'all', which would remove members also where a schema says nothing of additional ones.
    removeAdditional: unknownMembers === 'drop',
    // A spec checks that the schemas are valid. To do so at run time took a tenth of a service's start.
    meta: false,
    validateSchema: false,
  });
  ajv.addKeyword({ keyword: ACCEPTED_BY, compile: (accepts: (value: unknown) => boolean) => accepts });
  return ajv.compile<T>(schema);
}

/** What is wrong with the value as a whole. */
const wrong = (text: string): ValidationError =>
  Object.assign(new ValidationError(), { property: '', constraints: { value: text }, children: [] });
