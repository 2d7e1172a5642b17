import type { ListeningPort } from '../../../shared/model/tunnel-status';

/** By which names people know what usually listens on a port. */
const services: Readonly<Record<number, string>> = {
  3000: 'Grafana',
  3306: 'MySQL',
  4040: 'Spark',
  4041: 'Spark',
  4200: 'Prefect',
  5000: 'MLflow',
  5432: 'PostgreSQL',
  6006: 'TensorBoard',
  6379: 'Redis',
  7860: 'Gradio',
  8088: 'YARN',
  8265: 'Ray',
  8501: 'Streamlit',
  8787: 'Dask',
  8888: 'Jupyter',
  8890: 'Zeppelin',
  8998: 'Livy',
  9090: 'Prometheus',
  9200: 'Elasticsearch',
  9870: 'HDFS',
  18080: 'Spark History',
  27017: 'MongoDB',
};
const shownAtMost = 8;

/** What usually listens on this port; undefined for one without a name. */
export const serviceName = (port: number): string | undefined => services[port];

/** The ports most likely to be wanted: those with a known service, then the user's own programs, then the rest. */
export function suggestedPorts(ports: readonly ListeningPort[]): readonly ListeningPort[] {
  const rank = ({ port, process }: ListeningPort): number =>
    serviceName(port) !== undefined ? 0 : process === '' ? 2 : 1;
  return [...ports].sort((one, other) => rank(one) - rank(other)).slice(0, shownAtMost);
}
