const own = (lesson) => `test/patterns/${lesson}.spec.ts`;
const guarantee = (name) => `libs/messaging/conformance/${name}.spec.ts`;

const OWN = [
  '01-hello-world',
  '02-work-queue',
  '03-publish-subscribe',
  '04-exclusive-or-durable',
  '05-routing',
  '06-topics',
  '07-headers',
  '08-request-reply',
  '09-confirms',
  '10-returned',
  '11-persistence',
  '12-acknowledgements',
  '15-length-limit',
  '16-ttl',
  '17-priorities',
  '18-order',
  '19-quorum-or-classic',
  '22-collector',
  '23-burst',
];

/** What the suite is tested by anyway, told as a lesson. */
const OF_THE_SUITE = {
  '13-retry-ladder': [guarantee('retry-ladder')],
  '14-dead-letters': [
    guarantee('permanent-error'),
    'libs/broker-admin/src/dead-letters/dead-letters.integration.spec.ts',
  ],
  '20-outbox': [guarantee('outbox')],
  '21-inbox': [guarantee('handled-once'), guarantee('killed-after-commit')],
  '24-foreign-program': ['test/e2e/examples.spec.ts'],
};

/** The course: for each lesson, the tests that show it. Each has a page of that name in `docs/patterns`. */
const LESSONS = {
  ...Object.fromEntries(OWN.map((lesson) => [lesson, [own(lesson)]])),
  ...OF_THE_SUITE,
};

/** Those of `npm test`: what takes a second or two, and compares no times. */
const FIRST = [
  '01-hello-world',
  '03-publish-subscribe',
  '05-routing',
  '06-topics',
  '07-headers',
  '10-returned',
];

/** The name of the lesson that this file shows. */
const lessonOf = (path) =>
  Object.keys(LESSONS).find((lesson) => LESSONS[lesson].some((file) => path.endsWith(file)));

module.exports = { FIRST, LESSONS, lessonOf, own };
