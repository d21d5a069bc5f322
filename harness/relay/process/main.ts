import { writeSync } from 'node:fs';
import type { RelayOrders } from '../messages.js';
import { standIn } from './standin.js';

const STDERR = 2;

/** The program of a relay's executable. */
export async function main(orders: RelayOrders): Promise<void> {
  try {
    await standIn(orders);
  } catch (error) {
    writeSync(STDERR, `relay: ${(error as Error).message}\n`);
    process.exit(1);
  }
}
