/**
 * The command line that runs npm with `args`: the npm that started us if there is one, so that its version and
 * settings are the user's; found without a shell, which Windows would need for `npm.cmd`.
 * @param {readonly string[]} args
 * @returns {{ command: string, args: string[] }}
 */
export function npmCommandLine(args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return { command: process.execPath, args: [cli, ...args] };
  return { command: 'npm', args: [...args] };
}
