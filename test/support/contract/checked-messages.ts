import type { CloudEvent } from '@app/contracts';
import { Ajv2020 } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { parsed } from '../../../infra/json';
import type { Shop } from '../shop/shop';
import { closed } from './closed';

interface AsyncApiDocument {
  readonly components: {
    readonly schemas: object;
    readonly messages: Readonly<
      Record<string, { readonly examples: readonly { readonly payload: object }[] }>
    >;
  };
}

interface HasContent {
  readonly content: Buffer;
}

/** Holds messages against what order-api says of them: nothing may be in one that it does not name. */
export class CheckedMessages {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });

  private constructor(
    private readonly shop: Shop,
    private readonly document: AsyncApiDocument,
  ) {
    addFormats(this.ajv);
    const { schemas, messages } = document.components;
    this.ajv.addSchema({ $id: 'document', components: { schemas: closed(schemas), messages } });
  }

  static async of(shop: Shop): Promise<CheckedMessages> {
    const document: AsyncApiDocument = (await shop.call('/docs/events.json')).body;
    return new CheckedMessages(shop, document);
  }

  /** The examples of the AsyncAPI document, by the names of their messages. */
  get examples(): ReadonlyMap<string, readonly object[]> {
    return new Map(
      Object.entries(this.document.components.messages).map(([name, { examples }]) => [
        name,
        examples.map(({ payload }) => payload),
      ]),
    );
  }

  /** By the AsyncAPI document. @throws Error that says what is wrong with it */
  check(name: string, { content }: HasContent): void {
    this.assert(`document#/components/messages/${name}/payload`, parsed(content.toString()));
  }

  /** By the AsyncAPI document, and its data by the schema that it names. @throws Error that says what is wrong with it */
  async checkEvent(message: HasContent): Promise<void> {
    const { type, dataschema = '', data } = parsed<CloudEvent>(message.content.toString());
    this.check(type, message);
    if (this.ajv.getSchema(dataschema) === undefined) this.ajv.addSchema(await this.served(dataschema));
    this.assert(dataschema, data);
  }

  private async served(dataschema: string): Promise<object> {
    const { status, body } = await this.shop.call(new URL(dataschema).pathname);
    if (status !== 200) throw new Error(`No schema is served for ${dataschema}`);
    const schema: object = body;
    return { ...closed(schema), $id: dataschema };
  }

  private assert(schema: string, value: unknown): void {
    const validate = this.ajv.getSchema(schema);
    if (validate === undefined) throw new Error(`Nothing is said of ${schema}`);
    if (!validate(value)) throw new Error(`${schema}: ${this.ajv.errorsText(validate.errors)}`);
  }
}
