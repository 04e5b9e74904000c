import { itOutlives } from '../support/faults/alarm';

describe('Fault 09: the broker is short of disk space', () => {
  itOutlives({
    raise: ['set_disk_free_limit', '1000000GB'],
    clear: ['set_disk_free_limit', '50MB'],
  });
});
