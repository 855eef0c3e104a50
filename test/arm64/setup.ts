import { ARM64 } from '../vm/machine';
import { setUp } from '../vm/setup';

export default async function setup(): Promise<void> {
  await setUp(ARM64);
}
