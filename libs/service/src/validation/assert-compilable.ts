import { TransformationType } from 'class-transformer';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage';
import { IS_ARRAY, IS_OBJECT, ValidationTypes } from 'class-validator';
import { type Class, type Member, namedType, type Rule, type Shape } from './class-shape';
import { UncompilableClass } from './uncompilable-class';

/** @throws UncompilableClass for a member that only class-validator and class-transformer together would understand */
export function assertCompilable({ type, members }: Shape): void {
  for (const [name, member] of members) {
    assertMember(type, name, member);
    if (member.nested) assertCompilable(member.nested);
  }
}

function assertMember(type: Class, name: string, { rules, nested, maxItems }: Member): void {
  const refuse = (decorator: string, why: string): never => {
    throw new UncompilableClass(`${type.name}.${name}`, decorator, why);
  };
  const nesting = rules.find((rule) => rule.type === ValidationTypes.NESTED_VALIDATION);
  if (nested === undefined && namedType(type, name) !== undefined)
    refuse('Type', 'it names no class with rules');
  if ((nested === undefined) !== (nesting === undefined))
    refuse('ValidateNested', 'it needs Type, and Type needs it');
  if (nesting && !rules.some((rule) => rule.name === IS_OBJECT && !rule.each === !nesting.each))
    refuse('ValidateNested', 'without IsObject it takes lists too');
  if (maxItems === undefined && rules.some(isOfLists))
    refuse('IsArray', 'without ArrayMaxSize it has no end');
  if (isTransformed(type, name)) refuse('Transform', 'a value stays as the JSON has it');
}

const isOfLists = ({ name, each }: Rule): boolean =>
  each || name === IS_ARRAY || name?.startsWith('array') === true;

/** Whether class-transformer would make something else of the member. Its types do not say that it may know nothing of one. */
function isTransformed(type: Class, name: string): boolean {
  const transforms = defaultMetadataStorage.findTransformMetadatas(
    type,
    name,
    TransformationType.PLAIN_TO_CLASS,
  );
  const others: unknown[] = [
    defaultMetadataStorage.findExcludeMetadata(type, name),
    defaultMetadataStorage.findExposeMetadata(type, name),
  ];
  return [...transforms, ...others].some((found) => found !== undefined);
}
