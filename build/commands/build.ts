import { buildApp } from '../app-bundle';
import { runScript, step } from '../step';

await runScript(() => step('Build', buildApp));
