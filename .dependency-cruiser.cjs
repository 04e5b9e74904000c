/** The walls of the architecture. `npm run check:walls` fails when a file reaches through one. */

const NPM = 'node_modules/';
const SPEC = '\\.spec\\.ts$';
const AMQP = `${NPM}(amqplib|@types/amqplib|amqp-connection-manager|@golevelup/)`;
const POSTGRES = `${NPM}(pg|pg-[^/]+|@types/pg)/`;

/** A library may use these libraries and no other. */
const onlyLibraries = (library, allowed) => ({
  name: `${library}-depends-on-${allowed.length === 0 ? 'no-library' : allowed.join('-')}`,
  severity: 'error',
  from: { path: `^libs/${library}/` },
  to: { path: '^libs/', pathNot: `^libs/(${[library, ...allowed].join('|')})/` },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'apps-do-not-know-each-other',
      comment: 'What two apps need belongs into a library; what they tell each other travels as an event.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libraries-do-not-know-apps',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    onlyLibraries('contracts', []),
    onlyLibraries('service', []),
    onlyLibraries('persistence', ['service']),
    onlyLibraries('amqp', ['contracts', 'service']),
    onlyLibraries('messaging', ['amqp', 'contracts', 'persistence', 'service']),
    onlyLibraries('broker-admin', ['amqp', 'contracts', 'service']),
    {
      name: 'libraries-only-through-their-index',
      severity: 'error',
      from: { path: '^(apps|infra|tools|test|bench)/' },
      to: { path: '^libs/', pathNot: '^libs/[^/]+/src/index\\.ts$' },
    },
    {
      name: 'libraries-only-through-each-others-index',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'amqp-only-in-amqp',
      comment:
        'Questions and answers go over the transport of Nest. Tools and tests may play a stranger that speaks AMQP, and the lessons of test/patterns are about AMQP itself.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['^libs/amqp/', '^libs/messaging/src/rpc/', SPEC] },
      to: { path: AMQP },
    },
    {
      name: 'golevelup-only-in-amqp',
      comment: 'The bench compares ours with the way of its documentation.',
      severity: 'error',
      from: { pathNot: ['^libs/(amqp|messaging/src/rpc)/', '^bench/textbook/', SPEC] },
      to: { path: `${NPM}@golevelup/` },
    },
    {
      name: 'postgres-only-in-persistence',
      comment: 'Tools and tests make and break databases.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['^libs/persistence/', SPEC] },
      to: { path: POSTGRES },
    },
    {
      name: 'apps-and-libraries-know-no-infrastructure-tools-or-tests',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: SPEC },
      to: { path: '^(infra|tools|test)/' },
    },
    {
      name: 'infrastructure-knows-itself-only',
      comment: 'It runs the servers that the suite needs, and knows nothing of orders.',
      severity: 'error',
      from: { path: '^infra/', pathNot: SPEC },
      to: { path: '^(apps|libs|tools|test|bench)/' },
    },
    {
      name: 'bench-knows-infrastructure-and-launcher-only',
      comment: 'It measures from outside: the services are processes, and what they do inside may change.',
      severity: 'error',
      from: { path: '^bench/' },
      to: { path: '^(apps|libs|test)/' },
    },
    {
      name: 'nobody-knows-the-bench',
      severity: 'error',
      from: { pathNot: '^bench/' },
      to: { path: '^bench/' },
    },
    {
      name: 'what-the-bench-compares-with-stands-alone',
      comment: 'The limit and the usual way use nothing of ours.',
      severity: 'error',
      from: { path: '^bench/(bare|textbook|synchronous|sinks)/', pathNot: SPEC },
      to: { pathNot: ['^bench/(bare|textbook|synchronous|sinks)/', NPM], dependencyTypesNot: ['core'] },
    },
    {
      name: 'tools-know-libraries-only',
      comment: 'Tools start the apps as processes.',
      severity: 'error',
      from: { path: '^tools/' },
      to: { path: '^(apps|test)/' },
    },
    {
      name: 'tests-know-no-apps',
      comment: 'What crosses processes is tested from outside; what does not has its spec beside it.',
      severity: 'error',
      from: { path: '^test/' },
      to: { path: '^apps/' },
    },
    {
      name: 'nobody-imports-specs',
      severity: 'error',
      from: {},
      to: { path: SPEC },
    },
    {
      name: 'no-cycles',
      comment: 'Two files may know each other by type alone: nothing of that is left at run time.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^test/support/.*\\.js$', '^tools/[^/]+\\.mjs$'] },
      to: {},
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'only-what-is-in-package-json',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-development-dependencies-in-production',
      comment: 'Of amqplib, which golevelup brings along, messaging uses the types alone.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: SPEC },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: `${NPM}(@types|amqplib)/`,
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage|\\.data)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
