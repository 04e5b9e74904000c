/** The ten most telling faults, which `npm test` runs with less load. All the others: `npm run test:faults`. */
module.exports = [
  '01-service-killed',
  '02-broker-killed',
  '05-link-broken',
  '06-database-killed',
  '10-queue-full',
  '11-poison',
  '12-same-message-thrice',
  '19-last-item',
  '20-sigterm',
  '22-unroutable',
];
