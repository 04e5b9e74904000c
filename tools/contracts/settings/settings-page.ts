import { format, resolveConfig } from 'prettier';
import { TOPOLOGY } from '@app/contracts';
import type { ConfigClass } from '@app/service';
import { LauncherConfig } from '../../console/launcher-config';
import type { ClassComments } from '../doc-comments';
import { readByServices } from './read-by-services';
import { type Setting, settingsIn } from './setting';

const PAGE = 'docs/settings.md';

type Comments = ReadonlyMap<string, ClassComments>;

const TITLE = `# Settings

<!-- Made by "npm run contracts" from the classes of the configuration. -->

Every variable that the services read from their environment, and those of the commands that start them. OpenTelemetry reads [more of its own](tracing.md). A bad value ends the process before anything is started, and all bad values are named at once. Any of them can be given as a file: \`RABBITMQ_URL_FILE=/run/secrets/rabbitmq-url\`.
\`npm start\` gives the services their addresses and passwords itself, and passes some of the others on ([operations](operations.md#without-containers)).
`;

const OF_SERVICES = ['variable', 'default', 'unit and range', 'services', 'what it does'];
const OF_TOOLS = OF_SERVICES.filter((column) => column !== 'services');

/** The page that lists all settings, as a file by its name. */
export async function settingsPage(comments: Comments): Promise<Readonly<Record<string, string>>> {
  const services = readByServices();
  const all = `all ${TOPOLOGY.length}`;
  const ofServices = [...services].map(([configClass, names]) =>
    rowsOf(configClass, names.length === TOPOLOGY.length ? all : names.join(', '), comments),
  );
  const text = [
    TITLE,
    '## Of the services\n',
    head(OF_SERVICES),
    ...ofServices.flat(),
    '\n## Of `npm start`, `npm run demo` and `npm run topology`\n',
    head(OF_TOOLS),
    ...rowsOf(LauncherConfig, undefined, comments),
  ].join('\n');
  const style = await resolveConfig(PAGE);
  return { [PAGE]: await format(text, { ...style, parser: 'markdown' }) };
}

/** @param services that read the class; undefined where no column tells it */
const rowsOf = (configClass: ConfigClass, services: string | undefined, comments: Comments): string[] =>
  settingsIn(configClass).map((setting) =>
    row([
      `\`${setting.variable}\``,
      defaultOf(setting),
      setting.values,
      ...(services === undefined ? [] : [services]),
      meaningOf(configClass.name, setting.property, comments),
    ]),
  );

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const head = (columns: readonly string[]): string => `${row(columns)}\n${row(columns.map(() => '---'))}`;

function defaultOf({ default: value, isOptional }: Setting): string {
  if (value !== undefined) return `\`${value}\``;
  return isOptional ? '' : 'must be given';
}

/** @throws Error for one without a doc comment */
function meaningOf(className: string, property: string, comments: Comments): string {
  const { members, parent, own } = comments.get(className) ?? { members: new Map<string, string>() };
  const text = members.get(property) ?? (parent === undefined ? own : meaningOf(parent, property, comments));
  if (text === undefined) throw new Error(`${className}.${property} has no doc comment.`);
  return text.replaceAll('|', '\\|');
}
