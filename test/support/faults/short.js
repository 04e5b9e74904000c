/** The ten most telling faults, which `npm run verify` runs with less load. All the others: `npm run test:faults`. */
module.exports = [
  '01-service-killed',
  '02-broker-killed',
  '05-link-broken',
  '06-database-killed',
  '11-poison',
  '12-same-message-thrice',
  '16-smtp-dies-before-answer',
  '19-last-item',
  '20-sigterm',
  '22-unroutable',
];
