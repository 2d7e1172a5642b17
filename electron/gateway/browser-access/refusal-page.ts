/** Texts of the page by their i18next keys, in the user's language. */
export type RefusalTextOf = (
  key: 'gateway.language' | `browserDoor.${'refused' | 'certificate'}${'Title' | 'Text'}`,
) => string;

/** What a browser sees that is not let in. It tells nothing of what is behind the door. */
export const refusalPage = (textOf: RefusalTextOf): string => pageOf('refused', textOf);

/** What a browser sees that was let in, while the certificate of the server behind the door is not trusted. */
export const certificatePage = (textOf: RefusalTextOf): string => pageOf('certificate', textOf);

function pageOf(what: 'refused' | 'certificate', textOf: RefusalTextOf): string {
  const title = textOf(`browserDoor.${what}Title`);
  return `<!doctype html>
<html lang="${textOf('gateway.language')}"><head><meta charset="utf-8"><title>${title}</title></head>
<body><h1>${title}</h1><p>${textOf(`browserDoor.${what}Text`)}</p></body></html>
`;
}
