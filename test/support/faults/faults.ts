import type { Fault } from './fault.ts';
import { payloadFaults } from './payloadFaults.ts';
import { requestFaults } from './requestFaults.ts';
import { statusFaults } from './statusFaults.ts';
import { streamFaults } from './streamFaults.ts';
import { transportFaults } from './transportFaults.ts';

/** Every fault that the test gateway can play, by name. */
export const faults = {
  ...transportFaults,
  ...statusFaults,
  ...streamFaults,
  ...payloadFaults,
  ...requestFaults,
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;
