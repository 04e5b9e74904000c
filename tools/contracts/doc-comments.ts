import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** What the doc comments of a class say. */
export interface ClassComments {
  readonly own?: string;
  readonly members: ReadonlyMap<string, string>;
  /** The name of the class that it extends. */
  readonly parent?: string;
}

/** The doc comments of all classes in the source files, by the names of the classes. */
export const commentsIn = (files: readonly string[]): ReadonlyMap<string, ClassComments> =>
  new Map(files.flatMap(classesIn));

function classesIn(file: string): [string, ClassComments][] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  return source.statements
    .filter(ts.isClassDeclaration)
    .map((declaration) => [declaration.name?.text ?? '', commentsOf(declaration)]);
}

function commentsOf(declaration: ts.ClassDeclaration): ClassComments {
  const members = declaration.members.flatMap((member): [string, string][] => {
    const text = commentOf(member);
    return text === undefined || member.name === undefined ? [] : [[member.name.getText(), text]];
  });
  const parent = declaration.heritageClauses?.[0]?.types[0]?.expression.getText();
  return { own: commentOf(declaration), members: new Map(members), parent };
}

/** On one line, without its tags. */
function commentOf(node: ts.Node): string | undefined {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return ts.getTextOfJSDocComment(comment?.comment)?.replaceAll(/\s+/g, ' ');
}
