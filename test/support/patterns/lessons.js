const own = (lesson) => `test/patterns/${lesson}.spec.ts`;

const OWN = [
  '01-hello-world',
  '02-work-queue',
  '03-publish-subscribe',
  '04-exclusive-or-durable',
  '05-routing',
  '06-topics',
  '07-headers',
  '09-confirms',
  '10-returned',
  '12-acknowledgements',
  '15-length-limit',
  '16-ttl',
  '17-priorities',
  '19-quorum-or-classic',
  '22-collector',
  '23-burst',
];

/** The course: for each lesson, the tests that show it. Each has a page of that name in `docs/patterns`. */
const LESSONS = Object.fromEntries(OWN.map((lesson) => [lesson, [own(lesson)]]));

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
