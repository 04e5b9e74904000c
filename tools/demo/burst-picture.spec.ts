import { BurstScreen } from './burst-screen';
import { burstLine, burstPicture, type BurstState } from './burst-picture';

const state: BurstState = {
  seconds: 3.21,
  placed: 4_999,
  orders: 5_000,
  queues: [
    { service: 'inventory', messages: 0 },
    { service: 'email', messages: 4_000 },
    { service: 'sms', messages: 1 },
  ],
  highest: 8_000,
};

describe(burstPicture.name, () => {
  it('has a bar for each queue, of which the highest ever is as wide as the screen', () => {
    expect(burstPicture(state, { columns: 43 }).split('\n')).toEqual([
      '    3.2 s  4,999 of 5,000 orders accepted',
      '',
      '  inventory       0',
      `  email       4,000  ${'█'.repeat(10)}`,
      '  sms             1  █',
    ]);
  });

  it('has colours on a terminal alone', () => {
    expect(burstPicture(state)).not.toContain('\u001b');
  });
});

describe(burstLine.name, () => {
  it('is one line', () => {
    expect(burstLine(state)).toBe(
      '    3.2 s  4,999 of 5,000 orders accepted; waiting: inventory 0, email 4,000, sms 1',
    );
  });
});

describe(BurstScreen.name, () => {
  const written = (isTTY: boolean): string => {
    let output = '';
    const sut = new BurstScreen({ isTTY, columns: 43, write: (text) => (output += text) });
    sut.show(state);
    sut.show(state);
    return output;
  };

  it('draws one picture over the other on a terminal', () => {
    const [first, second] = written(true).split('\u001b[5A\r\u001b[J');
    expect(first).toContain('email');
    expect(second).toBe(first);
  });

  it('writes line after line elsewhere', () => {
    expect(written(false)).toBe(`${burstLine(state)}\n`.repeat(2));
  });
});
