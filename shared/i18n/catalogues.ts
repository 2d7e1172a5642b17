import enActions from './en/actions.json' with { type: 'json' };
import enApp from './en/app.json' with { type: 'json' };
import enAws from './en/aws.json' with { type: 'json' };
import enClusters from './en/clusters.json' with { type: 'json' };
import enCosts from './en/costs.json' with { type: 'json' };
import enDesktop from './en/desktop.json' with { type: 'json' };
import enDiagnosis from './en/diagnosis.json' with { type: 'json' };
import enEc2 from './en/ec2.json' with { type: 'json' };
import enEnvironments from './en/environments.json' with { type: 'json' };
import enErrors from './en/errors.json' with { type: 'json' };
import enLog from './en/log.json' with { type: 'json' };
import enMetrics from './en/metrics.json' with { type: 'json' };
import enS3 from './en/s3.json' with { type: 'json' };
import enSlurm from './en/slurm.json' with { type: 'json' };
import enUnits from './en/units.json' with { type: 'json' };
import ptBRActions from './pt-BR/actions.json' with { type: 'json' };
import ptBRApp from './pt-BR/app.json' with { type: 'json' };
import ptBRAws from './pt-BR/aws.json' with { type: 'json' };
import ptBRClusters from './pt-BR/clusters.json' with { type: 'json' };
import ptBRCosts from './pt-BR/costs.json' with { type: 'json' };
import ptBRDesktop from './pt-BR/desktop.json' with { type: 'json' };
import ptBRDiagnosis from './pt-BR/diagnosis.json' with { type: 'json' };
import ptBREc2 from './pt-BR/ec2.json' with { type: 'json' };
import ptBREnvironments from './pt-BR/environments.json' with { type: 'json' };
import ptBRErrors from './pt-BR/errors.json' with { type: 'json' };
import ptBRLog from './pt-BR/log.json' with { type: 'json' };
import ptBRMetrics from './pt-BR/metrics.json' with { type: 'json' };
import ptBRS3 from './pt-BR/s3.json' with { type: 'json' };
import ptBRSlurm from './pt-BR/slurm.json' with { type: 'json' };
import ptBRUnits from './pt-BR/units.json' with { type: 'json' };

/**
 * Every user-visible text, in both languages: `app` is the renderer's, `desktop` the main process's (tray,
 * menus, dialogs, gateway pages), `actions` what users can do
 * by menu, palette and keys, `aws`, `clusters`, `costs`, `ec2`, `metrics` and `s3` what is about AWS, `diagnosis` the diagnosis's,
 * `environments` the Python environments', `slurm` Slurm's jobs', `units` the services', `errors` and `log` belong to the codes of
 * `shared/errors` and `shared/model`.
 */
export const catalogues = {
  en: {
    actions: enActions,
    app: enApp,
    aws: enAws,
    clusters: enClusters,
    costs: enCosts,
    desktop: enDesktop,
    diagnosis: enDiagnosis,
    ec2: enEc2,
    environments: enEnvironments,
    errors: enErrors,
    log: enLog,
    metrics: enMetrics,
    s3: enS3,
    slurm: enSlurm,
    units: enUnits,
  },
  'pt-BR': {
    actions: ptBRActions,
    app: ptBRApp,
    aws: ptBRAws,
    clusters: ptBRClusters,
    costs: ptBRCosts,
    desktop: ptBRDesktop,
    diagnosis: ptBRDiagnosis,
    ec2: ptBREc2,
    environments: ptBREnvironments,
    errors: ptBRErrors,
    log: ptBRLog,
    metrics: ptBRMetrics,
    s3: ptBRS3,
    slurm: ptBRSlurm,
    units: ptBRUnits,
  },
} as const;

export type Language = keyof typeof catalogues;
