import i18next from 'i18next';
import { beforeAll, expect, test, vi } from 'vitest';
import { reportText } from '../../../../renderer/features/diagnosis/report-text';
import { startI18n } from '../../../../renderer/i18n/i18n';
import type { DiagnosisSnapshot } from '../../../../shared/model/diagnosis';
import { oldServerDiagnosis, permissionsDiagnosis } from '../../../support/diagnosis-samples';
import { gpuMachine } from '../../../support/samples';

beforeAll(async () => {
  vi.stubGlobal('document', { documentElement: {} });
  await startI18n('en');
});

const reportOf = (diagnosis: Omit<DiagnosisSnapshot, 'machineId' | 'revision'>, language = 'en') =>
  reportText(
    i18next.getFixedT(language),
    { machineId: gpuMachine.id, revision: 1, ...diagnosis },
    { machineName: 'GPU box', version: '0.1.0', time: '4 March 2026', language },
  );

test('a report tells each step with its server, and what mends the failing one', () => {
  const report = reportOf(permissionsDiagnosis);
  expect(report).toContain('Nuvem 0.1.0: the way into GPU box, 4 March 2026');
  expect(report).toContain('This is where it fails:\nOthers may write to /home/ubuntu,');
  expect(report).toContain('$ chmod go-w ~\n$ chmod 600 ~/.ssh/authorized_keys');
  expect(report).toContain('GPU box · Look up the name: fine (0.1 s)\n    gpu.example.com has the address');
});

test('a report names jump hosts by their place, in the language of the app', () => {
  const report = reportOf(oldServerDiagnosis, 'pt-BR');
  expect(report).toContain('bastion (1 de 2) · Alcançar a porta: certo (0,1 s)');
  expect(report).toContain('O servidor oferece: diffie-hellman-group14-sha1');
  expect(report).toContain('(troca de chaves)');
});
