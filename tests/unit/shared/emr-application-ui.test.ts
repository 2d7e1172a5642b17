import { expect, test } from 'vitest';
import { applicationUiAddress, applicationUis } from '../../../shared/model/emr-application-ui';

const addresses = (release: string, applications: readonly string[]) =>
  Object.fromEntries(
    applicationUis(release, applications).map((ui) => [ui.id, applicationUiAddress(ui, 'ip-10-0-0-1')]),
  );

test('a cluster of release 6 has the pages of its applications, and those of Hadoop', () => {
  expect(addresses('emr-6.15.0', ['Spark 3.4.1', 'JupyterHub 1.5.0', 'Livy 0.7.1', 'Hive 3.1.3'])).toEqual({
    jupyterhub: 'https://ip-10-0-0-1:9443/',
    spark: 'http://ip-10-0-0-1:18080/',
    livy: 'http://ip-10-0-0-1:8998/ui',
    yarn: 'http://ip-10-0-0-1:8088/',
    hdfs: 'http://ip-10-0-0-1:9870/',
  });
});

test('of release 5 HDFS is where Hadoop 2 had it, and what was with it then is there', () => {
  expect(addresses('emr-5.36.1', ['Zeppelin', 'Hue', 'HBase', 'Tez', 'Flink', 'Ganglia'])).toEqual({
    zeppelin: 'http://ip-10-0-0-1:8890/',
    hue: 'http://ip-10-0-0-1:8888/',
    hbase: 'http://ip-10-0-0-1:16010/',
    tez: 'http://ip-10-0-0-1:8080/tez-ui/',
    flink: 'http://ip-10-0-0-1:8082/',
    ganglia: 'http://ip-10-0-0-1/ganglia/',
    yarn: 'http://ip-10-0-0-1:8088/',
    hdfs: 'http://ip-10-0-0-1:50070/',
  });
});
