export type DistPlatform = 'linux' | 'darwin' | 'win32';

interface SigningNeed {
  /** Any one of these groups of environment variables is enough. */
  readonly anyOf: readonly (readonly string[])[];
  /** What users get without, and what to set. */
  readonly without: string;
}

const needs: Readonly<Record<DistPlatform, readonly SigningNeed[]>> = {
  linux: [],
  darwin: [
    {
      anyOf: [['CSC_LINK', 'CSC_KEY_PASSWORD'], ['CSC_NAME']],
      without:
        'The macOS package is not signed: macOS will refuse to open it. Set CSC_LINK and CSC_KEY_PASSWORD ' +
        '(a "Developer ID Application" certificate), or CSC_NAME for one in the keychain.',
    },
    {
      anyOf: [
        ['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'],
        ['APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID'],
        ['APPLE_KEYCHAIN', 'APPLE_KEYCHAIN_PROFILE'],
      ],
      without:
        'The macOS package is not notarised: macOS will warn that it cannot check it. Set APPLE_API_KEY, ' +
        'APPLE_API_KEY_ID and APPLE_API_ISSUER.',
    },
  ],
  win32: [
    {
      anyOf: [
        ['WIN_CSC_LINK', 'WIN_CSC_KEY_PASSWORD'],
        ['CSC_LINK', 'CSC_KEY_PASSWORD'],
      ],
      without:
        'The Windows package is not signed: SmartScreen will warn of it. Set WIN_CSC_LINK and WIN_CSC_KEY_PASSWORD.',
    },
  ],
};

/**
 * What the packages of these platforms will lack, as sentences with the way out; none: all is signed. Looks only at
 * whether electron-builder's variables (electron.build/code-signing) are set, never at what is in them.
 */
export function signingGaps(
  platforms: readonly DistPlatform[],
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const isSet = (name: string): boolean => (env[name] ?? '') !== '';
  return platforms
    .flatMap((platform) => needs[platform])
    .filter(({ anyOf }) => !anyOf.some((names) => names.every(isSet)))
    .map(({ without }) => without);
}
