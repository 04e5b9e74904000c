import { membersOf } from './validation.error';

describe(membersOf.name, () => {
  it('lists every broken rule under its path', () => {
    const errors = [
      {
        property: 'lines',
        children: [
          {
            property: '0',
            constraints: { isObject: 'must be an object' },
            children: [{ property: 'sku', constraints: { isString: 'A', isNotEmpty: 'B' } }],
          },
        ],
      },
      { property: 'customer', children: [{ property: 'email', constraints: { isEmail: 'C' } }] },
    ];
    expect(membersOf(errors)).toEqual([
      { path: 'lines[0]', message: 'must be an object' },
      { path: 'lines[0].sku', message: 'A' },
      { path: 'lines[0].sku', message: 'B' },
      { path: 'customer.email', message: 'C' },
    ]);
  });

  it('is empty where nothing is wrong', () => {
    expect(membersOf([])).toEqual([]);
  });
});
