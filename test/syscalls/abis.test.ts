import { ABIS, NODE_KINDS } from '../../src/syscalls/abis';

test('gives every node kind ABIs of one byte order, so that one filter can hold them', () => {
  for (const kind of NODE_KINDS) {
    const orders = new Set(kind.abis.map(name => ABIS.find(abi => abi.name === name)!.endianness));
    expect([kind.name, orders.size]).toStrictEqual([kind.name, 1]);
  }
});

test('names every ABI and every machine once', () => {
  const names = ABIS.map(abi => abi.name);
  const machines = NODE_KINDS.flatMap(kind => kind.machines);
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(machines).size).toBe(machines.length);
});
