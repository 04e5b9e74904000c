/** HTML that is safe to embed: made by the tag below, and by nothing else. */
export class Html {
  constructor(private readonly source: string) {}

  toString(): string {
    return this.source;
  }
}

type Value = string | number | Html | readonly Html[];

/** A template that escapes every value, so that no customer's name is ever read as markup. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(String.raw({ raw: strings }, ...values.map(embed)));
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function embed(value: Value): string {
  if (typeof value === 'object') return value instanceof Html ? value.toString() : value.join('');
  return String(value).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
