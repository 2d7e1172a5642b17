import { expect, test } from 'vitest';
import { VirtualPorts } from '../../../electron/jupyter/virtual-ports';
import { ServerId } from '../../../shared/model/notebook';

const one = ServerId.parse('one');
const two = ServerId.parse('two');
const socket = { kind: 'unixSocket', path: '/s' } as const;
const port = (number: number) => ({ kind: 'tcp', host: '127.0.0.1', port: number }) as const;

test('the first server is localhost:8888, the next one 8889', () => {
  const ports = new VirtualPorts();
  expect(ports.hostOf(one, socket)).toBe('localhost:8888');
  expect(ports.hostOf(two, socket)).toBe('localhost:8889');
});

test('a server keeps its name', () => {
  const ports = new VirtualPorts();
  ports.hostOf(one, socket);
  ports.hostOf(two, socket);
  expect(ports.hostOf(one, socket)).toBe('localhost:8888');
});

test('a server on a real port keeps that, unless the name is taken', () => {
  const ports = new VirtualPorts();
  expect(ports.hostOf(one, port(9000))).toBe('localhost:9000');
  expect(ports.hostOf(two, port(9000))).toBe('localhost:9001');
});

test('a name that was given back is used again', () => {
  const ports = new VirtualPorts();
  ports.hostOf(one, socket);
  ports.giveBack(one);
  expect(ports.hostOf(two, socket)).toBe('localhost:8888');
});
