import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { closed } from '../support/contract/closed';

type Schema = Readonly<Record<string, unknown>>;

interface DocumentedAnswer {
  /** Where it stands once for several operations; then it says nothing else. */
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, { readonly required?: boolean; readonly schema: Schema }>>;
  readonly content?: Readonly<Record<string, { readonly schema: Schema; readonly examples?: Examples }>>;
}

type Examples = Readonly<Record<string, { readonly value: { readonly type?: string } }>>;

interface DocumentedOperation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly examples: Examples }>> };
  readonly responses: Readonly<Record<string, DocumentedAnswer>>;
}

/** What a test needs to know of an OpenAPI document. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses: Readonly<Record<string, DocumentedAnswer>>;
  };
}

/** Holds answers against an OpenAPI document: nothing may be answered that it does not say, no status, header or member. */
export class CheckedAnswers {
  /** How often each documented answer was seen: `GET /orders/{id} 304`; one that is declared for several operations by its reference. */
  readonly seen = new Map<string, number>();
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });

  constructor(private readonly document: OpenApiDocument) {
    addFormats(this.ajv);
    this.ajv.addSchema({ $id: 'document', components: closed(document.components) });
  }

  /** A `fetch` whose answers are checked. @throws Error that says what the document does not */
  readonly fetch = async (request: Request): Promise<Response> => {
    const response = await fetch(request);
    await this.check(request, response.clone());
    return response;
  };

  /** All that the document says, named as in `seen`. */
  documented(): string[] {
    return Object.entries(this.document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, { responses }]) =>
        Object.entries(responses).map(
          ([status, { $ref }]) => $ref ?? `${method.toUpperCase()} ${path} ${status}`,
        ),
      ),
    );
  }

  /** @throws Error that says what the document does not */
  async check({ method, url }: Pick<Request, 'method' | 'url'>, response: Response): Promise<void> {
    const { path, operation } = this.operationFor(method.toLowerCase(), new URL(url).pathname);
    const call = `${method} ${path} ${response.status}`;
    const answer = operation.responses[response.status];
    if (answer === undefined) throw new Error(`${call} is not documented`);
    const documented = this.resolved(answer);
    this.checkHeaders(call, documented, response.headers);
    await this.checkBody(call, documented, response);
    const name = answer.$ref ?? call;
    this.seen.set(name, (this.seen.get(name) ?? 0) + 1);
  }

  private resolved(answer: DocumentedAnswer): DocumentedAnswer {
    return this.document.components.responses[answer.$ref?.split('/').at(-1) ?? ''] ?? answer;
  }

  private operationFor(method: string, path: string): { path: string; operation: DocumentedOperation } {
    for (const [template, operations] of Object.entries(this.document.paths)) {
      const pattern = new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
      const operation = operations[method];
      if (operation !== undefined && pattern.test(path)) return { path: template, operation };
    }
    throw new Error(`${method} ${path} is not documented`);
  }

  private checkHeaders(call: string, { headers = {} }: DocumentedAnswer, answered: Headers): void {
    for (const [name, { required, schema }] of Object.entries(headers)) {
      const value = answered.get(name);
      if (value === null && required === true) throw new Error(`${call} has no ${name}`);
      if (value === null) continue;
      this.assert(`${call} ${name}`, schema, schema.type === 'integer' ? Number(value) : value);
    }
    const undocumented = TOLD.filter((name) => answered.has(name) && !(titled(name) in headers));
    if (undocumented.length > 0) throw new Error(`${call} has undocumented ${undocumented.join(', ')}`);
  }

  private async checkBody(call: string, { content }: DocumentedAnswer, response: Response): Promise<void> {
    const text = await response.text();
    const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
    if (content === undefined) {
      if (text !== '') throw new Error(`${call} has an undocumented body`);
      return;
    }
    const documented = content[type];
    if (documented === undefined) throw new Error(`${call} is ${type}, which is not documented`);
    const body: unknown = JSON.parse(text);
    this.assert(call, documented.schema, body);
    const types = Object.values(documented.examples ?? {}).map(({ value }) => value.type);
    if (isProblem(body) && !types.includes(body.type))
      throw new Error(`${call} ${body.type} is not documented`);
  }

  private assert(call: string, schema: Schema, value: unknown): void {
    const validate = this.validatorOf(schema);
    if (!validate(value))
      throw new Error(`${call}: ${this.ajv.errorsText(validate.errors)} in ${JSON.stringify(value)}`);
  }

  /** A reference of the document is one into the document. */
  private validatorOf(schema: Schema): ValidateFunction {
    const text = JSON.stringify(closed(schema)).replaceAll('"#/', '"document#/');
    const own: Schema = JSON.parse(text);
    return this.ajv.compile(own);
  }
}

/** Headers that a caller is meant to use. */
const TOLD = ['location', 'idempotent-replayed', 'retry-after', 'etag'];

const titled = (name: string): string =>
  name === 'etag' ? 'ETag' : name.replaceAll(/\b\w/g, (letter) => letter.toUpperCase());

const isProblem = (body: unknown): body is { type: string } =>
  typeof body === 'object' && body !== null && 'type' in body && 'instance' in body;
