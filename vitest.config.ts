import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Tests of real programs mostly wait for them: as many at once as a small machine has cores, not one fewer.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          // A busy machine takes its time for thousands of made-up cases.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          // Real programs on a busy machine: a test waits for events, this only ends one that waits in vain.
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
