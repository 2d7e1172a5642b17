import { z } from 'zod';

/** One line, for what becomes part of a command or of a list. */
export const singleLine = /^[^\r\n\0]*$/;
const hostCharacters = /^[^\s/@#?"'`\\<>|;&$(){}\0]+$/;

/** A host name or an address. */
export const HostName = z
  .string()
  .trim()
  .min(1, 'host-empty')
  .max(255, 'host-too-long')
  .regex(hostCharacters, 'host-characters')
  .refine((host) => !host.startsWith('-'), 'host-characters');

/** A TCP port that something can be reached by. */
export const Port = z.number('port-range').int('port-range').min(1, 'port-range').max(65535, 'port-range');
