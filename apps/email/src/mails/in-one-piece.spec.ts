import { Readable } from 'node:stream';
import { inOnePiece } from './in-one-piece';

describe(inOnePiece.name, () => {
  it('joins the chunks, bytes and all', async () => {
    const chunks = await inOnePiece(
      Readable.from(['Price: ', Buffer.from([0xe2, 0x82]), Buffer.from([0xac])]),
    ).toArray();

    expect(chunks.map(String)).toEqual(['Price: €']);
  });

  it('fails when the message does', async () => {
    const broken = new Readable({ read: () => broken.destroy(new Error('no such attachment')) });

    await expect(inOnePiece(broken).toArray()).rejects.toThrow('no such attachment');
  });
});
