/** A web page that an application of an EMR cluster shows on its primary node. */
export interface ApplicationUi {
  readonly id: string;
  /** What people call it. */
  readonly title: string;
  readonly scheme: 'http' | 'https';
  readonly port: number;
  /** Begins with a slash. */
  readonly path: string;
}

interface Known extends Omit<ApplicationUi, 'scheme' | 'path' | 'port'> {
  /** As EMR names it; null: it is there with every cluster. */
  readonly application: string | null;
  readonly scheme?: ApplicationUi['scheme'];
  readonly path?: string;
  /** By the major version of the release. */
  readonly port: (major: number) => number;
}

const always = (port: number) => () => port;

/**
 * EMR Management Guide, "View web interfaces hosted on Amazon EMR clusters", and the Release Guide of each
 * application. HDFS moved its page with Hadoop 3, which came with release 6.
 */
const known: readonly Known[] = [
  { id: 'jupyterhub', title: 'JupyterHub', application: 'JupyterHub', scheme: 'https', port: always(9443) },
  { id: 'spark', title: 'Spark History Server', application: 'Spark', port: always(18080) },
  { id: 'zeppelin', title: 'Zeppelin', application: 'Zeppelin', port: always(8890) },
  { id: 'livy', title: 'Livy', application: 'Livy', path: '/ui', port: always(8998) },
  { id: 'hue', title: 'Hue', application: 'Hue', port: always(8888) },
  { id: 'hbase', title: 'HBase', application: 'HBase', port: always(16_010) },
  { id: 'tez', title: 'Tez', application: 'Tez', path: '/tez-ui/', port: always(8080) },
  { id: 'flink', title: 'Flink History Server', application: 'Flink', port: always(8082) },
  { id: 'ganglia', title: 'Ganglia', application: 'Ganglia', path: '/ganglia/', port: always(80) },
  { id: 'yarn', title: 'YARN', application: null, port: always(8088) },
  { id: 'hdfs', title: 'HDFS', application: null, port: (major) => (major < 6 ? 50_070 : 9870) },
];

/**
 * The pages of a cluster, by its release (`emr-6.15.0`) and applications as EMR lists them, with or without their
 * versions. YARN and HDFS belong to Hadoop, which every cluster has.
 */
export function applicationUis(
  releaseLabel: string,
  applications: readonly string[],
): readonly ApplicationUi[] {
  const major = Number(/^emr-(\d+)\./.exec(releaseLabel)?.[1] ?? Number.NaN);
  const names = new Set(applications.map((application) => application.split(' ')[0]?.toLowerCase()));
  const pageOf = ({ id, title, scheme = 'http', path = '/', port }: Known): ApplicationUi => ({
    ...{ id, title, scheme, path },
    port: port(major),
  });
  return known
    .filter(({ application }) => application === null || names.has(application.toLowerCase()))
    .map(pageOf);
}

/** Where it is found, as the primary node of that name would write it. */
export function applicationUiAddress({ scheme, port, path }: ApplicationUi, host: string): string {
  const usual = scheme === 'https' ? 443 : 80;
  return `${scheme}://${host}${port === usual ? '' : `:${port}`}${path}`;
}
