/** Texts of the page by their i18next keys, in the user's language. */
export type RefusalTextOf = (
  key: 'gateway.language' | 'browserDoor.refusedTitle' | 'browserDoor.refusedText',
) => string;

/** What a browser sees that is not let in. It tells nothing of what is behind the door. */
export function refusalPage(textOf: RefusalTextOf): string {
  const title = textOf('browserDoor.refusedTitle');
  return `<!doctype html>
<html lang="${textOf('gateway.language')}"><head><meta charset="utf-8"><title>${title}</title></head>
<body><h1>${title}</h1><p>${textOf('browserDoor.refusedText')}</p></body></html>
`;
}
