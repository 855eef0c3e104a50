import { S390X } from '../vm/machine';
import { setUp } from '../vm/setup';

export default async function setup(): Promise<void> {
  await setUp(S390X);
}
