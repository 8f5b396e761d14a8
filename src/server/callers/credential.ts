/** What a caller sends to be known by: the token of `Bearer` or, where that is taken, the password of `Basic`. */
export function credentialIn(header: string | undefined, takesBasic: boolean): string | null {
  const [, scheme, sent = ''] = /^(bearer|basic) +([\x21-\x7e]+)$/i.exec(header ?? '') ?? [];
  if (scheme?.toLowerCase() === 'bearer') return sent;
  return scheme && takesBasic ? passwordIn(sent) : null;
}

/** The user's name may be anything, as a key says whose it is. */
function passwordIn(basic: string): string | null {
  const [, password] = /^[^:]*:(.+)$/s.exec(Buffer.from(basic, 'base64').toString()) ?? [];
  return password ?? null;
}
