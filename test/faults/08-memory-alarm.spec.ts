import { itOutlives } from '../support/faults/alarm';

describe('Fault 08: the broker is short of memory', () => {
  itOutlives({
    raise: ['set_vm_memory_high_watermark', 'absolute', '1MB'],
    clear: ['set_vm_memory_high_watermark', '0.4'],
  });
});
