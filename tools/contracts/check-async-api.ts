import { DiagnosticSeverity, Parser } from '@asyncapi/parser';
import { Ajv2020 } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

type Parts = Readonly<Record<string, unknown>>;

/** What is checked here of an AsyncAPI document. */
export interface AsyncApi extends Parts {
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>;
    readonly messages: Readonly<Record<string, Message>>;
  };
}

/** A message of an AsyncAPI document. */
export interface Message extends Parts {
  readonly name: string;
  readonly payload: object;
  readonly examples: readonly { readonly name: string; readonly payload: object }[];
}

/** @throws Error that says what is wrong with the document, or with an example of a message */
export async function assertAsyncApi(document: AsyncApi): Promise<void> {
  const diagnostics = await new Parser().validate(JSON.stringify(document));
  const errors = diagnostics.filter(
    ({ severity }) => severity.valueOf() === DiagnosticSeverity.Error.valueOf(),
  );
  const wrong = errors.map(({ path, message }) => `${path.join('.')}: ${message}`);
  wrong.push(...wrongExamples(document));
  if (wrong.length > 0) throw new Error(`The AsyncAPI document is not valid:\n${wrong.join('\n')}`);
}

function wrongExamples({ components }: AsyncApi): string[] {
  const ajv = new Ajv2020({ strict: false });
  addFormats(ajv);
  ajv.addSchema({ $id: 'document', components });
  return Object.keys(components.messages).flatMap((name) => {
    const pointer = `document#/components/messages/${name}/payload`;
    const validate = ajv.compile({ $ref: pointer });
    const examples = components.messages[name]?.examples ?? [];
    return examples.flatMap(({ payload }) =>
      validate(payload) ? [] : [`the example of ${name}: ${ajv.errorsText(validate.errors)}`],
    );
  });
}
