import { BatchWindow, LARGEST_BATCH } from './batch-window';

describe(BatchWindow.name, () => {
  it('takes whole batches at first, and one message after a refusal', () => {
    const sut = new BatchWindow();
    expect(sut.size).toBe(LARGEST_BATCH);
    sut.shrinkToOne();
    expect(sut.size).toBe(1);
  });

  it('grows by one message with each batch that went through, up to the largest', () => {
    const sut = new BatchWindow();
    sut.shrinkToOne();
    const sizes = Array.from({ length: LARGEST_BATCH + 1 }, () => {
      const { size } = sut;
      sut.grow();
      return size;
    });
    const upwards = Array.from({ length: LARGEST_BATCH }, (_, index) => index + 1);
    expect(sizes).toEqual([...upwards, LARGEST_BATCH]);
  });
});
