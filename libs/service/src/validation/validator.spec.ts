import { Ajv } from 'ajv';
import { Expose, Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  Equals,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsISO8601,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsPositive,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  registerDecorator,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { expectAgreement } from '../../../../test/support/validation/expect-agreement';
import { problemsOf } from '../../../../test/support/validation/by-class-validator';
import { schemaOf } from './class-schema';
import { shapeOf } from './class-shape';
import { ACCEPTED_BY } from './rule-schema';
import { UncompilableClass } from './uncompilable-class';
import type { UnknownMembers } from './validator';
import { validatorOf } from './validator-of';

class Part {
  @IsString()
  @MaxLength(3)
  name: string;
}

abstract class Base {
  @IsUUID()
  id: string;

  @Min(1)
  @IsInt()
  count: number;
}

const isOdd = (value: unknown): boolean => Number(value) % 2 === 1;

const IsOdd = (): PropertyDecorator => (target, property) =>
  registerDecorator({
    name: 'isOdd',
    target: target.constructor,
    propertyName: String(property),
    validator: { validate: isOdd },
  });

/** Every decorator that has a converter, and each trap that one of them has. */
class Everything extends Base {
  @IsInt()
  @Min(0)
  @Max(9)
  digit: number;

  @Matches(/^\p{Lu}/u)
  @Matches(/e$/i)
  word: string;

  @IsOptional()
  @IsIn(['a', 1, null])
  one?: string | number | null;

  @Equals('1.0')
  version: '1.0';

  @IsBoolean()
  flag: boolean;

  @IsOptional()
  @IsISO8601({ strict: true })
  at?: string;

  @IsNotEmpty()
  anything: unknown;

  @IsObject()
  free: object;

  @IsObject()
  @ValidateNested()
  @Type(() => Part)
  part: Part;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(3)
  @ArrayUnique(({ name }: Part) => name)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => Part)
  parts?: Part[];

  @ArrayMaxSize(2)
  @IsString({ each: true })
  tags: string[];

  @IsOptional()
  @IsEmail()
  email?: string;
}

const everything = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  count: 1,
  digit: 9,
  word: 'ÄhrE',
  version: '1.0',
  flag: false,
  anything: [1, 2, 3],
  free: { a: [{ b: null }] },
  part: { name: 'abc' },
  tags: ['x', 'x'],
};
const more = {
  ...everything,
  parts: [{ name: 'a' }, { name: 'b' }],
  at: '2024-02-29',
  one: 'a',
  email: 'ada@example.com',
};

const checkIn = (type: new () => object, value: unknown, unknownMembers: UnknownMembers = 'refuse') => {
  const checked = validatorOf(type, { unknownMembers }).check(value);
  return 'value' in checked ? checked.value : problemsOf(checked.errors);
};

describe('A compiled validator', () => {
  it.each<UnknownMembers>(['refuse', 'drop'])(
    'agrees with class-validator, unknown members: %s',
    (unknownMembers) => {
      expectAgreement(Everything, { unknownMembers, examples: [everything, more] });
    },
  );

  it('is made from a schema that is valid itself, for that is not checked at each start', () => {
    const ajv = new Ajv({ strict: true, keywords: [ACCEPTED_BY] });
    expect(ajv.validateSchema(schemaOf(shapeOf(Everything)), true)).toBe(true);
  });

  it('passes a valid value on, and not a copy of it', () => {
    for (const value of [everything, more]) expect(checkIn(Everything, value)).toBe(value);
  });

  it.each<[what: string, change: object, path: string]>([
    ['a pattern loses its flags', { word: 'äe' }, 'word'],
    ['a second rule of a kind is forgotten', { word: 'Ähr' }, 'word'],
    ['an inherited rule is forgotten', { id: 'urn:uuid:01890a5d-ac96-774b-bcce-b302099a8057' }, 'id'],
    ['a rule overwrites another', { count: 1.5 }, 'count'],
    ['uniqueness is of whole items', { parts: [{ name: 'a' }, { name: 'a' }] }, 'parts'],
    ['options are forgotten', { at: '2023-02-29' }, 'at'],
    ['an optional nested list goes unchecked', { parts: [{ name: 'long' }] }, 'parts.0.name'],
    ['an infinite number passes as one', { digit: Number('1e400') }, 'digit'],
  ])('does not accept what it would if %s', (_, change, path) => {
    expect(checkIn(Everything, { ...more, ...change })).toContainEqual(expect.stringMatching(`^${path}:`));
  });

  it('drops unknown members at every depth, and keeps those of a member without a class', () => {
    const value = { ...everything, x: 1, part: { name: 'a', x: 1 }, free: { x: { y: 1 } } };
    expect(checkIn(Everything, value, 'drop')).toEqual({
      ...everything,
      part: { name: 'a' },
      free: { x: { y: 1 } },
    });
  });

  describe.each(['x', 'hasOwnProperty', 'toString', 'constructor', '__proto__'])(
    'an unknown member named %s',
    (name) => {
      const withIn = (place: string): unknown =>
        JSON.parse(JSON.stringify(more).replace(place, `${place}"${name}":{"a":1},`));
      const places = [
        ['the value', '{', ''],
        ['a member', '"part":{', 'part.'],
        ['an item', '"parts":[{', 'parts.0.'],
      ] as const;

      it.each(places)('is refused in %s', (_, place, path) => {
        expect(checkIn(Everything, withIn(place))).toEqual([
          `${path}${name}: property ${name} should not exist`,
        ]);
      });

      it.each(places)('is dropped from %s where a newer publisher may send it', (_, place) => {
        expect(JSON.stringify(checkIn(Everything, withIn(place), 'drop'))).toBe(JSON.stringify(more));
      });
    },
  );

  it.each([undefined, null, [], [everything], 'text', 7])(
    'says what is missing in what is no object: %j',
    (value) => {
      expect(checkIn(Part, value)).toEqual(checkIn(Part, {}));
    },
  );

  it('looks no further into a list that is too long', () => {
    const looked = jest.fn(isOdd);
    const value = {
      ...more,
      parts: Array.from({ length: 200_000 }, () => ({
        get name() {
          looked(1);
          return 'a';
        },
      })),
    };
    const started = performance.now();
    expect(checkIn(Everything, value)).toContain('parts: parts must contain no more than 3 elements');
    expect(looked.mock.calls.length).toBeLessThan(50);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('survives half of a surrogate pair where IsEmail does not', () => {
    expect(checkIn(Everything, { ...more, email: '\ud83c@example.com' })).toEqual([
      ': a text is not well-formed Unicode',
    ]);
  });

  it('makes an instance where the class has methods or its defaults are needed', () => {
    class Greeting {
      @IsString()
      name: string = 'Ada';

      @IsObject()
      @ValidateNested()
      @Type(() => Part)
      part: Part;
    }
    class Talking extends Greeting {
      hello(): string {
        return `Hello ${this.name}`;
      }
    }
    class Around {
      @IsObject()
      @ValidateNested()
      @Type(() => Talking)
      talking: Talking;
    }
    class Polite {
      @IsOptional()
      @IsString()
      greeting?: string = 'Hello';
    }
    expect(checkIn(Polite, {})).toEqual({ greeting: 'Hello' });
    expect(checkIn(Polite, { greeting: null })).toEqual({ greeting: null });
    const part = { name: 'a' };
    expect(checkIn(Greeting, { part })).toEqual({ name: 'Ada', part });
    expect(checkIn(Greeting, { name: 'Eve', part })).not.toBeInstanceOf(Greeting);
    const checked = validatorOf(Around, { unknownMembers: 'drop' }).check({ talking: { name: 'Eve', part } });
    if (!('value' in checked)) throw new Error('not valid');
    expect(checked.value.talking.hello()).toBe('Hello Eve');
  });
});

describe(validatorOf.name, () => {
  it('compiles a class once for each way with unknown members', () => {
    const sut = validatorOf(Part, { unknownMembers: 'drop' });
    expect(validatorOf(Part, { unknownMembers: 'drop' })).toBe(sut);
    expect(validatorOf(Part, { unknownMembers: 'refuse' })).not.toBe(sut);
  });

  class Unknown {
    @IsPositive()
    member: number;
  }
  class Own {
    @IsOdd()
    member: number;
  }
  class Conditional {
    @ValidateIf(() => true)
    @IsInt()
    member: number;
  }
  class SometimesChecked {
    @IsInt({ validateIf: () => false })
    member: number;
  }
  class Endless {
    @IsArray()
    member: string[];
  }
  class EndlessItems {
    @IsString({ each: true })
    member: string[];
  }
  class Untyped {
    @IsObject()
    @ValidateNested()
    member: Part;
  }
  class OfAnyShape {
    @ValidateNested()
    @Type(() => Part)
    member: Part;
  }
  class Converted {
    @Type(() => Number)
    @IsInt()
    member: number;
  }
  class Transformed {
    @Transform(({ value }: { value: unknown }) => String(value))
    @IsString()
    member: string;
  }
  class Renamed {
    @Expose({ name: 'other' })
    @IsString()
    member: string;
  }
  class Tree {
    @IsOptional()
    @IsObject()
    @ValidateNested()
    @Type(() => Tree)
    member?: Tree;
  }
  class Outer {
    @IsObject()
    @ValidateNested()
    @Type(() => Own)
    inner: Own;
  }

  it.each<[decorator: string, type: new () => object]>([
    ['isPositive', Unknown],
    ['isOdd', Own],
    ['conditionalValidation', Conditional],
    ['isInt', SometimesChecked],
    ['IsArray', Endless],
    ['IsArray', EndlessItems],
    ['ValidateNested', Untyped],
    ['ValidateNested', OfAnyShape],
    ['Type', Converted],
    ['Transform', Transformed],
    ['Transform', Renamed],
    ['Type', Tree],
  ])('refuses to compile @%s of %p, and names all three', (decorator, type) => {
    expect(() => validatorOf(type, { unknownMembers: 'drop' })).toThrow(UncompilableClass);
    expect(() => validatorOf(type, { unknownMembers: 'drop' })).toThrow(
      `@${decorator} of ${type.name}.member: `,
    );
  });

  it('finds a mistake in a nested class', () => {
    expect(() => validatorOf(Outer, { unknownMembers: 'drop' })).toThrow('@isOdd of Own.member');
  });
});
