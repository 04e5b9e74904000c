import type { AsyncApiDocument, Channel, Message, Schema } from './async-api-document';
import { code, escaped, prose, table } from './html';

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  h2 { margin-top: 3rem; } h3 { margin-top: 2.5rem; }
  table { border-collapse: collapse; width: 100%; }
  th, td { border-bottom: 1px solid #8884; padding: .35rem .75rem .35rem 0; text-align: left; vertical-align: top; }
  pre { background: #8881; border-radius: .4rem; overflow: auto; padding: 1rem; font-size: .875rem; }`;

/** The events as a page, for people; it needs no script and no other server. */
export function eventsPage(document: AsyncApiDocument): string {
  const { info, channels, components } = document;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(info.title)}</title><style>${STYLE}</style></head>
<body>
<h1>${escaped(info.title)}</h1>
<p>${prose(info.description)}</p>
<p>The same as an AsyncAPI 3 document: <a href="/docs/events.json">events.json</a>. The calls over HTTP: <a href="/docs">order API</a>.</p>
<h2>Channels</h2>
${table(
  ['Channel', 'Kind', 'Sent by', 'Received by', ''],
  Object.entries(channels).map(([name, channel]) => [
    code(name),
    escaped(kindOf(channel)),
    servicesOf(document, name, 'send'),
    servicesOf(document, name, 'receive'),
    prose(channel.description),
  ]),
)}
<h2>Messages</h2>
${Object.values(components.messages)
  .map((message) => messageSection(document, message))
  .join('\n')}
<h2>What is inside them</h2>
${Object.entries(components.schemas)
  .map(([name, schema]) => schemaSection(name, schema))
  .join('\n')}
</body>
</html>
`;
}

const kindOf = ({ bindings: { amqp } }: Channel): string =>
  amqp.exchange === undefined ? 'queue' : `${amqp.exchange.type} exchange`;

/** Who receives a message sends the reply to it, and the other way round. */
function servicesOf({ operations }: AsyncApiDocument, channel: string, action: 'send' | 'receive'): string {
  const own = Object.values(operations).filter((operation) => {
    const used = operation.action === action ? operation.channel : operation.reply?.channel;
    return used?.$ref === `#/channels/${channel}`;
  });
  return escaped(own.flatMap(({ tags }) => tags.map(({ name }) => name)).join(', '));
}

function messageSection({ channels }: AsyncApiDocument, message: Message): string {
  const { name, title, summary = '', contentType, externalDocs, examples } = message;
  const on = Object.keys(channels).filter((channel) => name in (channels[channel]?.messages ?? {}));
  const [example] = examples;
  return `<h3 id="${escaped(name)}">${escaped(name)}</h3>
<p>${prose(summary)}</p>
<p>On ${on.map(code).join(', ')}, as ${code(contentType)}. Members: ${linkTo(title)}; <a href="${escaped(servedAt(externalDocs.url))}">JSON Schema</a>.</p>
<pre>${escaped(JSON.stringify(example?.payload, null, 2))}</pre>`;
}

/** Where this service has what a URI names. */
const servedAt = (uri: string): string => uri.replace(/^.*(\/[^/]+\/v\d+)$/, '/schemas$1');

function schemaSection(name: string, { description = '', properties = {}, required = [] }: Schema): string {
  const rows = Object.entries(properties).map(([member, schema]) => [
    code(member),
    typeOf(schema),
    required.includes(member) ? 'always' : 'maybe',
    prose(schema.description ?? ''),
  ]);
  return `<h3 id="${escaped(name)}">${escaped(name)}</h3>
<p>${prose(description)}</p>
${table(['Member', 'Type', 'There', ''], rows)}`;
}

function typeOf({ $ref, items, type, format, enum: values }: Schema): string {
  if ($ref !== undefined) return linkTo($ref.split('/').at(-1) ?? '');
  if (items !== undefined) return `list of ${typeOf(items)}`;
  if (values !== undefined) return values.map((value) => code(String(value))).join(' ');
  return escaped(format ?? [type ?? 'anything'].flat().join(' or '));
}

const linkTo = (schema: string): string => `<a href="#${escaped(schema)}">${escaped(schema)}</a>`;
