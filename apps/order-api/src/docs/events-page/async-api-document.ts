/** What the page shows of an AsyncAPI document. */
export interface AsyncApiDocument {
  readonly info: { readonly title: string; readonly description: string };
  readonly channels: Readonly<Record<string, Channel>>;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly components: {
    readonly messages: Readonly<Record<string, Message>>;
    readonly schemas: Readonly<Record<string, Schema>>;
  };
}

export interface Channel {
  readonly description: string;
  readonly messages: Readonly<Record<string, object>>;
  readonly bindings: {
    readonly amqp: { readonly is: string; readonly exchange?: { readonly type: string } };
  };
}

export interface Operation {
  readonly action: 'send' | 'receive';
  readonly channel: Reference;
  readonly reply?: { readonly channel: Reference };
  readonly tags: readonly { readonly name: string }[];
}

export interface Message {
  readonly name: string;
  readonly title: string;
  readonly summary?: string;
  readonly contentType: string;
  readonly externalDocs: { readonly url: string };
  readonly examples: readonly { readonly payload: object }[];
}

export interface Schema {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

interface Reference {
  readonly $ref: string;
}

export const isAsyncApi = (value: unknown): value is AsyncApiDocument =>
  typeof value === 'object' && value !== null && 'asyncapi' in value;
